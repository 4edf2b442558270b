//! Which requests did this object take?

mod exchange;

use leptos::prelude::*;

use self::exchange::Row;
use super::load::Trace;
use crate::shared::empty_state::{Emptiness, EmptyState};

/// The exchanges, the newest last.
#[component]
pub(super) fn HttpSide(trace: Trace) -> impl IntoView {
    move || {
        let all = trace.all();
        if all.is_empty() {
            return view! {
                <EmptyState which=Emptiness::None title=view::text("ui.object.http.none", &[])
                    sentence=view::text("ui.object.http.none_text", &[]) />
            }
            .into_any();
        }
        let count = view::text("ui.object.http.count", &[("count", &view::words::count(all.len() as u64))]);
        let bytes = all.iter().map(|exchange| exchange.body_bytes).fold(0_u64, u64::saturating_add);
        let size = view::text("ui.object.http.bytes", &[("size", &view::words::exact_size(bytes))]);
        let rows = all.into_iter().map(|exchange| view! { <Row exchange /> }).collect_view();
        view! {
            <div class="http scroll" tabindex="0" data-testid="http">
                <p class="side-line"><span>{count}</span><span>{size}</span></p>
                <ol class="http-list">{rows}</ol>
            </div>
        }
        .into_any()
    }
}
