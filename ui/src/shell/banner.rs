//! What is said while the host is gone, and how is it found again?

use std::time::Duration;

use api::ListRegistries;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    client::{Client, Link, LinkState},
    shared::icon::Icon,
};

/// The banner. It tries again by itself, each time a little later.
#[component]
pub(crate) fn HostGone() -> impl IntoView {
    let client = Client::here();
    let link = client.link;
    let attempt = move || {
        spawn_local(async move {
            // An answer of any kind ends the banner; silence is one more try.
            if client.call(ListRegistries {}).await.is_err() {
                link.tried();
            }
        });
    };
    Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
        if let Some(Some(timer)) = timer {
            timer.clear();
        }
        match *link.state.read() {
            LinkState::Gone { tries } => set_timeout_with_handle(attempt, Link::wait(tries)).ok(),
            LinkState::Up | LinkState::StaleToken => None,
        }
    });
    let tries = move || match *link.state.read() {
        LinkState::Gone { tries } => Some(tries),
        LinkState::Up | LinkState::StaleToken => None,
    };
    let gone = Memo::new(move |_| tries().is_some());
    let seconds = move || {
        let wait = tries().map_or(Duration::ZERO, Link::wait);
        format!("{}", wait.as_secs_f64())
    };
    let (title, advice) = if client.is_desktop() {
        ("ui.gone.title_desktop", "ui.gone.advice_desktop")
    } else {
        ("ui.gone.title", "ui.gone.advice")
    };
    view! {
        <Show when=move || gone.get()>
            <div class="banner" role="alert" data-testid="host-gone">
                <span class="banner-mark" aria-hidden="true"><Icon name="broken" /></span>
                <p class="banner-text">
                    <b>{view::text(title, &[])}</b>" "{view::text(advice, &[])}
                </p>
                <span class="banner-note">{move || view::text("ui.gone.next", &[("seconds", &seconds())])}</span>
                <button type="button" class="btn small" on:click=move |_| attempt()>
                    <Icon name="refresh" /><span>{view::text("ui.gone.now", &[])}</span>
                </button>
            </div>
        </Show>
    }
}
