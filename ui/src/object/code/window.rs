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
pub(in crate::object) struct Window {
    /// The pane that scrolls.
    pub(in crate::object) pane: NodeRef<Div>,
    /// How far it is scrolled, in pixels.
    scrolled: RwSignal<f64>,
    height: RwSignal<f64>,
    count: Signal<usize>,
    row: f64,
}

impl Window {
    /// A window on so many rows of text.
    pub(super) fn new(count: Signal<usize>) -> Self {
        Self::of(count, ROW)
    }

    /// A window on so many rows of this height.
    pub(in crate::object) fn of(count: Signal<usize>, row: f64) -> Self {
        let (scrolled, height) = (RwSignal::new(0.0), RwSignal::new(600.0));
        let window = Self { pane: NodeRef::new(), scrolled, height, count, row };
        watch_size(window.pane, window.height);
        window
    }

    fn full(self) -> f64 {
        self.count.get() as f64 * self.row
    }

    /// The height of all rows together, as drawn.
    pub(in crate::object) fn drawn(self) -> f64 {
        self.full().min(TALLEST)
    }

    /// Reads how far the pane is scrolled.
    pub(in crate::object) fn follow(self) {
        if let Some(pane) = self.pane.get_untracked() {
            self.scrolled.set(f64::from(pane.scroll_top()));
        }
    }

    /// Pixels of the document for one pixel of the pane.
    fn scale(self) -> f64 {
        let (full, drawn, seen) = (self.full(), self.drawn(), self.height.get());
        if full > drawn { (full - seen) / (drawn - seen).max(1.0) } else { 1.0 }
    }

    /// The place in the document, in pixels of its full height, that is at the top of the pane.
    fn top(self) -> f64 {
        self.scrolled.get() * self.scale()
    }

    fn list(self) -> List {
        List { count: self.count.get(), row: self.row, beyond: BEYOND }
    }

    /// The rows to draw: the first, and the one behind the last.
    pub(in crate::object) fn seen(self) -> (usize, usize) {
        let seen = view::window::window(self.list(), self.top(), self.height.get());
        (seen.first, seen.end)
    }

    /// Where the first drawn row stands, in pixels of the drawn height.
    pub(in crate::object) fn shift(self) -> f64 {
        let seen = view::window::window(self.list(), self.top(), self.height.get());
        self.scrolled.get() + seen.offset - self.top()
    }

    /// How many rows fit the pane.
    pub(in crate::object) fn fit(self) -> usize {
        // A pane has a height of few thousand pixels.
        (self.height.get_untracked() / self.row) as usize
    }

    /// Scrolls as little as possible so that a row is seen; where it was far away, to the middle.
    pub(in crate::object) fn reveal(self, place: usize) {
        let Some(pane) = self.pane.get_untracked() else { return };
        let (list, top, room, scale) = untrack(|| (self.list(), self.top(), self.height.get(), self.scale()));
        let wanted = view::window::reveal(list, place, top, room);
        if (wanted - top).abs() < 0.5 {
            return;
        }
        let far = (wanted - top).abs() > 2.0 * self.row;
        let wanted = if far { (place as f64 * self.row - room / 2.0).max(0.0) } else { wanted };
        // Pixels are whole numbers, and few enough of them.
        pane.set_scroll_top((wanted / scale).round() as i32);
        self.follow();
    }
}
