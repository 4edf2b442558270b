//! Which rows of a long document are on the screen?
//!
//! Rows have one fixed height, so that a document of a million lines costs no more than a short one.

use leptos::{html::Div, prelude::*};
use view::window::List;

use crate::shared::rows::watch_size;

/// Height of a row in CSS pixels, as in the style sheet.
const ROW: f64 = 20.0;
/// Browsers draw no box higher than some 17 million pixels; beyond this, one pixel scrolled is more than one.
const TALLEST: f64 = 8_000_000.0;
/// So many rows beyond the visible ones are drawn on either side.
const BEYOND: usize = 8;

/// The rows of a scrolled pane. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    /// The pane that scrolls.
    pub(super) pane: NodeRef<Div>,
    /// How far it is scrolled, in pixels.
    pub(super) scrolled: RwSignal<f64>,
    height: RwSignal<f64>,
    count: usize,
}

impl Window {
    /// A window on so many rows.
    pub(super) fn new(count: usize) -> Self {
        let window =
            Self { pane: NodeRef::new(), scrolled: RwSignal::new(0.0), height: RwSignal::new(600.0), count };
        watch_size(window.pane, window.height);
        window
    }

    fn full(self) -> f64 {
        self.count as f64 * ROW
    }

    /// The height of all rows together, as drawn.
    pub(super) fn drawn(self) -> f64 {
        self.full().min(TALLEST)
    }

    /// Reads how far the pane is scrolled.
    pub(super) fn follow(self) {
        if let Some(pane) = self.pane.get_untracked() {
            self.scrolled.set(f64::from(pane.scroll_top()));
        }
    }

    /// The place in the document, in pixels of its full height, that is at the top of the pane.
    fn top(self) -> f64 {
        let (full, drawn, seen) = (self.full(), self.drawn(), self.height.get());
        let scale = if full > drawn { (full - seen) / (drawn - seen).max(1.0) } else { 1.0 };
        self.scrolled.get() * scale
    }

    /// The rows to draw.
    pub(super) fn seen(self) -> view::window::Window {
        let list = List { count: self.count, row: ROW, beyond: BEYOND };
        view::window::window(list, self.top(), self.height.get())
    }

    /// Where the first drawn row stands, in pixels of the drawn height.
    pub(super) fn shift(self) -> f64 {
        self.scrolled.get() + self.seen().offset - self.top()
    }
}
