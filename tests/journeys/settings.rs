//! What if the file of settings is not what it should be?

use std::{fs, path::Path};

use e2e::{
    app::{Window, journey, journey_from, window},
    wait::until,
};

/// Half of a file, as after a full disk with another program.
const BROKEN: &str = "{ \"version\": 1, \"pins\": [ { \"registry\": \"ghcr.io\"";

/// As a later version of Ociscope may write it.
const LATER: &str = "{ \"version\": 4000, \"unheard\": true }";

/// Puts a file of settings into a home.
fn settings(text: &'static str) -> impl Fn(&Path) {
    move |home| {
        let folder = home.join("ociscope");
        fs::create_dir_all(&folder).expect("a folder for settings");
        fs::write(folder.join("settings.json"), text).expect("a file of settings");
    }
}

#[tokio::test]
async fn the_file_of_a_later_version_is_left_alone_and_said_so() {
    journey_from(settings(LATER), async |app| {
        let page = &app.page;
        page.see("settings-notice", "written by a later Ociscope (version 4000 of the settings)").await;
        page.see("settings-notice", "move the file away").await;
        page.press_with_control("/").await;
        page.click("single-keys").await;
        // It holds as long as the app runs.
        page.see("keys-overlay", "Single characters do nothing now").await;
        let kept = fs::read_to_string(app.home().join("ociscope/settings.json")).expect("it can be read");
        assert_eq!(kept, LATER);
    })
    .await;
}

#[tokio::test]
async fn a_switch_in_a_dialog_says_there_why_it_did_not_move() {
    if window() == Window::Desktop {
        return; // The desktop's host is the window's own program.
    }
    journey(async |app| {
        let page = app.page.clone();
        page.press_with_control("/").await;
        page.see("keys-overlay", "They are off while you type").await;
        app.host.take().expect("the web host runs").stop();
        page.click("single-keys").await;
        until("the switch says what is wrong", async || {
            (!page.text("single-keys-said").await.is_empty()).then_some(())
        })
        .await;
        // It is where it was, and says so.
        assert_eq!(
            page.script("return document.querySelector('[data-testid=single-keys]').checked").await,
            true
        );
        page.see("keys-overlay", "They are off while you type").await;
    })
    .await;
}

#[tokio::test]
async fn a_broken_file_is_kept_aside_and_said_so() {
    journey_from(settings(BROKEN), async |app| {
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
