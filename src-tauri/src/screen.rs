//! Is there a screen, and how is it best drawn to?

/// Why no window can be opened.
#[derive(Debug)]
pub(crate) struct NoScreen;

impl std::fmt::Display for NoScreen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(
            "there is no display: neither WAYLAND_DISPLAY nor DISPLAY is set. \
             `ociscope` serves the same app to a browser.",
        )
    }
}

/// Everything is ready elsewhere.
#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() -> Result<(), NoScreen> {
    Ok(())
}

/// Makes sure that there is a display. Without a graphics device WebKitGTK's way over DMA buffers is slow and takes
/// half as much memory again, and with old versions the window stays empty: it is switched off then, unless the user
/// has decided.
///
/// The variable must be there before the process has threads: this comes first in `main`.
#[cfg(target_os = "linux")]
pub(crate) fn prepare() -> Result<(), NoScreen> {
    use std::{env, path::Path};

    const DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    if ["WAYLAND_DISPLAY", "DISPLAY"]
        .iter()
        .all(|name| env::var_os(name).is_none_or(|value| value.is_empty()))
    {
        return Err(NoScreen);
    }
    if env::var_os(DMABUF).is_none() && !Path::new("/dev/dri").exists() {
        // Where it cannot be set, the window is drawn the slow way.
        let _ = gtk::glib::setenv(DMABUF, "1", true);
    }
    Ok(())
}
