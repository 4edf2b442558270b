//! Where does the user want to go? A reference, a pasted command, a registry.

pub(crate) mod reading;

use leptos::{either::EitherOf4, html::Input, prelude::*};
use leptos_router::hooks::use_navigate;
use oci::Reference;
use web_sys::KeyboardEvent;

use crate::{
    routes::{Here, Route},
    shared::icon::Icon,
};
use reading::{Reading, read};

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the top bar; its reading hangs below it.
    Bar,
    /// Large, on the first screen.
    Home,
}

/// The field, with how its text was understood.
#[component]
pub(crate) fn Omnibox(
    /// Where it stands.
    place: Place,
) -> impl IntoView {
    let Here { route, .. } = expect_context();
    let navigate = use_navigate();
    let current = Memo::new(move |_| written(&route.read()));
    let text = RwSignal::new(String::new());
    let focused = RwSignal::new(false);
    let input = NodeRef::<Input>::new();
    Effect::new(move |_| text.set(current.get()));
    let understood = Memo::new(move |_| read(&text.read()));
    let edited = Memo::new(move |_| !text.read().trim().is_empty() && *text.read() != *current.read());
    let shown = Memo::new(move |_| edited.get() && (focused.get() || place == Place::Home));
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            if let Some(to) = understood.get_untracked().route() {
                event.prevent_default();
                if to == route.get_untracked() {
                    text.set(current.get_untracked());
                }
                if let Some(input) = input.get_untracked() {
                    let _ = input.blur();
                }
                navigate(&to.path(), Default::default());
            }
        }
        "Escape" => {
            text.set(current.get_untracked());
            if let Some(input) = input.get_untracked() {
                let _ = input.blur();
            }
        }
        _ => {}
    };
    if place == Place::Home {
        // The first screen asks one question: typing answers it, unless a link led to another field.
        Effect::new(move |_| {
            if let Some(input) = input.get() {
                let _ = input.focus();
            }
        });
    }
    let id = if place == Place::Bar { "omnibox-bar" } else { "omnibox-home" };
    view! {
        <div class="omni" class:omni-home=place == Place::Home role="search">
            <div class="omni-field" class:is-bad=move || {
                edited.get() && !focused.get() && matches!(*understood.read(), Reading::Unreadable(_))
            }>
                <Icon name="search" />
                <input
                    id=id
                    class="omni-input mono"
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-label=view::text("ui.omni.label", &[])
                    aria-describedby="omnibox-reading"
                    placeholder=view::text("ui.omni.placeholder", &[])
                    data-testid="omnibox"
                    data-first
                    node_ref=input
                    prop:value=text
                    on:input=move |event| text.set(event_target_value(&event))
                    on:focus=move |_| {
                        focused.set(true);
                        if let Some(input) = input.get_untracked() {
                            input.select();
                        }
                    }
                    on:blur=move |_| focused.set(false)
                    on:keydown=keys
                />
                <span class="omni-keys" aria-hidden="true">
                    {move || if edited.get() {
                        view! { <kbd>"Enter"</kbd> }.into_any()
                    } else {
                        view! { <kbd>"Ctrl"</kbd><kbd>"L"</kbd> }.into_any()
                    }}
                </span>
            </div>
            <div id="omnibox-reading" class="omni-reading" class:is-shown=shown role="status"
                data-testid="omnibox-reading">
                {move || shown.get().then(|| view! { <Understood reading=understood.get() /> })}
            </div>
            {(place == Place::Home).then(|| view! { <Examples text input /> })}
        </div>
    }
}

/// Texts to try: one click puts them into the field, where they are read before anything is asked.
#[component]
fn Examples(text: RwSignal<String>, input: NodeRef<Input>) -> impl IntoView {
    const EXAMPLES: [(&str, &str); 3] = [
        ("tag", "debian:12-slim"),
        ("terminal", "docker pull ghcr.io/oras-project/oras:v1.3.0"),
        ("registry", "registry.k8s.io"),
    ];
    let examples = EXAMPLES.map(|(icon, example)| {
        let fill = move |_| {
            text.set(example.to_owned());
            if let Some(input) = input.get_untracked() {
                let _ = input.focus();
            }
        };
        view! {
            <button type="button" class="example mono" on:click=fill>
                <Icon name=icon /><span class="cut">{example}</span>
            </button>
        }
    });
    view! {
        <div class="examples">
            <span class="examples-label">{view::text("ui.omni.examples", &[])}</span>
            {examples.collect_view()}
        </div>
    }
}

/// What the field shows on a screen: the reference that the screen is about.
fn written(route: &Route) -> String {
    match route {
        Route::Home | Route::Tour | Route::Unknown(_) => String::new(),
        Route::Registry(host) => host.to_string(),
        Route::Repository(host, repository) => format!("{host}/{repository}"),
        Route::Object(reference, _) => reference.to_string(),
    }
}

/// The parts that were found in the text, before Enter.
#[component]
fn Understood(reading: Reading) -> impl IntoView {
    match reading {
        Reading::Nothing => EitherOf4::A(()),
        Reading::Registry(host) => EitherOf4::B(view! {
            <Part name="ui.omni.registry" value=host.to_string() />
            <span class="omni-then">{view::text("ui.omni.then_repositories", &[])}</span>
        }),
        Reading::Reference(reference) => EitherOf4::C(parts(&reference).into_any()),
        Reading::Link(route) => EitherOf4::C(match route {
            Route::Object(reference, _) => parts(&reference).into_any(),
            Route::Repository(host, repository) => {
                parts(&Reference { host, repository, tag: None, digest: None }).into_any()
            }
            other => view! { <Part name="ui.omni.registry" value=written(&other) /> }.into_any(),
        }),
        Reading::Unreadable(why) => EitherOf4::D(view! {
            <span class="bad"><Icon name="sev-error" /><span>{why}</span></span>
        }),
    }
}

fn parts(reference: &Reference) -> impl IntoView + use<> {
    let tag = reference.tag.as_ref().map(ToString::to_string);
    let digest = reference.digest.as_ref().map(ToString::to_string);
    let list = tag.is_none() && digest.is_none();
    view! {
        <Part name="ui.omni.registry" value=reference.host.to_string() />
        <Part name="ui.omni.repository" value=reference.repository.to_string() />
        {tag.map(|tag| view! { <Part name="ui.omni.tag" value=tag /> })}
        {digest.map(|digest| view! { <Part name="ui.omni.digest" value=digest /> })}
        {list.then(|| view! { <span class="omni-then">{view::text("ui.omni.then_tags", &[])}</span> })}
    }
}

#[component]
fn Part(name: &'static str, value: String) -> impl IntoView {
    view! {
        <span class="part">
            <span class="part-name">{view::text(name, &[])}</span>" "
            <b class="part-value mono" title=value.clone()>{value.clone()}</b>
        </span>
    }
}
