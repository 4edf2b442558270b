//! The only door to a host: one call or watch for each operation, over HTTP or the desktop's bridge.
//!
//! Dropping the future of a call or the stream of a watch stops the work behind it.

mod flight;
mod frames;
mod http;
mod link;
mod order;
mod pipe;
mod tauri;
pub(crate) mod token;

use api::{Call, Code, Error, Watch};
use futures_util::{
    StreamExt,
    stream::{self, LocalBoxStream},
};
use leptos::{ev, prelude::*};

pub(crate) use link::{Link, LinkState};

use flight::Flight;

/// Asks the host. Copied freely; every component gets it by [`Client::here`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Client {
    door: Door,
    /// Whether the host answers.
    pub(crate) link: Link,
    /// How many calls and watches are running.
    pub(crate) in_flight: RwSignal<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    Http,
    Tauri,
}

impl Client {
    /// Finds out which host this page belongs to, and takes the launch token out of the address.
    pub(crate) fn connect() -> Self {
        let door = if tauri::is_here() { Door::Tauri } else { Door::Http };
        let client = Self { door, link: Link::new(), in_flight: RwSignal::new(0) };
        if door == Door::Http {
            token::take();
            // An address that differs in its token alone does not load the page anew. Listens as long as the page is.
            let _ = window_event_listener(ev::hashchange, move |_| {
                if token::take() && client.link.state.get_untracked() == LinkState::StaleToken {
                    let _ = window().location().reload();
                }
            });
        }
        provide_context(client);
        client
    }

    /// The client of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Whether this is the desktop window.
    pub(crate) fn is_desktop(self) -> bool {
        self.door == Door::Tauri
    }

    /// Asks for one reply. Call [`Link::generation`] in the surrounding effect to ask again when a host that was
    /// gone is back.
    ///
    /// # Errors
    /// What the operation answers, or [`Code::HostGone`].
    pub(crate) async fn call<C: Call>(self, request: C) -> Result<C::Reply, Error> {
        let answer = self.bytes::<C>(&request).await;
        self.noted(answer).and_then(|bytes| decode(C::NAME, &bytes))
    }

    async fn bytes<C: Call>(self, request: &C) -> Result<Vec<u8>, Error> {
        let body = encode(request)?;
        let _flight = Flight::start(self.in_flight);
        match self.door {
            Door::Http => http::call(C::NAME, &body).await,
            Door::Tauri => tauri::call(C::NAME, &body).await,
        }
    }

    /// Asks for a growing answer. The stream ends after the last event, or with one error.
    pub(crate) fn watch<W: Watch>(self, request: &W) -> LocalBoxStream<'static, Result<W::Event, Error>> {
        let body = match encode(request) {
            Ok(body) => body,
            Err(error) => return stream::once(std::future::ready(Err(error))).boxed_local(),
        };
        let lines = match self.door {
            Door::Http => http::watch(W::NAME, body),
            Door::Tauri => tauri::watch(W::NAME, body),
        };
        let flight = Flight::start(self.in_flight);
        frames::events(lines)
            .map(move |event| {
                let _ = &flight;
                self.noted(event)
            })
            .boxed_local()
    }

    /// In the window: lets the user choose where a file goes. `None` where they would rather not.
    ///
    /// # Errors
    /// What the host answers.
    pub(crate) async fn choose_place(self, name: &str) -> Result<Option<String>, Error> {
        let answer = tauri::command("choose_place", &[("x-name", &encoded(name))]).await;
        self.noted(answer).and_then(|bytes| decode("choose_place", &bytes))
    }

    /// In the window: puts what was saved at the place that was chosen; gives its path.
    ///
    /// # Errors
    /// What the host answers, such as a disk that is full.
    pub(crate) async fn place_saved(self, place: &str, ticket: &str) -> Result<String, Error> {
        let answer = tauri::command("place_saved", &[("x-place", place), ("x-ticket", ticket)]).await;
        self.noted(answer).and_then(|bytes| decode("place_saved", &bytes))
    }

    /// In a browser: hands what was saved to its downloads.
    pub(crate) fn download(self, ticket: &str, name: &str) {
        http::download(&format!("/saved/{ticket}?name={}", encoded(name)), name);
    }

    /// Remembers from each answer whether the host is there.
    fn noted<T>(self, answer: Result<T, Error>) -> Result<T, Error> {
        match &answer {
            Err(error) if error.code == Code::HostGone => self.link.lost(error),
            _ => self.link.alive(),
        }
        answer
    }
}

fn encode<T: serde::Serialize>(request: &T) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(request).map_err(|error| Error::new(Code::Internal, error.to_string()))
}

fn decode<T: serde::de::DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|error| {
        let why = error.to_string();
        Error::new(Code::Internal, view::text("ui.client.unreadable", &[("operation", name), ("why", &why)]))
    })
}

/// Percent-encoded, as it stands in a header or in a query.
fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// The host does not answer.
fn gone(why: &str) -> Error {
    Error::new(Code::HostGone, view::text("ui.client.gone", &[("why", why)]))
}
