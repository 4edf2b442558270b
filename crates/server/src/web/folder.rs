//! Where is the built UI?

use std::path::{Path, PathBuf};

/// There is no built UI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no built UI (looked for index.html in {}): build it with `cargo xtask ui`, or name its folder with --ui",
    .looked.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", ")
)]
pub struct FolderError {
    /// Where it was looked for.
    pub looked: Vec<PathBuf>,
}

/// The folder of the built UI: the one that `--ui` or `OCISCOPE_UI` names, or else `share/ociscope/ui`
/// of the place where this program is installed, or `ui/dist` of the working folder.
///
/// # Errors
/// The named one, or none of the others, holds an `index.html`.
pub fn ui_folder(named: Option<PathBuf>, program: Option<&Path>) -> Result<PathBuf, FolderError> {
    let looked = match named {
        Some(named) => vec![named],
        None => {
            let prefix = program.and_then(Path::parent).and_then(Path::parent);
            let installed = prefix.map(|prefix| prefix.join("share").join("ociscope").join("ui"));
            installed.into_iter().chain([PathBuf::from("ui/dist")]).collect()
        }
    };
    match looked.iter().find(|folder| folder.join("index.html").is_file()) {
        Some(folder) => Ok(folder.clone()),
        None => Err(FolderError { looked }),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_named_folder_is_the_only_one_looked_at() {
        let root = tempfile::tempdir().unwrap();
        let installed = root.path().join("share/ociscope/ui");
        fs::create_dir_all(&installed).unwrap();
        fs::write(installed.join("index.html"), "").unwrap();
        let program = root.path().join("bin/ociscope");
        assert_eq!(ui_folder(None, Some(&program)), Ok(installed));
        let empty = root.path().join("empty");
        let error = ui_folder(Some(empty.clone()), Some(&program)).unwrap_err();
        assert_eq!(error.looked, [empty]);
        assert!(error.to_string().contains("cargo xtask ui"), "{error}");
    }
}
