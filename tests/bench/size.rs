//! P11: how much does a first visit load?

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::figure::{Figure, Goal, Line};

/// P11: what the first load takes over the wire: wasm, scripts and styles, as compressed beside them.
pub(crate) fn first_load() -> Result<Figure, String> {
    let dist = env::var_os("OCISCOPE_UI").map(PathBuf::from).ok_or("OCISCOPE_UI is not set")?;
    let page = fs::read_to_string(dist.join("index.html")).map_err(|error| error.to_string())?;
    let mut figure = Figure::new("P11", "wasm, scripts and styles of the first load");
    let mut sums = [0.0; 3];
    let mut open: Vec<String> = named(&page);
    let (mut seen, mut after) = (Vec::new(), Vec::new());
    while let Some(name) = open.pop() {
        if seen.contains(&name) {
            continue;
        }
        let sizes = sizes(&dist, &name)?;
        figure.notes.push(said(&name, sizes));
        for (sum, size) in sums.iter_mut().zip(sizes) {
            *sum += size;
        }
        if name.ends_with(".js") {
            let text = fs::read_to_string(dist.join(&name)).map_err(|error| format!("{name}: {error}"))?;
            // The wasm that a loader of later parts names comes once the first screen stands.
            let is_later = |name: &String| name.starts_with("later-") && name.ends_with(".wasm");
            let (later, at_once) = named(&text).into_iter().partition::<Vec<_>, _>(is_later);
            open.extend(at_once);
            after.extend(later);
        }
        seen.push(name);
    }
    if !seen.iter().any(|name| name.ends_with(".wasm")) {
        return Err("the page leads to no wasm".to_owned());
    }
    for name in after {
        figure
            .notes
            .push(format!("after the first screen, not counted: {}", said(&name, sizes(&dist, &name)?)));
    }
    for (name, sum) in ["gzip", "brotli", "as it is"].into_iter().zip(sums) {
        let mut line = Line::new(format!("ociscope, {name}"), "the files that index.html leads to", "kB");
        line.add(Ok(sum));
        figure.lines.push(line);
    }
    figure
        .lines
        .push(Line::missing("Joxit docker-registry-ui", "it is not among the peers that are made here"));
    figure.goals.push(Goal::most("at most 250 kB with gzip", Some(sums[0]), 250.0));
    Ok(figure)
}

/// What a file takes with gzip, with brotli, and as it is, in kB.
fn sizes(dist: &Path, name: &str) -> Result<[f64; 3], String> {
    let size = |ending: &str| {
        fs::metadata(dist.join(format!("{name}{ending}"))).map(|about| about.len() as f64 / 1000.0)
    };
    let plain = size("").map_err(|error| format!("{name}: {error}"))?;
    Ok([size(".gz").unwrap_or(plain), size(".br").unwrap_or(plain), plain])
}

fn said(name: &str, [gzip, brotli, plain]: [f64; 3]) -> String {
    format!("{name}: {gzip:.1} kB gzip, {brotli:.1} kB brotli, {plain:.1} kB as it is")
}

/// The files of ours that a text names: `"/app-….js"`, or `"./app-….js"` from a script beside it. Every one has a hash
/// in its name; what has none is a word of wasm-bindgen's.
fn named(text: &str) -> Vec<String> {
    let names = text.split('"').filter_map(|part| part.strip_prefix("./").or_else(|| part.strip_prefix('/')));
    let loaded = |name: &&str| {
        name.contains('-') && [".wasm", ".js", ".css"].iter().any(|ending| name.ends_with(ending))
    };
    names.filter(loaded).map(str::to_owned).collect()
}
