//! What if the process that draws the page ends?
//!
//! The engine draws in a process of its own. When that crashes or is killed, the window would stay blank. So its page
//! is loaded again, at the address where it was: what the service holds is in this process, and is still there.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// So many ends within [`WITHIN`] are bad luck; one more, and loading again does not help.
const PATIENCE: usize = 3;

const WITHIN: Duration = Duration::from_secs(60);

/// The ends of the last minute.
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "other engines do this themselves"))]
#[derive(Debug, Default)]
struct Ends(VecDeque<Instant>);

impl Ends {
    /// Counts an end; says whether to load the page again.
    fn again(&mut self, now: Instant) -> bool {
        self.0.retain(|end| now.duration_since(*end) < WITHIN);
        self.0.push_back(now);
        self.0.len() <= PATIENCE
    }
}

/// Loads the window's page again whenever its process ends.
///
/// # Errors
/// The window has no engine yet.
#[cfg(target_os = "linux")]
pub(crate) fn watch(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    use std::cell::RefCell;

    use webkit2gtk::{WebProcessTerminationReason, WebViewExt};

    use crate::cli::say;

    window.with_webview(|engine| {
        let ends = RefCell::new(Ends::default());
        engine.inner().connect_web_process_terminated(move |view, reason| {
            if reason == WebProcessTerminationReason::TerminatedByApi {
                return;
            }
            let why = match reason {
                WebProcessTerminationReason::ExceededMemoryLimit => "it used more memory than it may",
                _ => "it crashed",
            };
            if ends.borrow_mut().again(Instant::now()) {
                say(&format_args!(
                    "The process that draws the page ended ({why}). The page is loaded again."
                ));
                view.reload();
            } else {
                say(&format_args!("The process that draws the page ended again ({why})."));
                ask(view);
            }
        });
    })
}

/// Leaves it to the user whether to try once more.
#[cfg(target_os = "linux")]
fn ask(view: &webkit2gtk::WebView) {
    use gtk::{ButtonsType, DialogFlags, MessageDialog, MessageType, ResponseType, Window, prelude::*};
    use webkit2gtk::WebViewExt;

    let window = view.toplevel().and_then(|it| it.downcast::<Window>().ok());
    let dialog = MessageDialog::new(
        window.as_ref(),
        DialogFlags::DESTROY_WITH_PARENT,
        MessageType::Error,
        ButtonsType::None,
        "The page keeps ending.",
    );
    dialog.set_secondary_text(Some(
        "WebKitGTK, which draws it, ended several times within a minute. Load the page again, or close the window and \
         start Ociscope anew; if it stays so, look for a newer WebKitGTK. Your settings and files are safe.",
    ));
    dialog.add_button("Close window", ResponseType::Close);
    dialog.add_button("Load again", ResponseType::Accept);
    dialog.set_default_response(ResponseType::Accept);
    let view = view.clone();
    dialog.connect_response(move |dialog, response| {
        dialog.close();
        match response {
            ResponseType::Accept => view.reload(),
            _ => {
                if let Some(window) = &window {
                    window.close();
                }
            }
        }
    });
    dialog.show_all();
}

/// Other systems' engines load their page again by themselves.
#[cfg(not(target_os = "linux"))]
pub(crate) fn watch(_window: &tauri::WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_ends_within_a_minute_are_borne_and_time_makes_good() {
        let mut ends = Ends::default();
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        assert!(ends.again(at(0)));
        assert!(ends.again(at(1)));
        assert!(ends.again(at(2)));
        assert!(!ends.again(at(3)));
        assert!(!ends.again(at(59)));
        // The four of the first seconds are forgotten by now; that of 59 is not.
        assert!(ends.again(at(64)));
    }
}
