//! One request and its answer: how it ended, how long each part took, what was said?

use api::{Connection, Exchange, Header, Outcome};
use leptos::prelude::*;

use crate::shared::{
    copy::CopyButton,
    icon::Icon,
    kv::{Fact, Facts},
};

/// One exchange; its details open below it.
#[component]
pub(super) fn Row(exchange: Exchange) -> impl IntoView {
    let (tone, status) = match &exchange.outcome {
        Outcome::Status(status @ 200..=399) => ("is-good", status.to_string()),
        Outcome::Status(status) => ("is-bad", status.to_string()),
        Outcome::Failed(_) => ("is-bad", view::text("ui.object.http.failed", &[])),
        Outcome::Cancelled => ("is-open", view::text("ui.object.http.cancelled", &[])),
    };
    let why = match &exchange.outcome {
        Outcome::Failed(why) => Some(view::visible(why)),
        _ => None,
    };
    let total = exchange.queued_ms
        + exchange.dns_ms.unwrap_or_default()
        + exchange.first_byte_ms.unwrap_or_default()
        + exchange.body_ms.unwrap_or_default();
    let url = view::visible(&exchange.url);
    let curl = Signal::stored(view::curl(&exchange));
    let times = times(&exchange);
    let because = exchange.because.as_deref().map(view::visible);
    view! {
        <li class="http-row" data-testid="http-row" data-method=exchange.method.clone()>
            <details class="fold">
                <summary>
                    <Icon name="right" />
                    <span class="http-method">{view::visible(&exchange.method)}</span>
                    <bdi class="http-url" title=url.clone()>{url.clone()}</bdi>
                    {because.map(|because| view! { <span class="chip">{because}</span> })}
                    <span class=format!("http-status {tone}") data-testid="http-status">{status}</span>
                    <span class="http-size">{view::words::size(exchange.body_bytes)}</span>
                    <span class="http-time">{milliseconds(total)}</span>
                </summary>
                <div class="http-more">
                    <p class="http-whole"><bdi class="mono">{url}</bdi>
                        <CopyButton text=curl label=view::text("ui.object.http.copy_curl", &[]) /></p>
                    {why.map(|why| view! { <p class="bad">{why}</p> })}
                    <Facts>{times}</Facts>
                    {headers("ui.object.http.sent", &exchange.request_headers)}
                    {headers("ui.object.http.received", &exchange.response_headers)}
                </div>
            </details>
        </li>
    }
}

/// How long each part took.
fn times(exchange: &Exchange) -> impl IntoView + use<> {
    let connect = match exchange.connection {
        Connection::New(time) => milliseconds(time),
        Connection::Reused => view::text("ui.object.http.reused", &[]),
        Connection::None => view::text("ui.object.http.no_connection", &[]),
    };
    let line = |key: &str, value: Option<String>| {
        value.map(|value| view! { <Fact name=view::text(key, &[])>{value}</Fact> })
    };
    view! {
        {line("ui.object.http.queued", Some(milliseconds(exchange.queued_ms)))}
        {line("ui.object.http.dns", exchange.dns_ms.map(milliseconds))}
        {line("ui.object.http.connect", Some(connect))}
        {line("ui.object.http.first_byte", exchange.first_byte_ms.map(milliseconds))}
        {line("ui.object.http.body", exchange.body_ms.map(milliseconds))}
        {line("ui.object.http.read", Some(view::words::exact_size(exchange.body_bytes)))}
    }
}

/// Headers as they went over the wire; secrets were left out before.
fn headers(title: &str, headers: &[Header]) -> Option<impl IntoView + use<>> {
    let rows = headers
        .iter()
        .map(|header| {
            view! {
                <div class="pair">
                    <dt><bdi>{view::visible(&header.name)}</bdi></dt>
                    <dd><bdi>{view::visible(&header.value)}</bdi></dd>
                </div>
            }
        })
        .collect_view();
    let title = view::text(title, &[]);
    (!headers.is_empty()).then(|| view! { <p class="http-title">{title}</p><dl class="pairs">{rows}</dl> })
}

fn milliseconds(time: f64) -> String {
    let shown = if time < 10.0 { format!("{time:.1}") } else { format!("{time:.0}") };
    view::text("ui.object.http.ms", &[("time", &shown)])
}
