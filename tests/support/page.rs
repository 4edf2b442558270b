//! What does a person do in the window, and what do they see? Elements are found by `data-testid`.

use std::time::Instant;

use fantoccini::{Client, Locator, elements::Element, key::Key};

use crate::{
    app::{Window, window},
    wait::{LIMIT, PAUSE, until},
};

/// The app's window.
#[derive(Debug, Clone)]
pub struct Page {
    /// The session behind it.
    pub client: Client,
    /// Scheme and authority of the app's pages.
    pub origin: String,
}

fn selector(id: &str) -> String {
    match id.split_once(' ') {
        Some((id, condition)) if condition.starts_with('[') => format!("[data-testid=\"{id}\"]{condition}"),
        Some((id, inner)) => format!("[data-testid=\"{id}\"] {inner}"),
        None => format!("[data-testid=\"{id}\"]"),
    }
}

/// A key as what a driver is sent for it.
pub fn key(key: Key) -> String {
    String::from(char::from(key))
}

impl Page {
    // ---- find --------------------------------------------------------------------------------------------

    /// The elements of an id now. `"row [data-name=\"x\"]"` adds a condition to the id `row`; `"row a"` means the
    /// links inside it.
    pub async fn all(&self, id: &str) -> Vec<Element> {
        self.client.find_all(Locator::Css(&selector(id))).await.unwrap_or_default()
    }

    /// The first element of an id, as soon as there is one.
    pub async fn find(&self, id: &str) -> Element {
        until(&format!("there is {id}"), async || self.all(id).await.into_iter().next()).await
    }

    /// How many elements of an id there are now.
    pub async fn count(&self, id: &str) -> usize {
        self.all(id).await.len()
    }

    // ---- do ----------------------------------------------------------------------------------------------

    /// Opens a path of the app, as a link from outside would.
    pub async fn open(&self, path: &str) {
        let url = format!("{}{path}", self.origin);
        self.client.goto(&url).await.unwrap_or_else(|error| panic!("{url} does not open: {error}"));
    }

    /// Clicks the first element of an id, as soon as it can be clicked.
    pub async fn click(&self, id: &str) {
        until(&format!("{id} can be clicked"), async || {
            let element = self.all(id).await.into_iter().next()?;
            element.click().await.ok()
        })
        .await;
    }

    /// Replaces the text of a field.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.find(id).await;
        field.clear().await.expect("the field can be emptied");
        field.send_keys(text).await.expect("the field takes keys");
    }

    /// Types into a field, then presses Enter.
    pub async fn enter(&self, id: &str, text: &str) {
        self.fill(id, text).await;
        self.find(id).await.send_keys(&key(Key::Enter)).await.expect("the field takes Enter");
    }

    /// Presses keys where the focus is.
    pub async fn press(&self, keys: &str) {
        let focus = self.client.active_element().await.expect("a page has an active element");
        focus.send_keys(keys).await.expect("the active element takes keys");
    }

    /// Presses a key with Ctrl.
    pub async fn press_with_control(&self, letter: &str) {
        self.press(&format!("{}{letter}", key(Key::Control))).await;
        // In Chromium a key that is held stays held until the null key lets go; the desktop's driver lets go by itself.
        if window() == Window::Chromium {
            self.press(&key(Key::Null)).await;
        }
    }

    // ---- see ---------------------------------------------------------------------------------------------

    /// The text that an element shows now, as the page itself lays it out: drivers differ in what they count as
    /// visible where text may be cut short.
    async fn shown(&self, id: &str) -> Option<String> {
        let script = "return document.querySelector(arguments[0])?.innerText ?? null";
        let text = self.client.execute(script, vec![selector(id).into()]).await.ok()?;
        text.as_str().map(str::to_owned)
    }

    /// Whether the element with the focus is, or lies in, what the selector names.
    pub async fn has_focus(&self, selector: &str) -> bool {
        let script = format!("return document.activeElement?.closest('{selector}') != null");
        self.script(&script).await == true
    }

    /// Waits until what the selector names has the focus.
    pub async fn focused(&self, selector: &str) {
        until(&format!("{selector} has the focus"), async || self.has_focus(selector).await.then_some(()))
            .await;
    }

    /// The text that an element shows, as soon as there is one.
    pub async fn text(&self, id: &str) -> String {
        until(&format!("{id} shows something"), async || self.shown(id).await).await
    }

    /// Waits until an element's text has a part.
    ///
    /// # Panics
    /// After [`LIMIT`], naming what was shown last.
    pub async fn see(&self, id: &str, part: &str) {
        let mut last = None;
        let end = Instant::now() + LIMIT;
        loop {
            if let Some(text) = self.shown(id).await {
                if text.to_lowercase().contains(&part.to_lowercase()) {
                    return;
                }
                last = Some(text);
            }
            assert!(Instant::now() < end, "{id} never showed {part:?}; it last showed {last:?}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until no element of an id is left.
    pub async fn gone(&self, id: &str) {
        until(&format!("{id} is gone"), async || self.all(id).await.is_empty().then_some(())).await;
    }

    /// Waits until the address has this path (with query).
    pub async fn at(&self, path: &str) {
        until(&format!("the address is {path}"), async || {
            let url = self.client.current_url().await.ok()?;
            let here = match url.query() {
                Some(query) => format!("{}?{query}", url.path()),
                None => url.path().to_owned(),
            };
            (here == path || url.path() == path).then_some(())
        })
        .await;
    }

    /// The value of an element's attribute.
    pub async fn attribute(&self, id: &str, name: &str) -> Option<String> {
        self.find(id).await.attr(name).await.expect("attributes can be read")
    }

    /// What a script in the page gives.
    pub async fn script(&self, script: &str) -> serde_json::Value {
        self.client.execute(script, Vec::new()).await.expect("the script runs")
    }
}
