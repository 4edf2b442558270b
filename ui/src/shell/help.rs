//! Where is help? A menu of what explains the app.

use leptos::{
    ev,
    html::{Button, Div},
    prelude::*,
};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, KeyboardEvent, Node};

use crate::{
    keys::{Act, ActCaps, Keys},
    palette::Palette,
    routes::Route,
    shared::icon::Icon,
};

/// The button and its menu: arrows move, Escape and Tab leave.
#[component]
pub(super) fn HelpMenu() -> impl IntoView {
    let open = RwSignal::new(false);
    let button = NodeRef::<Button>::new();
    let menu = NodeRef::<Div>::new();
    let (keys, palette) = (Keys::here(), Palette::here());
    let navigate = use_navigate();
    let close = move |focus: bool| {
        open.set(false);
        if let Some(button) = button.get_untracked().filter(|_| focus) {
            let _ = button.focus();
        }
    };
    let step = move |by: i32| {
        let Some(menu) = menu.get_untracked() else { return };
        let Ok(items) = menu.query_selector_all("[role=menuitem]") else { return };
        let items: Vec<HtmlElement> =
            (0..items.length()).filter_map(|at| items.item(at)?.dyn_into().ok()).collect();
        let count = items.len() as i32;
        let focused = document().active_element();
        let at = items.iter().position(|item| Some(item.as_ref()) == focused.as_ref());
        let to = match (at, by) {
            (None, 1..) => 0,
            (None, _) => count - 1,
            (Some(at), by) => (at as i32 + by).rem_euclid(count.max(1)),
        };
        if let Some(item) = items.get(to.unsigned_abs() as usize) {
            let _ = item.focus();
        }
    };
    Effect::new(move |_| {
        if open.get() {
            request_animation_frame(move || step(1));
        }
    });
    let pressed = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" if !open.get_untracked() => open.set(true),
            "ArrowDown" => step(1),
            "ArrowUp" => step(-1),
            "Escape" if open.get_untracked() => close(true),
            "Tab" => {
                open.set(false);
                return;
            }
            _ => return,
        }
        event.prevent_default();
    };
    let left = move |event: FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
        let inside = menu.get_untracked().is_some_and(|menu| menu.contains(to.as_ref()));
        if !inside {
            open.set(false);
        }
    };
    let go = Callback::new(move |to: Route| navigate(&to.path(), Default::default()));
    let item = move |test_id, icon, act: Act, run: Callback<()>| {
        view! {
            <button type="button" role="menuitem" class="menu-item" tabindex="-1" data-testid=test_id
                on:click=move |_| {
                    close(true);
                    run.run(());
                }>
                <Icon name=icon /><span>{act.words()}</span><ActCaps act />
            </button>
        }
    };
    view! {
        <div class="menu-place" node_ref=menu on:keydown=pressed on:focusout=left>
            <button type="button" class="icon-btn" aria-label=view::text("ui.help", &[]) title=view::text("ui.help", &[])
                aria-haspopup="menu" aria-expanded=move || open.get().to_string() data-testid="help"
                node_ref=button on:click=move |_: ev::MouseEvent| open.update(|open| *open = !*open)>
                <Icon name="help" />
            </button>
            <Show when=move || open.get()>
                <div class="menu" role="menu" aria-label=view::text("ui.help", &[]) data-testid="help-menu">
                    {item("help-tour", "grid", Act::Tour, Callback::new(move |()| go.run(Route::Tour)))}
                    {item("help-keys", "help", Act::Keys, Callback::new(move |()| keys.overlay.set(true)))}
                    {item("help-palette", "terminal", Act::Palette, Callback::new(move |()| palette.open.set(true)))}
                </div>
            </Show>
        </div>
    }
}
