//! In which order do the styles come?
//!
//! Later rules win over earlier ones of the same weight, so the order is part of what they say: the tokens, the base,
//! then every component's file in the order of its path.

use std::{fs, path::Path};

use crate::{
    failure::{Failure, at},
    files,
};

/// What comes first, in this order, under `ui/src`.
const FIRST: [&str; 2] = ["theme/tokens.css", "theme/base.css"];

/// All styles under a folder as one file.
pub(super) fn joined(sources: &Path) -> Result<String, Failure> {
    let found = files::under(sources)?;
    let styles = found.iter().filter(|path| path.extension().is_some_and(|extension| extension == "css"));
    let mut styles: Vec<_> = styles.filter_map(|path| path.strip_prefix(sources).ok()).collect();
    styles.sort_by_key(|path| rank(path));
    let mut joined = String::new();
    for path in styles {
        let text = fs::read_to_string(sources.join(path)).map_err(at(path))?;
        joined.push_str(&format!("/* {} */\n{}\n", path.display(), text.trim_end()));
    }
    Ok(joined)
}

fn rank(path: &Path) -> (usize, String) {
    let first = FIRST.iter().position(|first| Path::new(first) == path);
    (first.unwrap_or(FIRST.len()), path.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_base_come_first() {
        let mut paths = ["home/home.css", "theme/base.css", "app.css", "theme/print.css", "theme/tokens.css"];
        paths.sort_by_key(|path| rank(Path::new(path)));
        assert_eq!(
            paths,
            ["theme/tokens.css", "theme/base.css", "app.css", "home/home.css", "theme/print.css"]
        );
    }
}
