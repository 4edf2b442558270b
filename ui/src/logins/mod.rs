//! Which login was used for the registry on the screen, and why? Below an error that has to do with it.

use api::{ChooseLogin, Error, ExplainLogin, LoginAccount, LoginChoice, LoginOutcome, LoginStep};
use leptos::{prelude::*, task::spawn_local};
use oci::{Host, RepositoryName};

use crate::{client::Client, shared::icon::Icon};

/// Where a login was looked for, opened by hand: only then anything is looked up.
#[component]
pub(crate) fn Explained(
    /// The registry.
    registry: Host,
    /// The repository, where the screen is about one.
    repository: Option<RepositoryName>,
    /// Asks the registry again, after another choice.
    again: Option<Callback<()>>,
) -> impl IntoView {
    let client = Client::here();
    let answer = RwSignal::new(None::<Result<LoginAccount, Error>>);
    let asked = RwSignal::new(false);
    let host = StoredValue::new(registry.clone());
    let open = move |_| {
        if asked.get_untracked() {
            return;
        }
        asked.set(true);
        let request = ExplainLogin { registry: registry.clone(), repository: repository.clone() };
        spawn_local(async move {
            let account = client.call(request).await;
            let _ = answer.try_set(Some(account));
        });
    };
    let use_again = move |_| {
        let request = ChooseLogin { registry: host.get_value(), choice: LoginChoice::InOrder };
        spawn_local(async move {
            let account = client.call(request).await;
            if account.is_ok()
                && let Some(again) = again
            {
                again.run(());
            }
            let _ = answer.try_set(Some(account));
        });
    };
    view! {
        <details class="fold logins" on:toggle=open data-testid="logins">
            <summary><Icon name="right" />{view::text("ui.logins.how", &[])}</summary>
            {move || match answer.get() {
                None => view! { <p class="logins-said" role="status">{view::text("ui.logins.reading", &[])}</p> }.into_any(),
                Some(Err(error)) => view! { <p class="logins-said">{view::visible(&error.message)}</p> }.into_any(),
                Some(Ok(account)) => {
                    let chosen = account.outcome == LoginOutcome::ChosenAnonymous;
                    // What stopped the search is the error above.
                    let outcome = match &account.outcome {
                        LoginOutcome::Stopped(_) => None,
                        outcome => Some(view::words::login_outcome(outcome)),
                    };
                    view! {
                        {outcome.map(|said| view! { <p class="logins-said" data-testid="logins-outcome">{said}</p> })}
                        {chosen.then(|| view! {
                            <button type="button" class="btn small" data-testid="logins-again" on:click=use_again>
                                {view::text("ui.logins.use_again", &[])}
                            </button>
                        })}
                        <ol class="logins-steps">{account.steps.iter().map(step).collect_view()}</ol>
                    }
                    .into_any()
                }
            }}
        </details>
    }
}

fn step(step: &LoginStep) -> impl IntoView + use<> {
    let said = view::words::login_step(step);
    view! {
        <li data-testid="logins-step">
            <b>{view::words::login_source(step.source)}</b>
            {step.file.clone().map(|file| view! { <code>{view::visible(&file)}</code> })}
            <ul>{said.into_iter().map(|said| view! { <li>{said}</li> }).collect_view()}</ul>
        </li>
    }
}
