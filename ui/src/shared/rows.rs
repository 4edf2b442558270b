//! How is a list of any length drawn with few elements?
//!
//! The list is one tab stop: arrows move within it, and the row that they reach is named by `aria-activedescendant`.
//! Rows are placed by a transform, set through CSSOM.

use std::sync::Arc;

use leptos::{html::Div, prelude::*};
use view::window::List;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{KeyboardEvent, ResizeObserver};

use crate::settings::Settings;

/// At most this many rows are drawn, however high the window is.
const MOST_DRAWN: usize = 80;
/// So many rows beyond the visible ones are drawn on either side.
const BEYOND: usize = 6;

/// Names the rows of lists, so that ids are unique in the page.
type RowId = fn(usize) -> String;

/// What a list is asked to do.
#[derive(Clone, Copy)]
pub(crate) struct RowActs {
    /// An arrow key reached a row.
    pub(crate) reach: Callback<usize>,
    /// A row was clicked.
    pub(crate) click: Callback<usize>,
    /// A row is to be opened, by Enter or by a double click.
    pub(crate) open: Callback<usize>,
    /// A row of a tree is to be opened or closed, by the right or the left arrow.
    pub(crate) fold: Option<Callback<(usize, Fold)>>,
}

/// What happens to what is below a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fold {
    /// It is shown.
    Open,
    /// It is hidden.
    Close,
}

/// The list. `T` is what a row shows.
#[component]
pub(crate) fn Rows<T>(
    /// All rows.
    #[prop(into)]
    items: Signal<Arc<Vec<T>>>,
    /// Height of one row in CSS pixels.
    #[prop(into)]
    height: Signal<f64>,
    /// Which row is the current one.
    #[prop(into)]
    current: Signal<Option<usize>>,
    /// The accessible name.
    #[prop(into)]
    label: String,
    /// `grid` or `tree`.
    role: &'static str,
    /// The id of the row at a place.
    row_id: RowId,
    /// For tests: which list this is.
    test_id: &'static str,
    /// What keys and clicks do.
    acts: RowActs,
    /// Draws a row at a place: its element takes the id, the click and the transform from the caller's wrapper.
    row: fn(usize, T) -> AnyView,
    /// The attributes of a row's wrapper.
    row_attributes: fn(usize, &T) -> RowAttributes,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let scroller = NodeRef::<Div>::new();
    let top = RwSignal::new(0.0);
    let room = RwSignal::new(600.0);
    watch_size(scroller, room);
    let list = move || List { count: items.read().len(), row: height.get(), beyond: BEYOND };
    let seen = Memo::new(move |_| {
        let window = view::window::window(list(), top.get(), room.get());
        (window.first, window.end.min(window.first + MOST_DRAWN))
    });
    let drawn = move || {
        let (first, end) = seen.get();
        let items = items.read();
        (first..end.min(items.len())).map(|place| (place, items[place].clone())).collect::<Vec<_>>()
    };
    let reveal = move |place: usize| {
        let Some(element) = scroller.get_untracked() else { return };
        let (scrolled, room) = (f64::from(element.scroll_top()), f64::from(element.client_height()));
        let to = view::window::reveal(untrack(list), place, scrolled, room);
        // A pixel more is no harm, half a row less is.
        element.set_scroll_top(to.ceil() as i32);
    };
    // A row that was chosen elsewhere, by a link or before the list came, is brought into view once.
    Effect::new(move |before: Option<Option<usize>>| {
        let now = current.get();
        if let Some(place) = now
            && before != Some(now)
            && items.read_untracked().len() > place
        {
            reveal(place);
        }
        now
    });
    let settings = Settings::here();
    let single_keys = move || settings.now.read_untracked().single_keys;
    let keys = move |event: KeyboardEvent| {
        let count = items.read_untracked().len();
        if count == 0 || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let page = ((room.get_untracked() / height.get_untracked()) as usize).saturating_sub(1).max(1);
        let at = current.get_untracked().filter(|at| *at < count);
        let key = match event.key().as_str() {
            "j" if single_keys() => "ArrowDown".to_owned(),
            "k" if single_keys() => "ArrowUp".to_owned(),
            other => other.to_owned(),
        };
        let to = match key.as_str() {
            "ArrowDown" => at.map_or(0, |at| at + 1),
            "ArrowUp" => at.map_or(0, |at| at.saturating_sub(1)),
            "PageDown" => at.map_or(0, |at| at + page),
            "PageUp" => at.map_or(0, |at| at.saturating_sub(page)),
            "ArrowRight" | "ArrowLeft" => {
                if let (Some(at), Some(fold)) = (at, acts.fold) {
                    event.prevent_default();
                    let to = if event.key() == "ArrowRight" { Fold::Open } else { Fold::Close };
                    fold.run((at, to));
                }
                return;
            }
            "Home" => 0,
            "End" => count - 1,
            "Enter" => {
                if let Some(at) = at {
                    event.prevent_default();
                    acts.open.run(at);
                }
                return;
            }
            _ => return,
        }
        .min(count - 1);
        event.prevent_default();
        acts.reach.run(to);
        reveal(to);
    };
    let active = move || {
        let (first, end) = seen.get();
        current.get().filter(|at| (first..end).contains(at)).map(row_id)
    };
    let total = move || format!("{}px", items.read().len() as f64 * height.get());
    view! {
        <div
            class="rows"
            role=role
            tabindex="0"
            aria-label=label
            aria-rowcount=move || (role == "grid").then(|| items.read().len().to_string())
            aria-activedescendant=active
            data-testid=test_id
            node_ref=scroller
            on:scroll=move |_| {
                if let Some(element) = scroller.get_untracked() {
                    top.set(f64::from(element.scroll_top()));
                }
            }
            on:keydown=keys
        >
            <div class="rows-all" role="presentation" style:height=total>
                <For each=drawn key=move |(place, item)| (*place, (row_attributes)(*place, item).key) let((place, item))>
                    {
                        let attributes = row_attributes(place, &item);
                        let is_current = move || current.get() == Some(place);
                        view! {
                            <div
                                class="row"
                                class:is-selected=is_current
                                id=row_id(place)
                                role=if role == "tree" { "treeitem" } else { "row" }
                                aria-rowindex=(role == "grid").then(|| (place + 1).to_string())
                                attr:aria-level=attributes.level.map(|level| level.to_string())
                                aria-expanded=attributes.expanded.map(|open| open.to_string())
                                aria-selected=move || is_current().to_string()
                                data-testid=attributes.test_id
                                data-name=attributes.name
                                data-level=attributes.level.map(|level| level.to_string())
                                style:transform=move || format!("translateY({}px)", place as f64 * height.get())
                                on:click=move |event| {
                                    // With a modifier the browser opens the row's link elsewhere.
                                    if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                                        event.prevent_default();
                                        acts.click.run(place);
                                    }
                                }
                                on:dblclick=move |_| acts.open.run(place)
                            >
                                {row(place, item)}
                            </div>
                        }
                    }
                </For>
            </div>
        </div>
    }
}

/// What a row's wrapper says of it.
pub(crate) struct RowAttributes {
    /// For tests: which kind of row.
    pub(crate) test_id: &'static str,
    /// What it is about, in the registry's own words.
    pub(crate) name: String,
    /// Tells it from every other row at the same place.
    pub(crate) key: String,
    /// Its depth in a tree, from 1.
    pub(crate) level: Option<u32>,
    /// Whether a row of a tree is open; `None` where it has nothing below it.
    pub(crate) expanded: Option<bool>,
}

/// Keeps `room` at the height of the element.
pub(crate) fn watch_size(element: NodeRef<Div>, room: RwSignal<f64>) {
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let measured = element.clone();
        let measure = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            let _ = room.try_set(f64::from(measured.client_height()));
        });
        let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let kept = StoredValue::new_local((observer, measure));
        on_cleanup(move || {
            kept.try_with_value(|(observer, _)| observer.disconnect());
        });
    });
}
