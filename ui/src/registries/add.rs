//! How is a registry added?

use api::{AddRegistry, RegistryEntry, Transport};
use leptos::{html::Input, prelude::*, task::spawn_local};
use oci::Host;

use super::Known;
use crate::shared::icon::Icon;

/// The form. Nothing is sent to the registry by it.
#[component]
pub(crate) fn AddForm(
    /// What happens then.
    #[prop(into)]
    on_added: Callback<RegistryEntry>,
) -> impl IntoView {
    let known = Known::here();
    let name = RwSignal::new(String::new());
    let alias = RwSignal::new(String::new());
    let plain = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let field = NodeRef::<Input>::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let request = match request(&name.get_untracked(), &alias.get_untracked(), plain.get_untracked()) {
            Ok(request) => request,
            Err(sentence) => {
                problem.set(Some(sentence));
                if let Some(field) = field.get_untracked() {
                    let _ = field.focus();
                }
                return;
            }
        };
        problem.set(None);
        busy.set(true);
        spawn_local(async move {
            let added = known.add(request).await;
            let _ = busy.try_set(false);
            match added {
                Ok(entry) => {
                    let _ = name.try_set(String::new());
                    let _ = alias.try_set(String::new());
                    let _ = plain.try_set(false);
                    on_added.run(entry);
                }
                Err(error) => {
                    let _ = problem.try_set(Some(view::visible(&error.message)));
                }
            }
        });
    };
    let edited = move |signal: RwSignal<String>| {
        move |event: web_sys::Event| {
            signal.set(event_target_value(&event));
            problem.set(None);
        }
    };
    view! {
        <form class="add" on:submit=submit novalidate>
            <label class="label" for="add-name">{view::text("ui.add.name", &[])}</label>
            <div class="add-line">
                <input
                    id="add-name"
                    class="field mono"
                    class:is-bad=move || problem.read().is_some()
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    placeholder=view::text("ui.add.name_example", &[])
                    aria-describedby="add-note"
                    aria-invalid=move || problem.read().is_some().to_string()
                    data-testid="add-registry-name"
                    node_ref=field
                    prop:value=name
                    on:input=edited(name)
                />
                <button type="submit" class="btn primary" disabled=busy data-testid="add-registry-submit">
                    <Icon name="plus" />
                    <span>{view::text("ui.add.submit", &[])}</span>
                </button>
            </div>
            <p id="add-note" class="note" role="status">
                {move || match problem.get() {
                    Some(sentence) => view! {
                        <span class="bad"><Icon name="sev-error" /><span>{sentence}</span></span>
                    }.into_any(),
                    None => view::text("ui.add.note", &[]).into_any(),
                }}
            </p>
            <details class="add-more">
                <summary><Icon name="right" /><span>{view::text("ui.add.more", &[])}</span></summary>
                <div class="add-more-body">
                    <label class="label" for="add-alias">{view::text("ui.add.alias", &[])}</label>
                    <input
                        id="add-alias"
                        class="field mono"
                        type="text"
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        placeholder=view::text("ui.add.alias_example", &[])
                        aria-describedby="add-alias-note"
                        data-testid="add-registry-alias"
                        prop:value=alias
                        on:input=edited(alias)
                    />
                    <p id="add-alias-note" class="note">{view::text("ui.add.alias_note", &[])}</p>
                    <fieldset class="choices">
                        <legend class="label">{view::text("ui.add.transport", &[])}</legend>
                        <label class="choice">
                            <input type="radio" name="transport" prop:checked=move || !plain.get()
                                on:change=move |_| plain.set(false) />
                            <span>
                                <b>{view::text("ui.add.tls", &[])}</b>
                                <small>{view::text("ui.add.tls_note", &[])}</small>
                            </span>
                        </label>
                        <label class="choice">
                            <input type="radio" name="transport" data-testid="add-registry-http"
                                prop:checked=plain on:change=move |_| plain.set(true) />
                            <span>
                                <b>{view::text("ui.add.http", &[])}</b>
                                <small>{view::text("ui.add.http_note", &[])}</small>
                            </span>
                        </label>
                    </fieldset>
                </div>
            </details>
        </form>
    }
}

/// What the form says, as a request; or a sentence about what is wrong with it.
fn request(name: &str, alias: &str, plain: bool) -> Result<AddRegistry, String> {
    let name = name.trim().trim_end_matches('/');
    let (name, by_scheme) = match (name.strip_prefix("http://"), name.strip_prefix("https://")) {
        (Some(rest), _) => (rest, true),
        (None, Some(rest)) => (rest, false),
        (None, None) => (name, false),
    };
    if name.is_empty() {
        return Err(view::text("ui.add.empty", &[]));
    }
    if by_scheme && !plain {
        return Err(view::text("ui.add.http_by_scheme", &[]));
    }
    let host: Host = name.parse().map_err(sentence)?;
    let transport = if plain { Transport::Http } else { Transport::Auto };
    match alias.trim() {
        "" => Ok(AddRegistry { name: host, address: None, transport }),
        alias => {
            let alias: Host = alias.parse().map_err(sentence)?;
            // Without a dot or a port, a reference would read it as a repository of Docker Hub.
            if !alias.as_str().contains(['.', ':']) && alias.as_str() != "localhost" {
                return Err(view::text("ui.add.alias_dot", &[]));
            }
            Ok(AddRegistry { name: alias, address: Some(host), transport })
        }
    }
}

fn sentence(error: oci::ReferenceError) -> String {
    view::visible(&error.to_string())
}
