//! May everything that the app is made from be given on under MIT or Apache-2.0?

use super::{BROWSER, LINUX, metadata};

/// Licences that ask for no more than a notice; and MPL-2.0, which asks for changes to its own files alone.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[test]
fn every_licence_allows_it() {
    for target in [LINUX, BROWSER] {
        for package in metadata(target).packages {
            let licence = package.license.as_deref().unwrap_or("none");
            assert!(allows(licence), "{} {} is under {licence:?}", package.name, package.version);
        }
    }
}

#[test]
fn deny_toml_says_the_same() {
    let text = std::fs::read_to_string(super::root().join("deny.toml")).expect("deny.toml is there");
    for licence in ALLOWED {
        assert!(text.contains(&format!("\"{licence}\"")), "deny.toml does not allow {licence}");
    }
}

/// SPDX expressions: `AND` binds closer than `OR`; `/` is an old way to write `OR`.
#[test]
fn an_expression_is_read_as_spdx_means_it() {
    for good in
        ["MIT", "MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR GPL-2.0) AND ISC", "GPL-2.0 AND X OR MIT"]
    {
        assert!(allows(good), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "none", "", "(MIT OR ISC) AND GPL-2.0", "MIT)", "(MIT"] {
        assert!(!allows(bad), "{bad}");
    }
}

fn allows(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = &words[..];
    let allowed = any(&mut rest);
    allowed && rest.is_empty()
}

fn any(words: &mut &[&str]) -> bool {
    let mut allowed = every(words);
    while words.first() == Some(&"OR") {
        *words = &words[1..];
        allowed |= every(words);
    }
    allowed
}

fn every(words: &mut &[&str]) -> bool {
    let mut allowed = one(words);
    while words.first() == Some(&"AND") {
        *words = &words[1..];
        allowed &= one(words);
    }
    allowed
}

fn one(words: &mut &[&str]) -> bool {
    match **words {
        ["(", ..] => {
            *words = &words[1..];
            let allowed = any(words);
            let closed = words.first() == Some(&")");
            *words = words.get(1..).unwrap_or_default();
            allowed && closed
        }
        [licence, "WITH", exception, ..] => {
            *words = &words[3..];
            ALLOWED.contains(&format!("{licence} WITH {exception}").as_str())
        }
        [licence, ..] => {
            *words = &words[1..];
            ALLOWED.contains(&licence)
        }
        [] => false,
    }
}
