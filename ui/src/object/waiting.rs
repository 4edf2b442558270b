//! What stands where something will be?

use leptos::prelude::*;

use crate::shared::{
    empty_state::{Emptiness, EmptyState},
    growing::Stop,
    icon::Icon,
};

/// Grey bars where the content will be, and how to stop: by the button, or by Escape.
#[component]
pub(super) fn Skeleton(stop: Callback<()>) -> impl IntoView {
    view! {
        <div class="object-waiting">
            <p class="object-note" role="status">{view::text("ui.object.reading", &[])}</p>
            <Stop run=stop test_id="object-stop" />
        </div>
        <Bones />
    }
}

/// Grey bars alone.
#[component]
pub(crate) fn Bones() -> impl IntoView {
    view! {
        <div class="object-skeleton" aria-hidden="true">
            {(0..8).map(|_| view! { <span class="bone"></span> }).collect_view()}
        </div>
    }
}

/// What the user stopped, and how to ask again.
#[component]
pub(super) fn Stopped(again: Callback<()>) -> impl IntoView {
    view! {
        <EmptyState which=Emptiness::NotAsked title=view::text("ui.object.stopped", &[])
            sentence=view::text("ui.object.stopped_text", &[])>
            <button type="button" class="btn" data-testid="object-again" on:click=move |_| again.run(())>
                <Icon name="refresh" /><span>{view::text("ui.object.load_again", &[])}</span>
            </button>
        </EmptyState>
    }
}
