//! Which columns does the list have, and which of them sort it?

use leptos::prelude::*;

use super::order::{By, Order, turn_to};
use crate::shared::icon::Icon;

/// The height of the heads in CSS pixels.
pub(super) const HEIGHT: f64 = 26.0;

/// The heads. Those that sort are buttons, and say which way.
#[component]
pub(super) fn Heads(order: RwSignal<Order>) -> impl IntoView {
    let plain = |class: &'static str, words: &'static str| {
        view! { <span class=format!("head-cell {class}") role="columnheader">{view::text(words, &[])}</span> }
    };
    view! {
        <div class="list-head" role="row" aria-rowindex="1">
            <Sorting order by=By::Name class="cell-tag" words="ui.tags.column" test_id="sort-name" />
            {plain("cell-digest", "ui.tags.column_digest")}
            {plain("cell-kind", "ui.tags.column_kind")}
            {plain("cell-platforms", "ui.tags.column_platforms")}
            <Sorting order by=By::Size class="cell-size" words="ui.tags.column_size" test_id="sort-size" />
            <Sorting order by=By::Created class="cell-created" words="ui.tags.column_created" test_id="sort-created" />
            {plain("cell-problems", "ui.tags.column_problems")}
        </div>
    }
}

#[component]
fn Sorting(
    order: RwSignal<Order>,
    by: By,
    class: &'static str,
    words: &'static str,
    test_id: &'static str,
) -> impl IntoView {
    // The newest version, the latest and the largest first is what goes down.
    let sort = move || {
        let order = order.get();
        (order.by == by).then_some(if order.turned { "ascending" } else { "descending" })
    };
    view! {
        <span class=format!("head-cell {class}") role="columnheader" aria-sort=sort data-testid=format!("{test_id}-head")>
            <button type="button" class="head-button" data-testid=test_id
                on:click=move |_| turn_to(order, order.get_untracked().clicked(by))>
                <span class="cut">{view::text(words, &[])}</span>
                {move || sort().map(|sort| if sort == "descending" {
                    view! { <Icon name="down" /> }
                } else {
                    view! { <Icon name="up" /> }
                })}
            </button>
        </span>
    }
}
