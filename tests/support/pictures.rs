//! Which pictures of the running app does the README show? `cargo xtask shots` takes them, and these alone.

/// One picture, taken once in each theme.
#[derive(Debug, Clone, Copy)]
pub struct Picture {
    /// Its name, to which the theme is added.
    pub name: &'static str,
    /// The path of its screen.
    pub path: &'static str,
    /// What has to stand there, as [`crate::page::Page::find`] takes it.
    pub sign: &'static str,
    /// Keys that are pressed then, and what has to stand there afterwards.
    pub keys: &'static [(&'static str, &'static str)],
    /// The size of the window.
    pub size: (u32, u32),
}

/// The themes, as they stand in the names of files.
pub const THEMES: [&str; 2] = ["light", "dark"];

const WIDE: (u32, u32) = (1440, 900);

/// Every picture.
pub const PICTURES: [Picture; 8] = [
    Picture { name: "home", path: "/", sign: "home", keys: &[], size: WIDE },
    Picture {
        name: "repository",
        path: "/r/modern.sample/demo/app?sel=1.2.0",
        sign: "object-kind",
        keys: &[],
        size: WIDE,
    },
    Picture {
        name: "overview",
        path: "/r/modern.sample/demo/app:1.2.0",
        sign: "object-kind",
        keys: &[],
        size: WIDE,
    },
    Picture {
        name: "manifest",
        path: "/r/modern.sample/demo/app:1.2.0/~manifest",
        sign: "manifest-line",
        keys: &[],
        size: WIDE,
    },
    Picture {
        name: "layers",
        path: "/r/modern.sample/demo/app:1.2.0/~layers",
        sign: "object-kind",
        keys: &[],
        size: WIDE,
    },
    Picture {
        name: "palette",
        path: "/r/modern.sample/demo/app",
        sign: "tag-row",
        keys: &[("\u{e009}k\u{e000}", "palette-option"), ("tag", "palette-option")],
        size: WIDE,
    },
    Picture { name: "tour", path: "/tour", sign: "tour", keys: &[], size: WIDE },
    Picture {
        name: "narrow",
        path: "/r/modern.sample/demo/app",
        sign: "tag-row",
        keys: &[],
        size: (420, 860),
    },
];

impl Picture {
    /// The name of its file in a theme.
    pub fn file(&self, theme: &str) -> String {
        format!("{}-{theme}.png", self.name)
    }
}
