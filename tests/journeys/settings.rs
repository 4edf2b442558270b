//! What if the file of settings is not what it should be?

use std::fs;

use e2e::{app::journey_from, wait::until};

/// Half of a file, as after a full disk with another program.
const BROKEN: &str = "{ \"version\": 1, \"pins\": [ { \"registry\": \"ghcr.io\"";

#[tokio::test]
async fn a_broken_file_is_kept_aside_and_said_so() {
    let broken = |home: &std::path::Path| {
        let folder = home.join("ociscope");
        fs::create_dir_all(&folder).expect("a folder for settings");
        fs::write(folder.join("settings.json"), BROKEN).expect("a file of settings");
    };
    journey_from(broken, async |app| {
        let page = &app.page;
        page.see("settings-notice", "settings.json.broken").await;
        let kept = || {
            let files = fs::read_dir(app.home().join("ociscope")).expect("the folder is there");
            let mut paths = files.map(|file| file.expect("it can be listed").path());
            let broken = paths.find(|path| path.to_string_lossy().contains("settings.json.broken"));
            fs::read_to_string(broken.expect("it is kept")).expect("it can be read")
        };
        assert_eq!(kept(), BROKEN);
        // The app works as on its first day, and what is chosen from now on is kept.
        page.open("/r/modern.sample/demo/app").await;
        page.click("pin").await;
        let file = app.home().join("ociscope/settings.json");
        until("the pin is in a new file", async || {
            fs::read_to_string(&file).ok().filter(|text| text.contains("demo/app"))
        })
        .await;
        page.click("settings-notice-close").await;
        page.gone("settings-notice").await;
        page.client.refresh().await.expect("reload");
        page.find("tag-row").await;
        assert_eq!(page.count("settings-notice").await, 0);
        assert_eq!(kept(), BROKEN);
    })
    .await;
}
