//! Is there a way back, and a way forward?

use leptos::prelude::*;

use crate::{
    keys::{Act, titled},
    shared::icon::Icon,
};

/// The two arrows. The browser knows whether they lead somewhere; they are always there.
#[component]
pub(super) fn BackAndForward() -> impl IntoView {
    let go = move |forward: bool| {
        if let Ok(history) = window().history() {
            let _ = if forward { history.forward() } else { history.back() };
        }
    };
    view! {
        <div class="travel">
            <button type="button" class="icon-btn" aria-label=view::text("ui.back", &[])
                title=|| titled(Act::Back) on:click=move |_| go(false)>
                <Icon name="back" />
            </button>
            <button type="button" class="icon-btn" aria-label=view::text("ui.forward", &[])
                title=|| titled(Act::Forward) on:click=move |_| go(true)>
                <Icon name="arrow" />
            </button>
        </div>
    }
}
