//! There is no such blob: what else may the digest be, and what to do next?

use api::{Code, Error, Head, Headed};
use leptos::prelude::*;

use super::Which;
use crate::{
    client::Client,
    object::{
        link::path,
        load::{self, Load, Reading, Trace},
    },
    routes::Route,
    shared::{
        empty_state::{Emptiness, EmptyState},
        error_state::ErrorState,
        icon::Icon,
    },
};

/// The registry's answer, and beside it whether the digest is that of a manifest, which is asked at once: people and
/// logs mistake the one for the other.
#[component]
pub(super) fn Missing(which: Which, error: Error, again: Callback<()>, trace: Trace) -> impl IntoView {
    let asked = ask(&which, trace);
    let repository = which.beside.repository.to_string();
    let tags = Route::Repository(which.beside.host.clone(), which.beside.repository.clone()).path();
    let manifest = path(&which.beside, &which.digest);
    move || {
        let advice = match asked.state.get() {
            Load::Ready(_) => {
                let sentence = view::text("ui.object.blob.is_manifest_text", &[("repository", &repository)]);
                let manifest = manifest.clone();
                return view! {
                    <div data-testid="blob-is-manifest">
                        <EmptyState which=Emptiness::None title=view::text("ui.object.blob.is_manifest", &[]) sentence>
                            <a class="btn primary" href=manifest data-testid="blob-as-manifest">
                                <Icon name="arrow" /><span>{view::text("ui.object.blob.as_manifest", &[])}</span>
                            </a>
                        </EmptyState>
                    </div>
                }
                .into_any();
            }
            Load::Failed(error) if error.code == Code::ManifestNotFound => {
                view::text("ui.object.blob.neither", &[("repository", &repository)])
            }
            Load::Failed(error) => {
                view::text("ui.object.blob.manifest_unknown", &[("why", &view::visible(&error.message))])
            }
            Load::Idle | Load::Reading | Load::Stopped => view::text("ui.object.blob.asking_manifest", &[]),
        };
        let tags = tags.clone();
        view! {
            <div class="blob-missing" data-testid="blob-missing">
                <ErrorState error=error.clone() on_retry=again title=view::text("ui.object.blob.missing", &[]) advice>
                    <a class="btn" href=tags>{view::text("ui.object.show_tags", &[])}</a>
                </ErrorState>
            </div>
        }
        .into_any()
    }
}

/// Asks whether the digest is that of a manifest.
fn ask(which: &Which, trace: Trace) -> Reading<Headed> {
    let client = Client::here();
    let asked = Head { reference: which.beside.clone() };
    load::read(Signal::stored(Some(asked)), move |asked: Head| async move {
        trace.of(client.call(asked).await, |headed| &headed.exchanges)
    })
}
