//! Which page loads the UI, and what are its pieces called?
//!
//! `ui/index.html` names its pieces plainly: `/app.css`, `/boot.js`, `/app.js`, `/later.js`, `/app_bg.wasm`,
//! `/icon.svg`. In the built page every one has a hash of its content in its name, so that it can be kept for ever.
//! The page has no script of its own: the content security policy allows none.

use std::{fs, path::Path};

use super::{split, styles};
use crate::{
    failure::{Failure, at},
    files, place,
};

/// Writes the page and its pieces, from what wasm-bindgen made.
pub(super) fn write(bound: &Path, folder: &Path) -> Result<(), Failure> {
    let root = place::root();
    let read = |path: &Path| fs::read(path).map_err(at(path));
    let wasm = read(&bound.join("app_bg.wasm"))?;
    let text = |name: &str| {
        let path = bound.join(name);
        fs::read_to_string(&path).map_err(at(&path))
    };
    let mut script = text("app.js")?;
    let mut loader = later(bound, folder, text(split::LOADER)?)?;
    let style = styles::joined(&root.join("ui/src"))?;
    let icon = read(&root.join("assets/logo.svg"))?;

    let mut names = Vec::new();
    let mut piece = |plain: &'static str, name: String, bytes: &[u8]| {
        let path = folder.join(&name);
        names.push((format!("/{plain}"), format!("/{name}")));
        fs::write(&path, bytes).map_err(at(&path)).map(|()| name)
    };
    let hash = files::short_hash;
    let wasm = piece("app_bg.wasm", format!("app-{}_bg.wasm", hash(&wasm)), &wasm)?;
    // Each of the two names the other one: one hash of both stands in both names.
    let both = hash(format!("{script}{loader}").as_bytes());
    let (script_name, loader_name) = (format!("app-{both}.js"), format!("later-{both}.js"));
    script = renamed(&script, "from ", split::LOADER, &loader_name)?;
    loader = renamed(&loader, "from ", "app.js", &script_name)?;
    piece("later.js", loader_name, loader.as_bytes())?;
    let script = piece("app.js", script_name, script.as_bytes())?;
    let boot = boot(&script, &wasm);
    piece("boot.js", format!("boot-{}.js", hash(boot.as_bytes())), boot.as_bytes())?;
    piece("app.css", format!("app-{}.css", hash(style.as_bytes())), style.as_bytes())?;
    piece("icon.svg", format!("icon-{}.svg", hash(&icon)), &icon)?;

    let template = root.join("ui/index.html");
    let page = fs::read_to_string(&template).map_err(at(&template))?;
    let page = named(page, &names)?;
    fs::write(folder.join("index.html"), page).map_err(at(folder))
}

/// Keeps what the address offers as launch token before the app is there: whoever goes on to another page meanwhile is
/// let in too. It counts once the host has accepted it, and the app takes it out of the address.
const KEEP_TOKEN: &str = "\
const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
if (/^[0-9a-f]{64}$/.test(token)) try { localStorage.setItem('ociscope.token.offered', token) } catch {}
";

/// The module that starts the app. It is a file of its own because the policy allows no script in the page.
fn boot(script: &str, wasm: &str) -> String {
    format!("import start from \"/{script}\";\n{KEEP_TOKEN}await start({{ module_or_path: \"/{wasm}\" }});\n")
}

/// Writes the wasm that is loaded later, and gives the loader with its names.
fn later(bound: &Path, folder: &Path, mut loader: String) -> Result<String, Failure> {
    for path in files::under(bound)? {
        let Some(plain) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if plain.ends_with(".wasm") && plain != "app_bg.wasm" {
            let bytes = fs::read(&path).map_err(at(&path))?;
            let name = format!("later-{}.wasm", files::short_hash(&bytes));
            loader = ahead(&renamed(&loader, "new URL(", plain, &name)?, &name)?;
            fs::write(folder.join(&name), bytes).map_err(at(folder))?;
        }
    }
    Ok(loader)
}

/// Lets a loader fetch its part beside the first one where the address is not that of the first screen: every other one
/// needs it.
fn ahead(loader: &str, part: &str) -> Result<String, Failure> {
    let fetched = format!("fetch(new URL(\"./{part}\", import.meta.url))");
    if loader.matches(&fetched).count() != 1 {
        return Err(Failure::new(format!("The loader of the UI's later part does not hold {fetched} once.")));
    }
    let begun = format!(
        "let ahead = location.pathname === \"/\" ? undefined : {fetched};\n\
         ahead?.catch(() => {{}});\n\
         // What failed once is asked for anew.\n\
         const begun = () => {{ const it = ahead; ahead = undefined; return it; }};\n"
    );
    Ok(format!("{begun}{}", loader.replace(&fetched, &format!("begun() ?? {fetched}"))))
}

/// A script that names a file beside it after `before`, by another name. The wasm knows its imports by the plain names:
/// those stay.
fn renamed(script: &str, before: &str, plain: &str, name: &str) -> Result<String, Failure> {
    let plain = format!("{before}\"./{plain}\"");
    if !script.contains(&plain) {
        return Err(Failure::new(format!("No script of the UI holds {plain}.")));
    }
    Ok(script.replace(&plain, &format!("{before}\"./{name}\"")))
}

fn named(page: String, names: &[(String, String)]) -> Result<String, Failure> {
    for needed in ["/boot.js", "/app.css"] {
        if !page.contains(&format!("\"{needed}\"")) {
            return Err(Failure::new(format!("ui/index.html does not load \"{needed}\".")));
        }
    }
    Ok(names
        .iter()
        .fold(page, |page, (plain, name)| page.replace(&format!("\"{plain}\""), &format!("\"{name}\""))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_get_their_names() {
        let page = r#"<link href="/app.css"><script type="module" src="/boot.js"></script>"#.to_owned();
        let names = [
            ("/app.css".to_owned(), "/app-0123456789abcdef.css".to_owned()),
            ("/boot.js".to_owned(), "/boot-fedcba9876543210.js".to_owned()),
        ];
        assert_eq!(
            named(page, &names).unwrap(),
            r#"<link href="/app-0123456789abcdef.css"><script type="module" src="/boot-fedcba9876543210.js"></script>"#
        );
    }

    #[test]
    fn scripts_name_each_other_by_their_new_names() {
        let script = r#"import * as import1 from "./later.js"; return { "./later.js": import1 }"#;
        let named = renamed(script, "from ", "later.js", "later-0123456789abcdef.js").unwrap();
        let expected =
            r#"import * as import1 from "./later-0123456789abcdef.js"; return { "./later.js": import1 }"#;
        assert_eq!(named, expected);
        assert!(renamed(script, "from ", "app.js", "app-0123456789abcdef.js").is_err());
    }

    #[test]
    fn a_later_part_is_fetched_ahead_for_a_screen_that_needs_it() {
        let loader = r#"const src = fetch(new URL("./later-1.wasm", import.meta.url));"#;
        let script = ahead(loader, "later-1.wasm").unwrap();
        let (begun, rest) = script.rsplit_once('\n').unwrap();
        assert_eq!(rest, r#"const src = begun() ?? fetch(new URL("./later-1.wasm", import.meta.url));"#);
        assert!(begun.starts_with(
            r#"let ahead = location.pathname === "/" ? undefined : fetch(new URL("./later-1.wasm", import.meta.url));"#
        ));
        assert!(ahead("no part", "later-1.wasm").is_err());
    }

    #[test]
    fn a_page_that_starts_nothing_is_refused() {
        let refused = named(r#"<link href="/app.css">"#.to_owned(), &[]).unwrap_err();
        assert!(refused.sentence().contains("/boot.js"), "{}", refused.sentence());
    }
}
