//! Where does the user want a file?

use std::path::PathBuf;

use tauri::WebviewWindow;

/// Asks, with the system's own dialog; `None` where the user thought better of it.
#[cfg(target_os = "linux")]
pub(crate) async fn choose(window: &WebviewWindow, name: String) -> tauri::Result<Option<PathBuf>> {
    use gtk::{FileChooserAction, FileChooserNative, ResponseType, prelude::*};

    let (tell, mut told) = tauri::async_runtime::channel(1);
    let parent = window.clone();
    window.run_on_main_thread(move || {
        // Without its window it is a dialog all the same.
        let parent = parent.gtk_window().ok();
        let dialog =
            FileChooserNative::new(Some("Ociscope"), parent.as_ref(), FileChooserAction::Save, None, None);
        dialog.set_modal(true);
        dialog.set_do_overwrite_confirmation(true);
        if let Some(folder) = gtk::glib::user_special_dir(gtk::glib::UserDirectory::Downloads) {
            dialog.set_current_folder(folder);
        }
        dialog.set_current_name(&name);
        dialog.connect_response(move |dialog, response| {
            let chosen = (response == ResponseType::Accept).then(|| dialog.filename()).flatten();
            // Nobody waits for it: then the page is gone.
            let _ = tell.try_send(chosen);
            dialog.destroy();
        });
        dialog.show();
        // GTK does not keep it: it lives until its answer.
        KEPT.with_borrow_mut(|kept| kept.replace(dialog));
    })?;
    Ok(told.recv().await.flatten())
}

#[cfg(target_os = "linux")]
thread_local! {
    /// The dialog that is open, or was the last one.
    static KEPT: std::cell::RefCell<Option<gtk::FileChooserNative>> = const { std::cell::RefCell::new(None) };
}

/// Asks, with the system's own dialog; `None` where the user thought better of it.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn choose(window: &WebviewWindow, name: String) -> tauri::Result<Option<PathBuf>> {
    let dialog = rfd::AsyncFileDialog::new().set_parent(window).set_file_name(name);
    Ok(dialog.save_file().await.map(|chosen| chosen.path().to_owned()))
}
