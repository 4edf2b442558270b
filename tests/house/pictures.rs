//! Does every picture come from the running app?

use std::{collections::BTreeSet, fs};

use e2e::pictures::{PICTURES, THEMES};

use super::root;

/// What `cargo xtask shots` takes.
fn taken() -> BTreeSet<String> {
    PICTURES.iter().flat_map(|picture| THEMES.iter().map(|theme| picture.file(theme))).collect()
}

#[test]
fn every_picture_is_one_that_is_taken() {
    let folder = fs::read_dir(root().join("assets/screenshots")).expect("there are pictures");
    let there: BTreeSet<String> = folder
        .map(|entry| entry.expect("the folder can be read").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(there, taken(), "pictures come from `cargo xtask shots`");
    for name in there {
        let size = fs::metadata(root().join("assets/screenshots").join(&name)).expect("it is there").len();
        assert!(size <= 250_000, "{name} has {size} bytes");
    }
}

#[test]
fn the_readme_shows_these_and_no_others_in_both_themes() {
    let text = fs::read_to_string(root().join("README.md")).expect("there is a README");
    let endings = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"];
    let words = text.split(|c: char| c.is_whitespace() || "\"()<>".contains(c));
    let shown: BTreeSet<String> =
        words.filter(|word| endings.iter().any(|ending| word.ends_with(ending))).map(str::to_owned).collect();
    assert!(!shown.is_empty(), "the README shows what it is about");
    let taken = taken();
    for path in &shown {
        let name = path.strip_prefix("assets/screenshots/").unwrap_or_default();
        assert!(taken.contains(name), "{path} is not taken by `cargo xtask shots`");
        let other = match name.strip_suffix("-light.png") {
            Some(start) => format!("assets/screenshots/{start}-dark.png"),
            None => path.replace("-dark.png", "-light.png"),
        };
        assert!(shown.contains(&other), "{path} is shown, and {other} is not");
    }
}
