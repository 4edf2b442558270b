//! What is going on, in one line?

use leptos::prelude::*;

use crate::{
    client::Client,
    keys::{Act, ActCaps, Caps, Keys, titled},
    routes::Here,
    shared::icon::Icon,
};

/// The registry, that nothing is written, and how many requests are running.
#[component]
pub(super) fn StatusBar() -> impl IntoView {
    let Here { route, .. } = expect_context();
    let client = Client::here();
    let keys = Keys::here();
    let registry = move || match route.read().host() {
        Some(host) => host.to_string(),
        None => view::text("ui.status.no_registry", &[]),
    };
    let running = move || {
        let count = client.in_flight.get();
        view::text("ui.status.requests", &[("count", &view::words::count(u64::from(count)))])
    };
    view! {
        <footer class="status" data-testid="status-bar">
            <span class="status-item status-registry">
                <Icon name="registry" /><span class="cut">{registry}</span>
            </span>
            <span class="status-item" title=view::text("ui.status.read_only_note", &[])>
                <Icon name="lock" /><span>{view::text("ui.status.read_only", &[])}</span>
            </span>
            <span class="status-gap"></span>
            {move || keys.first.get().map(|first| view! {
                <span class="status-item" data-testid="status-keys"><Caps keys=first />"…"</span>
            })}
            <span class="status-item" class:is-busy=move || client.in_flight.get() != 0 data-testid="status-requests">
                <Icon name="pulse" /><span>{running}</span>
            </span>
            <button type="button" class="status-item status-help" data-testid="status-help"
                title=move || titled(Act::Keys) on:click=move |_| keys.overlay.set(true)>
                <span aria-hidden="true"><ActCaps act=Act::Keys /></span><span>{view::text("ui.keys.help", &[])}</span>
            </button>
        </footer>
    }
}
