//! How is Chromium told what WebDriver has no word for? By its own protocol, through chromedriver.

use fantoccini::{Client, wd::WebDriverCompatibleCommand};
use reqwest::{Method, Url};
use serde_json::{Value, json};

/// One command of the Chrome DevTools protocol.
#[derive(Debug)]
struct Command {
    name: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as std::str::FromStr>::Err> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.name, "params": self.parameters }).to_string()))
    }
}

/// Gives a command to Chromium, and its answer.
///
/// # Panics
/// If Chromium refuses it, or is another browser.
pub async fn call(client: &Client, name: &'static str, parameters: Value) -> Value {
    let command = Command { name, parameters };
    client.issue_cmd(command).await.unwrap_or_else(|error| panic!("{name} is refused: {error}"))
}

/// Says what the user's system prefers: `[("prefers-reduced-motion", "reduce")]`. What is not named is as it is.
pub async fn prefer(client: &Client, features: &[(&str, &str)]) {
    let features: Vec<Value> =
        features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    call(client, "Emulation.setEmulatedMedia", json!({ "features": features })).await;
}

/// Sets the size of what the page is laid out in, to the pixel: a window cannot be narrower than its system allows.
pub async fn viewport(client: &Client, width: u32, height: u32, scale: f64) {
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false });
    call(client, "Emulation.setDeviceMetricsOverride", size).await;
}
