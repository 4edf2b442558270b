//! Is a screen usable for everybody? axe-core says, in the page itself.
//!
//! `OCISCOPE_AXE` names its file; `cargo xtask test` brings it. It is run by the driver, which the page's own policy
//! does not bind, so that the policy need not be weakened for it.

use std::{env, fs, io::Write as _};

use serde_json::Value;

use crate::page::Page;

/// axe-core's text. `None`, and a line that says so, where it is not there.
///
/// # Panics
/// With `CI=true`, if it is missing.
pub fn source() -> Option<String> {
    let Some(path) = env::var_os("OCISCOPE_AXE") else {
        let text = "skipped: axe-core is missing; `cargo xtask test chromium` brings it, and needs npm";
        assert!(env::var("CI").as_deref() != Ok("true"), "{text}");
        let _ = writeln!(std::io::stderr(), "{text}");
        return None;
    };
    Some(fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// What axe-core finds of impact serious or critical on the page as it is now: a line each, with the rule and the first
/// elements.
pub async fn problems(page: &Page, axe: &str) -> Vec<String> {
    let there = page.script("return typeof window.axe === 'object'").await;
    if there != true {
        page.client.execute(axe, Vec::new()).await.expect("axe-core starts");
    }
    let found = page
        .script(
            "return axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations \
             .filter(it => it.impact === 'serious' || it.impact === 'critical') \
             .map(it => `${it.id} (${it.impact}): ${it.help}: ` + it.nodes.slice(0, 4) \
             .map(node => `${node.target.join(' ')} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`) \
             .join('; ') + (it.nodes.length > 4 ? ` and ${it.nodes.length - 4} more` : '')))",
        )
        .await;
    let lines = found.as_array().expect("axe-core gives a list");
    lines.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
