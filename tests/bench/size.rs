//! P11: how much does a first visit load?

use std::{env, fs, path::PathBuf};

use crate::figure::{Figure, Goal, Line};

/// P11: what the first load takes over the wire: wasm, scripts and styles, as compressed beside them.
pub(crate) fn first_load() -> Result<Figure, String> {
    let dist = env::var_os("OCISCOPE_UI").map(PathBuf::from).ok_or("OCISCOPE_UI is not set")?;
    let page = fs::read_to_string(dist.join("index.html")).map_err(|error| error.to_string())?;
    let mut figure = Figure::new("P11", "wasm, scripts and styles of the first load");
    let mut sums = [0.0; 3];
    let mut open: Vec<String> = named(&page);
    let mut seen = Vec::new();
    while let Some(name) = open.pop() {
        if seen.contains(&name) {
            continue;
        }
        let path = dist.join(&name);
        let size = |ending: &str| {
            let mut path = path.clone().into_os_string();
            path.push(ending);
            fs::metadata(path).map(|about| about.len() as f64 / 1000.0)
        };
        let plain = size("").map_err(|error| format!("{name}: {error}"))?;
        let sizes = [size(".gz").unwrap_or(plain), size(".br").unwrap_or(plain), plain];
        figure.notes.push(format!(
            "{name}: {:.1} kB gzip, {:.1} kB brotli, {:.1} kB as it is",
            sizes[0], sizes[1], sizes[2]
        ));
        for (sum, size) in sums.iter_mut().zip(sizes) {
            *sum += size;
        }
        // What the script that starts the app names is loaded at once too.
        if name.starts_with("boot-") {
            open.extend(named(&fs::read_to_string(&path).map_err(|error| error.to_string())?));
        }
        seen.push(name);
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

/// The files of ours that a text names: `"/app-….js"`.
fn named(text: &str) -> Vec<String> {
    let names = text.split('"').filter_map(|part| part.strip_prefix('/'));
    let loaded = |name: &&str| [".wasm", ".js", ".css"].iter().any(|ending| name.ends_with(ending));
    names.filter(loaded).map(str::to_owned).collect()
}
