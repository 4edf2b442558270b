//! Which registries has the user added?

use api::{RegistryEntry, Transport};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    registries::{Known, Listed, split},
    routes::Route,
    shared::{error_state::ErrorState, icon::Icon},
};

/// The list, or why it is empty.
#[component]
pub(super) fn YourRegistries() -> impl IntoView {
    let known = Known::here();
    let yours = Memo::new(move |_| split(&known.entries()).1);
    let none = Memo::new(move |_| yours.read().is_empty());
    let failed = move || match known.listed.get() {
        Listed::Failed(error) => Some(error),
        Listed::Reading | Listed::Ready(_) => None,
    };
    let again = Callback::new(move |()| known.read());
    view! {
        {move || failed().map(|error| view! { <ErrorState error on_retry=again /> })}
        <ul class="yours">
            <For each=move || yours.get() key=|entry| format!("{entry:?}") let(entry)>
                <Yours entry />
            </For>
        </ul>
        <Show when=move || none.get()>
            {move || match &*known.listed.read() {
                Listed::Reading => view! {
                    <p class="yours-none" role="status" aria-label=view::text("ui.reading", &[])>
                        <span class="skeleton"></span>
                    </p>
                }.into_any(),
                Listed::Ready(_) | Listed::Failed(_) => {
                    view! { <p class="yours-none">{view::text("ui.home.none_added", &[])}</p> }.into_any()
                }
            }}
        </Show>
    }
}

#[component]
fn Yours(entry: RegistryEntry) -> impl IntoView {
    let known = Known::here();
    let name = entry.name.clone();
    let problem = RwSignal::new(None::<String>);
    let forget = move |_| {
        let name = name.clone();
        spawn_local(async move {
            if let Err(error) = known.remove(name).await {
                let _ = problem.try_set(Some(view::visible(&error.message)));
            }
        });
    };
    let alias = entry.address != entry.name;
    let label = view::text("ui.home.forget", &[("host", entry.name.as_str())]);
    view! {
        <li class="yours-row">
            <a class="yours-link" href=Route::Registry(entry.name.clone()).path() data-testid="registry-row"
                data-name=entry.name.to_string()>
                <Icon name="registry" />
                <span class="yours-text">
                    <b class="cut">{entry.name.to_string()}</b>
                    <small class="cut">
                        {if alias {
                            view::text("ui.home.address", &[("address", entry.address.as_str())])
                        } else {
                            transport(&entry)
                        }}
                    </small>
                </span>
            </a>
            {(entry.transport == Transport::Http).then(|| view! {
                <span class="chip chip-warn"><Icon name="sev-warning" />{view::text("ui.home.http", &[])}</span>
            })}
            <button type="button" class="icon-btn" aria-label=label.clone() title=label on:click=forget>
                <Icon name="x" />
            </button>
            {move || problem.get().map(|problem| view! { <p class="bad" role="alert">{problem}</p> })}
        </li>
    }
}

fn transport(entry: &RegistryEntry) -> String {
    let key = match entry.transport {
        Transport::Auto if entry.address.is_loopback() => "ui.home.way_loopback",
        Transport::Auto | Transport::Https => "ui.home.way_tls",
        Transport::Http => "ui.home.way_http",
    };
    view::text(key, &[])
}
