//! May a link lead to a registry that the user has never named?

use api::{AddRegistry, Transport};
use leptos::{prelude::*, task::spawn_local};

use crate::{registries::Known, routes::Here, shared::icon::Icon};

/// The question, in place of the screen. Nothing was sent yet; the answer adds the registry or goes home.
#[component]
pub(crate) fn Consent() -> impl IntoView {
    let Here { route, .. } = expect_context();
    let known = Known::here();
    let problem = RwSignal::new(None::<String>);
    let host = Memo::new(move |_| route.read().host().cloned());
    let name = move || host.get().map(|host| host.to_string()).unwrap_or_default();
    let allow = move |_| {
        let Some(name) = host.get_untracked() else { return };
        spawn_local(async move {
            let request = AddRegistry { name, address: None, transport: Transport::Auto };
            if let Err(error) = known.add(request).await {
                let _ = problem.try_set(Some(view::visible(&error.message)));
            }
        });
    };
    // There clouds keep the secrets of a machine: a link must not lead there by one click.
    let by_hand = Memo::new(move |_| host.get().is_some_and(|host| host.is_link_local()));
    let way = move || {
        let loopback = host.get().is_some_and(|host| host.is_loopback());
        view::text(if loopback { "ui.consent.loopback" } else { "ui.consent.tls" }, &[])
    };
    view! {
        <div class="centred">
            <section class="sheet" role="alertdialog" aria-labelledby="consent-title" aria-describedby="consent-text"
                data-testid="consent">
                <span class="sheet-mark" aria-hidden="true"><Icon name="link" /></span>
                <h1 id="consent-title" class="sheet-title">
                    {move || view::text("ui.consent.title", &[("host", &name())])}
                </h1>
                <div id="consent-text">
                    {move || if by_hand.get() {
                        view! { <p class="sheet-text">{view::text("ui.consent.by_hand", &[])}</p> }.into_any()
                    } else {
                        view! {
                            <p class="sheet-text">{view::text("ui.consent.text", &[])}</p>
                            <p class="sheet-text quiet">{way}</p>
                        }
                        .into_any()
                    }}
                </div>
                {move || problem.get().map(|problem| view! {
                    <p class="bad" role="alert"><Icon name="sev-error" /><span>{problem}</span></p>
                })}
                <div class="acts">
                    <Show
                        when=move || !by_hand.get()
                        fallback=|| view! { <a class="btn primary" href="/">{view::text("ui.unknown.home", &[])}</a> }
                    >
                        <a class="btn" href="/">{view::text("ui.cancel", &[])}</a>
                        <button type="button" class="btn primary" data-testid="consent-allow" on:click=allow>
                            {move || view::text("ui.consent.allow", &[("host", &name())])}
                        </button>
                    </Show>
                </div>
            </section>
        </div>
    }
}
