//! How wide are the panes, and which of them are open? Remembered.
//!
//! Widths are custom properties on the frame, set through CSSOM; the style sheet decides where they count.

use leptos::{html::Div, prelude::*};
use serde::{Deserialize, Serialize};

use crate::shared::memory;

const KEY: &str = "ociscope.layout";

/// A pane beside the main one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pane {
    /// Registries and repositories, on the left.
    Sources,
    /// The selected object, on the right.
    Inspector,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Remembered {
    sources: Option<f64>,
    inspector: Option<f64>,
    sources_open: bool,
}

/// The panes of this window.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    /// Width of the sources in CSS pixels; `None` leaves it to the style sheet.
    sources: RwSignal<Option<f64>>,
    /// Width of the inspector.
    inspector: RwSignal<Option<f64>>,
    /// Whether the sources are a pane, not a rail, where there is room.
    pub(crate) sources_open: RwSignal<bool>,
    /// Whether the sources lie over the screen as a drawer.
    pub(crate) drawer: RwSignal<bool>,
    /// The element that carries the widths.
    pub(crate) frame: NodeRef<Div>,
}

impl Pane {
    /// The narrowest and the widest that it may be.
    pub(crate) fn limits(self) -> (f64, f64) {
        match self {
            Self::Sources => (160.0, 480.0),
            Self::Inspector => (300.0, 900.0),
        }
    }

    fn property(self) -> &'static str {
        match self {
            Self::Sources => "--sources-w",
            Self::Inspector => "--inspector-w",
        }
    }
}

impl Layout {
    /// Takes up what is remembered.
    pub(crate) fn provide() {
        let kept = memory::value::<Remembered>(KEY);
        let layout = Self {
            sources: RwSignal::new(kept.and_then(|kept| kept.sources)),
            inspector: RwSignal::new(kept.and_then(|kept| kept.inspector)),
            sources_open: RwSignal::new(kept.is_none_or(|kept| kept.sources_open)),
            drawer: RwSignal::new(false),
            frame: NodeRef::new(),
        };
        provide_context(layout);
        for pane in [Pane::Sources, Pane::Inspector] {
            Effect::new(move |_| {
                let (Some(frame), width) = (layout.frame.get(), layout.width(pane).get()) else { return };
                let style = web_sys::HtmlElement::style(&frame);
                let _ = match width {
                    Some(width) => style.set_property(pane.property(), &format!("{width}px")),
                    None => style.remove_property(pane.property()).map(drop),
                };
            });
        }
        Effect::new(move |before: Option<()>| {
            let now = Remembered {
                sources: layout.sources.get(),
                inspector: layout.inspector.get(),
                sources_open: layout.sources_open.get(),
            };
            if before.is_some() {
                memory::keep(KEY, &now);
            }
        });
    }

    /// The layout of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// The width of a pane.
    pub(crate) fn width(self, pane: Pane) -> RwSignal<Option<f64>> {
        match pane {
            Pane::Sources => self.sources,
            Pane::Inspector => self.inspector,
        }
    }
}
