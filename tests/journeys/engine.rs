//! What if the process that draws the page ends under the app?

use std::process::Command;

use e2e::{
    app::{Window, journey, window},
    wait::until,
};

#[tokio::test]
async fn a_page_whose_process_was_killed_is_drawn_by_another() {
    if window() == Window::Chromium {
        // A browser says so by itself, and offers to load the page again.
        return;
    }
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        let process = drawing(app.driver.running.id()).expect("a process draws the page");
        let killed = Command::new("kill").args(["-KILL", &process]).status();
        assert!(killed.is_ok_and(|it| it.success()), "{process} is killed");
        // The driver has lost sight of the page with its process: the new process tells.
        until("another process draws the page", async || {
            drawing(app.driver.running.id()).filter(|new| *new != process)
        })
        .await;
        let said = app.driver.complaints();
        assert!(said.contains("The page is loaded again."), "{said}");
    })
    .await;
}

/// The process of a group that draws the page.
fn drawing(group: u32) -> Option<String> {
    let processes = std::fs::read_dir("/proc").ok()?.filter_map(Result::ok);
    let mut ids = processes.filter_map(|it| it.file_name().into_string().ok());
    ids.find(|id| {
        // `proc_pid_stat(5)`: pid (command) state parent group …
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        let Some((command, rest)) = stat.rsplit_once(") ") else { return false };
        command.contains("(WebKitWebProces") && rest.split(' ').nth(2) == Some(&group.to_string())
    })
}
