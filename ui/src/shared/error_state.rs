//! What went wrong, at which step, in whose words, and what can be tried?

use std::time::Duration;

use api::{ChooseLogin, Code, Error, Exchange, LoginChoice, Outcome};
use leptos::{prelude::*, task::spawn_local};
use oci::Host;

use super::{
    icon::Icon,
    kv::{Fact, Facts},
};
use crate::{
    client::Client,
    later::{self, Later},
    routes::Here,
};

/// A failed read, as a card: one sentence, the stage, the codes, the request, what to try.
#[component]
pub(crate) fn ErrorState(
    /// What failed.
    error: Error,
    /// Asks again; without it there is no Retry.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// In a few words what failed, where the code alone says too little.
    #[prop(optional, into)]
    title: Option<String>,
    /// What to try, where the code alone says too little.
    #[prop(optional, into)]
    advice: Option<String>,
    /// Whether it is about what is on the screen: only then something can be said of that registry's logins.
    #[prop(default = true)]
    here: bool,
    /// Further things to do, as buttons and links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let code = view::words::error_name(error.code);
    let heading = title.unwrap_or_else(|| view::words::error_title(error.code));
    let advice = advice.unwrap_or_else(|| view::words::error_advice(error.code));
    let (icon, tone) = tone(error.code);
    let stage = stage_line(&error);
    let says = error.registry_says.clone();
    let last = error.exchanges.last().cloned();
    let findings = error.findings.clone();
    let retry = on_retry.map(|ask| view! { <Retry ask after_ms=error.retry_after_ms /> });
    let Here { route, .. } = expect_context();
    let place = route.with_untracked(|route| Some((route.host()?.clone(), route.repository().cloned())));
    let place = place.filter(|_| here);
    // Of a registry without a login there is still what is public.
    let anonymous = match (&place, on_retry) {
        (Some((registry, _)), Some(again)) if error.code == Code::LoginFailed => {
            Some(view! { <Anonymous registry=registry.clone() again /> })
        }
        _ => None,
    };
    let acts = (retry.is_some() || children.is_some()).then(|| {
        view! { <div class="error-acts">{retry}{anonymous}{children.map(|children| children())}</div> }
    });
    let about_logins = matches!(error.code, Code::AuthNeeded | Code::Denied | Code::LoginFailed);
    let logins = place.filter(|_| about_logins).map(|(registry, repository)| {
        move || {
            let (registry, repository) = (registry.clone(), repository.clone());
            Later::here().draw_quietly(later::nothing, |parts| (parts.logins)(registry, repository, on_retry))
        }
    });
    view! {
        <section class=format!("error-card {tone}") role="alert" aria-live="assertive" data-testid="error-state"
            data-code=code>
            <div class="error-body">
                <span class="error-mark" aria-hidden="true"><Icon name=icon /></span>
                <div class="error-text">
                    <h2 class="error-title">{heading}</h2>
                    <p class="error-message" data-testid="error-message">{view::visible(&error.message)}</p>
                    {stage.map(|stage| view! { <p class="error-stage" data-testid="error-stage">{stage}</p> })}
                    <Facts>
                        {(!says.is_empty()).then(|| view! {
                            <Fact name=view::text("ui.shared.error.says", &[])>
                                <ul class="error-says" data-testid="error-says">
                                    {says
                                        .iter()
                                        .map(|text| view! { <li><bdi>{view::visible(text)}</bdi></li> })
                                        .collect_view()}
                                </ul>
                            </Fact>
                        })}
                        {findings.iter().map(broken).collect_view()}
                        {last.map(|exchange| view! { <Request exchange /> })}
                        <Fact name=view::text("ui.shared.error.try", &[])>{advice}</Fact>
                    </Facts>
                    {logins}
                </div>
            </div>
            {acts}
        </section>
    }
}

/// The rule that the answer breaks: its sentence, who stumbles over it, where it is written.
fn broken(finding: &oci::Finding) -> impl IntoView + use<> {
    let (id, sentence) = (finding.id.to_string(), view::words::finding(finding));
    let notes = [view::words::finding_breaks(finding), view::words::finding_spec(finding)];
    view! {
        <Fact name=id.clone()>
            <span data-testid="error-finding" data-id=id.clone()>{sentence.clone()}</span>
            {notes.iter().flatten().cloned().map(|note| view! { <span class="kv-note">{note}</span> }).collect_view()}
        </Fact>
    }
}

/// Icon and colour: what is not offered and what is not allowed look different from what is broken.
fn tone(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::AuthNeeded | Code::Denied | Code::LoginFailed => ("lock", "is-denied"),
        Code::Unsupported => ("help", "is-unknown"),
        _ => ("sev-error", "is-broken"),
    }
}

/// Wants no login for this registry, and asks again.
#[component]
fn Anonymous(registry: Host, again: Callback<()>) -> impl IntoView {
    let client = Client::here();
    let choose = move |_| {
        let request = ChooseLogin { registry: registry.clone(), choice: LoginChoice::Anonymous };
        spawn_local(async move {
            if client.call(request).await.is_ok() {
                again.run(());
            }
        });
    };
    view! {
        <button type="button" class="btn" data-testid="without-login" on:click=choose>
            {view::text("ui.shared.error.anonymous", &[])}
        </button>
    }
}

/// The deciding request: method, address, how it ended, how long it took.
#[component]
fn Request(exchange: Exchange) -> impl IntoView {
    let line = view::visible(&format!("{} {}", exchange.method, exchange.url));
    let ended = match &exchange.outcome {
        Outcome::Status(status) => view::text("ui.shared.error.answered", &[("status", &status.to_string())]),
        Outcome::Failed(why) => view::visible(why),
        Outcome::Cancelled => view::text("ui.shared.error.cancelled", &[]),
    };
    let times = times(&exchange);
    view! {
        <Fact name=view::text("ui.shared.error.request", &[])>
            <code class="error-request">{line}</code>
            <span class="kv-note">{ended}</span>
            <span class="kv-note">{times}</span>
        </Fact>
    }
}

/// `12 ms to the first byte, 3 ms for the body`, from what was measured.
fn times(exchange: &Exchange) -> String {
    let milliseconds = |value: f64| format!("{value:.0}");
    match (exchange.first_byte_ms, exchange.body_ms) {
        (Some(first), Some(body)) => view::text(
            "ui.shared.error.times",
            &[("first", &milliseconds(first)), ("body", &milliseconds(body))],
        ),
        (Some(first), None) => view::text("ui.shared.error.times_first", &[("first", &milliseconds(first))]),
        (None, _) => {
            view::text("ui.shared.error.times_none", &[("queued", &milliseconds(exchange.queued_ms))])
        }
    }
}

/// `Step: request. HTTP 404.` from what is known.
fn stage_line(error: &Error) -> Option<String> {
    let stage = error.stage.map(|stage| {
        let word = view::text(&format!("ui.shared.error.stage.{}", wire_name(&stage)), &[]);
        view::text("ui.shared.error.stage", &[("stage", &word)])
    });
    let status =
        error.status.map(|status| view::text("ui.shared.error.status", &[("status", &status.to_string())]));
    let parts: Vec<String> = stage.into_iter().chain(status).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Asks again; counts down first where the registry said how long to wait.
#[component]
fn Retry(ask: Callback<()>, after_ms: Option<u64>) -> impl IntoView {
    let left = RwSignal::new(after_ms.map_or(0, |ms| ms.div_ceil(1000)));
    if left.get_untracked() > 0
        && let Ok(timer) = set_interval_with_handle(
            move || left.update(|left| *left = left.saturating_sub(1)),
            Duration::from_secs(1),
        )
    {
        on_cleanup(move || timer.clear());
    }
    let label = move || match left.get() {
        0 => view::text("ui.shared.error.retry", &[]),
        seconds => view::text("ui.shared.error.retry_in", &[("seconds", &seconds.to_string())]),
    };
    view! {
        <button
            type="button"
            class="btn"
            data-testid="error-retry"
            disabled={move || left.get() > 0}
            on:click=move |_| ask.run(())
        >
            <Icon name="refresh" />
            <span>{label}</span>
        </button>
    }
}

/// The name under which a variant without fields travels.
fn wire_name<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
