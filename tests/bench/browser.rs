//! In which window are figures of the UI taken? Headless Chromium over the web host, as it is shipped.

use std::path::Path;

use e2e::{
    app::web_host,
    cdp,
    driver::{self, Driver},
    page::Page,
    process::Running,
};
use serde_json::Value;
use tempfile::TempDir;

/// The app in Chromium.
#[derive(Debug)]
pub(crate) struct Browser {
    /// Its window.
    pub(crate) page: Page,
    driver: Driver,
    _host: Running,
    _home: TempDir,
}

impl Browser {
    /// Opens the app's first screen.
    pub(crate) async fn open(width: u32, height: u32) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let (host, url) = web_host(home.path(), 0);
        let driver = driver::chromium(&home.path().join("profile")).await;
        cdp::viewport(&driver.client, width, height, 1.0).await;
        driver.client.goto(&url).await.expect("the web host answers");
        let origin = url.split("/#").next().unwrap_or(&url).to_owned();
        let page = Page { client: driver.client.clone(), origin };
        page.find("home").await;
        Self { page, driver, _host: host, _home: home }
    }

    /// Adds a registry as a person does.
    pub(crate) async fn add(&self, address: &str) {
        self.page.fill("add-registry-name", address).await;
        self.page.click("add-registry-submit").await;
        self.page.at(&format!("/r/{address}")).await;
    }

    /// What a script gives, or null where it breaks.
    pub(crate) async fn run(&mut self, script: &str, arguments: &[Value]) -> Value {
        self.page.client.execute(script, arguments.to_vec()).await.unwrap_or(Value::Null)
    }

    /// Closes the window.
    pub(crate) async fn close(self) {
        let _ = self.driver.client.clone().close().await;
    }
}

/// Lets both hosts of a home know a registry, as a person would who added it before.
pub(crate) async fn remember(home: &Path, address: &str) {
    let (_host, url) = web_host(home, 0);
    let driver = driver::chromium(&home.join("adding")).await;
    driver.client.goto(&url).await.expect("the web host answers");
    let origin = url.split("/#").next().unwrap_or(&url).to_owned();
    let page = Page { client: driver.client.clone(), origin };
    page.fill("add-registry-name", address).await;
    page.click("add-registry-submit").await;
    page.at(&format!("/r/{address}")).await;
    let _ = driver.client.clone().close().await;
}
