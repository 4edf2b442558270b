//! How is a list of any length drawn with few elements?
//!
//! The list is one tab stop: arrows move within it, and the row that they reach is named by `aria-activedescendant`.
//! Rows are placed by a transform, set through CSSOM.

use std::sync::Arc;

use leptos::{html::Div, prelude::*};
use view::window::List;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{KeyboardEvent, ResizeObserver};

use crate::{
    keys::{self, Act, Keys},
    settings::Settings,
};

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
    /// Rows are chosen, where several can be.
    pub(crate) choose: Option<Callback<(usize, Choose)>>,
}

/// Which rows become chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choose {
    /// This one too, or no longer: Ctrl and a click, or a key.
    Toggle,
    /// All from the current one to this one: Shift and a click, or Shift and an arrow.
    Extend,
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
    /// How a row stands out, besides being the current one.
    #[prop(optional)]
    state: Option<fn(&T) -> RowState>,
    /// The row of column heads, which stays at the top.
    #[prop(optional)]
    head: Option<ViewFn>,
    /// The height of that row in CSS pixels.
    #[prop(optional, into)]
    head_height: Signal<f64>,
    /// Takes the places of the rows that are wholly or partly seen: the first, and the one behind the last.
    #[prop(optional)]
    on_screen: Option<RwSignal<(usize, usize)>>,
    /// How far it is scrolled, kept for the way back.
    #[prop(optional)]
    scrolled: Option<StoredValue<f64>>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let scroller = NodeRef::<Div>::new();
    let top = RwSignal::new(0.0);
    let room = RwSignal::new(600.0);
    watch_size(scroller, room);
    let room = Memo::new(move |_| (room.get() - head_height.get()).max(0.0));
    let restored = restore(scroller, scrolled, top);
    let list = move || List { count: items.read().len(), row: height.get(), beyond: BEYOND };
    let seen = Memo::new(move |_| {
        let window = view::window::window(list(), top.get(), room.get());
        (window.first, window.end.min(window.first + MOST_DRAWN))
    });
    if let Some(on_screen) = on_screen {
        Effect::new(move |_| {
            let bare = view::window::window(List { beyond: 0, ..list() }, top.get(), room.get());
            on_screen.set((bare.first, bare.end));
        });
    }
    let drawn = move || {
        let (first, end) = seen.get();
        let (items, height) = (items.read(), height.get());
        (first..end.min(items.len())).map(|place| (place, items[place].clone(), height)).collect::<Vec<_>>()
    };
    // Thousands of rows come and go while a list is thrown: each has as few effects as it can.
    let key = move |(place, item, height): &(usize, T, f64)| {
        (*place, height.to_bits(), row_attributes(*place, item).key)
    };
    let reveal = move |place: usize| {
        let Some(element) = scroller.get_untracked() else { return };
        let (scrolled, room) = (f64::from(element.scroll_top()), room.get_untracked());
        let to = view::window::reveal(untrack(list), place, scrolled, room);
        // A pixel more is no harm, half a row less is.
        element.set_scroll_top(to.ceil() as i32);
    };
    // A row that was chosen elsewhere, by a link or before the list came, is brought into view once; not again when rows
    // that come or go move it.
    Effect::new(move |before: Option<Option<T>>| {
        let place = current.get()?;
        let item = items.read_untracked().get(place)?.clone();
        let known = match &before {
            Some(before) => before.as_ref() == Some(&item),
            None => restored,
        };
        if !known {
            reveal(place);
        }
        Some(item)
    });
    let (keys, settings) = (Keys::here(), Settings::here());
    let pressed = move |event: KeyboardEvent| {
        let count = items.read_untracked().len();
        // The list's own keys, not those of a button inside it.
        let own = event.target() == event.current_target();
        if count == 0 || !own {
            return;
        }
        let bound = keys::of_rows(keys, settings, &event);
        if bound.is_none() && (event.ctrl_key() || event.meta_key() || event.alt_key()) {
            return;
        }
        let page = ((room.get_untracked() / height.get_untracked()) as usize).saturating_sub(1).max(1);
        let at = current.get_untracked().filter(|at| *at < count);
        let key = event.key();
        let to = match (bound, key.as_str()) {
            (Some(Act::OpenRow), _) => {
                if let Some(at) = at {
                    event.prevent_default();
                    acts.open.run(at);
                }
                return;
            }
            (Some(Act::RowDown), _) | (_, "ArrowDown") => at.map_or(0, |at| at + 1),
            (Some(Act::RowUp), _) | (_, "ArrowUp") => at.map_or(0, |at| at.saturating_sub(1)),
            (_, "PageDown") => at.map_or(0, |at| at + page),
            (_, "PageUp") => at.map_or(0, |at| at.saturating_sub(page)),
            (_, "ArrowRight" | "ArrowLeft") => {
                if let (Some(at), Some(fold)) = (at, acts.fold) {
                    event.prevent_default();
                    let to = if key == "ArrowRight" { Fold::Open } else { Fold::Close };
                    fold.run((at, to));
                }
                return;
            }
            (_, "Home") => 0,
            (_, "End") => count - 1,
            _ => return,
        }
        .min(count - 1);
        event.prevent_default();
        match acts.choose {
            // Shift may be part of a key that the user has bound: that one moves.
            Some(choose) if bound.is_none() && event.shift_key() => choose.run((to, Choose::Extend)),
            _ => acts.reach.run(to),
        }
        reveal(to);
    };
    let active = move || {
        let (first, end) = seen.get();
        current.get().filter(|at| (first..end).contains(at)).map(row_id)
    };
    let heads = usize::from(head.is_some());
    let total = move || format!("{}px", items.read().len() as f64 * height.get());
    view! {
        <div
            class="rows"
            role=role
            tabindex="0"
            aria-label=label
            aria-rowcount=move || (role == "grid").then(|| (items.read().len() + heads).to_string())
            aria-activedescendant=active
            aria-multiselectable=acts.choose.map(|_| "true")
            data-testid=test_id
            node_ref=scroller
            on:scroll=move |_| {
                if let Some(element) = scroller.get_untracked() {
                    let now = f64::from(element.scroll_top());
                    top.set(now);
                    if let Some(scrolled) = scrolled {
                        scrolled.set_value(now);
                    }
                }
            }
            on:keydown=pressed
        >
            {head.map(|head| head.run())}
            <div class="rows-all" role="presentation" style:height=total>
                <For each=drawn key=key let((place, item, height))>
                    {
                        let attributes = row_attributes(place, &item);
                        let is_current = move || current.get() == Some(place);
                        let RowState { chosen, peer } = state.map(|state| state(&item)).unwrap_or_default();
                        let is_chosen = move || chosen.is_some_and(|chosen| chosen.get());
                        let is_peer = move || peer.is_some_and(|peer| peer.get());
                        let class = move || {
                            let or = |is: bool, class| if is { class } else { "" };
                            let current = or(is_current(), " is-selected");
                            format!("row{current}{}{}", or(is_chosen(), " is-chosen"), or(is_peer(), " is-peer"))
                        };
                        view! {
                            <div
                                class=class
                                id=row_id(place)
                                role=if role == "tree" { "treeitem" } else { "row" }
                                aria-rowindex=(role == "grid").then(|| (place + 1 + heads).to_string())
                                attr:aria-level=attributes.level.map(|level| level.to_string())
                                aria-expanded=attributes.expanded.map(|open| open.to_string())
                                aria-selected=move || (is_current() || is_chosen()).to_string()
                                data-testid=attributes.test_id
                                data-name=attributes.name
                                data-level=attributes.level.map(|level| level.to_string())
                                style:transform=format!("translateY({}px)", place as f64 * height)
                                on:click=move |event| {
                                    let (control, shift) = (event.ctrl_key() || event.meta_key(), event.shift_key());
                                    match acts.choose {
                                        // With a modifier the browser opens the row's link elsewhere, where rows
                                        // cannot be chosen.
                                        None if control || shift => return,
                                        Some(choose) if shift => choose.run((place, Choose::Extend)),
                                        Some(choose) if control => choose.run((place, Choose::Toggle)),
                                        _ => acts.click.run(place),
                                    }
                                    event.prevent_default();
                                    // The keys go on from the row that was clicked.
                                    if let Some(list) = scroller.get_untracked() {
                                        let _ = list.focus();
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

/// How a row stands out. Kept apart from its attributes, since it changes while the row stays.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RowState {
    /// It is one of several that were chosen.
    pub(crate) chosen: Option<Signal<bool>>,
    /// It is the same thing as the current row, by another name.
    pub(crate) peer: Option<Signal<bool>>,
}

/// Scrolls to where the list was left; gives whether it was anywhere but at the top.
fn restore(scroller: NodeRef<Div>, scrolled: Option<StoredValue<f64>>, top: RwSignal<f64>) -> bool {
    let Some(to) = scrolled.map(|scrolled| scrolled.get_value()).filter(|to| *to > 0.0) else { return false };
    top.set(to);
    Effect::new(move |done: Option<bool>| {
        let element = scroller.get();
        match element {
            Some(element) if done != Some(true) => {
                element.set_scroll_top(to as i32);
                true
            }
            _ => done == Some(true),
        }
    });
    true
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
    watch(element, move |element| {
        let _ = room.try_set(f64::from(element.client_height()));
    });
}

/// Keeps `width` at the width of the element.
pub(crate) fn watch_width(element: NodeRef<Div>, width: RwSignal<f64>) {
    watch(element, move |element| {
        let _ = width.try_set(f64::from(element.client_width()));
    });
}

fn watch(element: NodeRef<Div>, note: impl Fn(&web_sys::HtmlDivElement) + Copy + 'static) {
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let measured = element.clone();
        let measure = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            note(&measured);
        });
        let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let kept = StoredValue::new_local((observer, measure));
        on_cleanup(move || {
            kept.try_with_value(|(observer, _)| observer.disconnect());
        });
    });
}
