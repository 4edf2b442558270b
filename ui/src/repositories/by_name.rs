//! How is a repository opened that no list names?

use api::{Pin, SettingsChange};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use oci::{Host, RepositoryName};

use crate::{routes::Route, settings::Settings, shared::icon::Icon};

/// A field for the name.
#[component]
pub(super) fn OpenByName(
    /// The registry.
    host: Host,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let navigate = use_navigate();
    let hub = host.as_str() == Host::DOCKER_HUB;
    let settings = Settings::here();
    let of = host.clone();
    let read = move || {
        let written = name.get_untracked();
        let written = written.trim().trim_matches('/');
        // Docker Hub's official images are written without their namespace.
        let whole =
            if hub && !written.contains('/') { format!("library/{written}") } else { written.to_owned() };
        match whole.parse::<RepositoryName>() {
            Ok(repository) => Some(repository),
            Err(error) => {
                problem.set(Some(view::visible(&error.to_string())));
                None
            }
        }
    };
    let keep = move |_| {
        if let Some(repository) = read() {
            settings.change(SettingsChange::Pin(Pin { registry: of.clone(), repository: Some(repository) }));
            name.set(String::new());
        }
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(repository) = read() {
            navigate(&Route::Repository(host.clone(), repository).path(), Default::default());
        }
    };
    view! {
        <form class="by-name" on:submit=submit novalidate data-testid="barred">
            <label class="label" for="by-name">{view::text("ui.by_name.label", &[])}</label>
            <div class="add-line">
                <input
                    id="by-name"
                    class="field mono"
                    class:is-bad=move || problem.read().is_some()
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    placeholder=view::text("ui.by_name.example", &[])
                    data-testid="repository-by-name"
                    prop:value=name
                    on:input=move |event| {
                        name.set(event_target_value(&event));
                        problem.set(None);
                    }
                />
                <button type="submit" class="btn">
                    <Icon name="arrow" /><span>{view::text("ui.by_name.open", &[])}</span>
                </button>
                <button type="button" class="btn" data-testid="pin-by-name" on:click=keep>
                    <Icon name="pin" /><span>{view::text("ui.by_name.pin", &[])}</span>
                </button>
            </div>
            {move || problem.get().map(|problem| view! {
                <p class="note bad" role="alert"><Icon name="sev-error" /><span>{problem}</span></p>
            })}
        </form>
    }
}
