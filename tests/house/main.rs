//! Do the house rules hold: licences, versions, files, and what the desktop window may do?

mod files;
mod findings;
mod licences;
mod manifests;
mod pictures;
mod versions;
mod window;

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, TargetKind};

/// The repository.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// What cargo knows of the workspace, for the target that a program is built for.
fn metadata(target: &str) -> Metadata {
    let mut command = MetadataCommand::new();
    command.current_dir(root());
    command.other_options(["--locked".to_owned(), format!("--filter-platform={target}")]);
    command.exec().expect("cargo knows the workspace")
}

const LINUX: &str = "x86_64-unknown-linux-gnu";
const BROWSER: &str = "wasm32-unknown-unknown";

/// The programs that a person gets, and the target of each.
const SHIPPED: [(&str, &str); 3] = [("server", LINUX), ("ociscope-desktop", LINUX), ("ui", BROWSER)];

/// All packages whose code is inside a program: no build scripts, no macros, no tests.
fn inside<'a>(metadata: &'a Metadata, program: &str) -> Vec<&'a Package> {
    let packages: HashMap<_, _> = metadata.packages.iter().map(|it| (&it.id, it)).collect();
    let graph = metadata.resolve.as_ref().expect("cargo resolved the workspace");
    let nodes: HashMap<_, _> = graph.nodes.iter().map(|node| (&node.id, node)).collect();
    let start = metadata.packages.iter().find(|it| it.name.as_str() == program).expect("the program exists");
    let mut seen = HashSet::from([&start.id]);
    let mut open = vec![&start.id];
    while let Some(id) = open.pop() {
        for dependency in &nodes[id].deps {
            let built_in = dependency.dep_kinds.iter().any(|it| it.kind == DependencyKind::Normal);
            let is_macro =
                packages[&dependency.pkg].targets.iter().any(|it| it.kind.contains(&TargetKind::ProcMacro));
            if built_in && !is_macro && seen.insert(&dependency.pkg) {
                open.push(&dependency.pkg);
            }
        }
    }
    seen.into_iter().map(|id| packages[id]).collect()
}
