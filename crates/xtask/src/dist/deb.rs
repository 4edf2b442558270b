//! What is in the package for Debian?
//!
//! The programs, the menu entry that also says who opens `ociscope:` links, icons and the licences. What it depends on
//! is found by Debian's own tool in the libraries that the programs are linked to; making the archive is dpkg's work.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    command::{output, run},
    failure::{Failure, at},
    files, place,
};

/// What is laid where, from the repository.
const LAID: [(&str, &str); 7] = [
    ("assets/linux/ociscope.desktop", "usr/share/applications/ociscope.desktop"),
    ("assets/logo.svg", "usr/share/icons/hicolor/scalable/apps/ociscope.svg"),
    ("src-tauri/icons/32x32.png", "usr/share/icons/hicolor/32x32/apps/ociscope.png"),
    ("src-tauri/icons/128x128.png", "usr/share/icons/hicolor/128x128/apps/ociscope.png"),
    ("src-tauri/icons/128x128@2x.png", "usr/share/icons/hicolor/256x256/apps/ociscope.png"),
    ("LICENSE-MIT", "usr/share/doc/ociscope/LICENSE-MIT"),
    ("LICENSE-APACHE", "usr/share/doc/ociscope/LICENSE-APACHE"),
];

const COPYRIGHT: &str = "\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Ociscope

Files: *
Copyright: The Ociscope authors
License: MIT or Apache-2.0
 The texts are LICENSE-MIT and LICENSE-APACHE in this folder.
";

/// Packs the programs; gives the package.
pub(crate) fn pack(desktop: &Path, web: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    let tree = place::target().join("xtask/deb");
    files::fresh(&tree)?;
    let root = tree.join("root");
    for (from, to) in LAID {
        lay(&place::root().join(from), &root.join(to), 0o644)?;
    }
    lay(desktop, &root.join("usr/bin/ociscope-desktop"), 0o755)?;
    lay(web, &root.join("usr/bin/ociscope"), 0o755)?;
    let copyright = root.join("usr/share/doc/ociscope/copyright");
    fs::write(&copyright, COPYRIGHT).map_err(at(&copyright))?;
    let architecture = output(Command::new("dpkg").arg("--print-architecture"))?.trim().to_owned();
    let version = env!("CARGO_PKG_VERSION");
    let depends = depends(&tree, &[desktop, web])?;
    let control = root.join("DEBIAN/control");
    fs::create_dir_all(root.join("DEBIAN")).map_err(at(&control))?;
    let text = control_file(version, &architecture, &depends, installed_kib(&root)?);
    fs::write(&control, text).map_err(at(&control))?;
    tidy(&root)?;
    let package = folder.join(format!("ociscope_{version}_{architecture}.deb"));
    let mut build = Command::new("dpkg-deb");
    build.args(["--root-owner-group", "-Zxz", "--build"]).arg(&root).arg(&package);
    if env::var_os("SOURCE_DATE_EPOCH").is_none() {
        // The same commit makes the same package.
        let time =
            output(Command::new("git").current_dir(place::root()).args(["log", "-1", "--format=%ct"]))?;
        build.env("SOURCE_DATE_EPOCH", time.trim());
    }
    run(&mut build)?;
    Ok(package)
}

fn control_file(version: &str, architecture: &str, depends: &str, kib: u64) -> String {
    format!(
        "Package: ociscope\n\
         Version: {version}\n\
         Section: devel\n\
         Priority: optional\n\
         Architecture: {architecture}\n\
         Maintainer: The Ociscope authors <authors@ociscope.invalid>\n\
         Installed-Size: {kib}\n\
         Depends: {depends}\n\
         Recommends: ca-certificates, desktop-file-utils, xdg-utils\n\
         Description: browser for the artifacts in OCI registries\n \
         Shows repositories, tags, manifests, configurations, layers, signatures and\n \
         bills of materials of container registries, each with its exact bytes.\n \
         .\n \
         ociscope-desktop opens a window; ociscope serves the same app to a browser.\n"
    )
}

/// The packages with the libraries that the programs need, in the versions that they need.
fn depends(tree: &Path, programs: &[&Path]) -> Result<String, Failure> {
    // The tool wants to be where a source package is.
    let control = tree.join("debian/control");
    fs::create_dir_all(tree.join("debian")).map_err(at(&control))?;
    fs::write(&control, "Source: ociscope\n\nPackage: ociscope\nArchitecture: any\n")
        .map_err(at(&control))?;
    let mut ask = Command::new("dpkg-shlibdeps");
    ask.current_dir(tree).arg("-O").args(programs);
    named(&output(&mut ask)?)
}

/// `shlibs:Depends=libc6 (>= 2.34), …`.
fn named(said: &str) -> Result<String, Failure> {
    let named = said.lines().find_map(|line| line.strip_prefix("shlibs:Depends="));
    let named = named.filter(|it| it.contains("libc6") && it.contains("libwebkit2gtk"));
    named.map(str::to_owned).ok_or_else(|| {
        Failure::new(format!("dpkg-shlibdeps names no packages of a window's libraries; it said: {said}"))
    })
}

fn installed_kib(root: &Path) -> Result<u64, Failure> {
    let mut kib = 0;
    for path in files::under(root)? {
        kib += fs::metadata(&path).map_err(at(&path))?.len().div_ceil(1024);
    }
    Ok(kib)
}

fn lay(from: &Path, to: &Path, mode: u32) -> Result<(), Failure> {
    fs::create_dir_all(to.parent().unwrap_or(to)).map_err(at(to))?;
    fs::copy(from, to).map_err(at(from))?;
    chmod(to, mode)
}

/// Folders and files as they are installed, whatever the builder's own rule for new ones is.
fn tidy(root: &Path) -> Result<(), Failure> {
    let mut open = vec![root.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            chmod(&path, 0o755)?;
            for entry in fs::read_dir(&path).map_err(at(&path))? {
                open.push(entry.map_err(at(&path))?.path());
            }
        } else if path.parent() != Some(&root.join("usr/bin")) {
            chmod(&path, 0o644)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn chmod(path: &Path, mode: u32) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(at(path))
}

#[cfg(not(unix))]
fn chmod(_: &Path, _: u32) -> Result<(), Failure> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_is_what_debians_tool_says() {
        let said = "shlibs:Depends=libc6 (>= 2.34), libwebkit2gtk-4.1-0 (>= 2.38)\n";
        assert_eq!(named(said).unwrap(), "libc6 (>= 2.34), libwebkit2gtk-4.1-0 (>= 2.38)");
        for nothing in ["", "shlibs:Depends=\n", "shlibs:Depends=libc6 (>= 2.34)\n"] {
            assert!(named(nothing).is_err(), "{nothing:?}");
        }
    }

    /// Debian policy, 5.6: a field a line, further lines of a description begin with a space.
    #[test]
    fn the_control_file_is_one_paragraph() {
        let text = control_file("0.1.0", "amd64", "libc6", 7);
        assert!(text.starts_with("Package: ociscope\nVersion: 0.1.0\n"), "{text}");
        assert!(text.ends_with('\n') && !text.contains("\n\n"), "{text}");
        for line in text.lines() {
            let field = line.split_once(": ").is_some_and(|(name, _)| !name.contains(' '));
            assert!(field || line.starts_with(' '), "{line:?}");
        }
    }

    #[test]
    fn everything_that_is_laid_is_there_and_the_menu_entry_opens_links() {
        for (from, _) in LAID {
            assert!(place::root().join(from).is_file(), "{from}");
        }
        let entry = fs::read_to_string(place::root().join(LAID[0].0)).unwrap();
        for line in ["Exec=ociscope-desktop %u", "MimeType=x-scheme-handler/ociscope;", "Icon=ociscope"] {
            assert!(entry.lines().any(|it| it == line), "{line}");
        }
    }
}
