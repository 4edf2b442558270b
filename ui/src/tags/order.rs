//! In which order do tags stand?

use leptos::{ev, prelude::*};

use crate::shared::memory;

const KEY: &str = "ociscope.tags.order";

/// By what tags are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Their names, as versions.
    Name,
    /// The registry's own order.
    Registry,
    /// When they were made.
    Created,
    /// Their size.
    Size,
}

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order {
    /// By what.
    pub(super) by: By,
    /// The other way round: the oldest, the smallest first.
    pub(super) turned: bool,
}

/// Every order that the menu offers, with the key of its words.
const ALL: [(&str, Order, &str); 7] = [
    ("name", Order { by: By::Name, turned: false }, "ui.tags.order_name"),
    ("name-turned", Order { by: By::Name, turned: true }, "ui.tags.order_name_turned"),
    ("registry", Order { by: By::Registry, turned: false }, "ui.tags.order_registry"),
    ("created", Order { by: By::Created, turned: false }, "ui.tags.order_created"),
    ("created-turned", Order { by: By::Created, turned: true }, "ui.tags.order_created_turned"),
    ("size", Order { by: By::Size, turned: false }, "ui.tags.order_size"),
    ("size-turned", Order { by: By::Size, turned: true }, "ui.tags.order_size_turned"),
];

impl Order {
    /// The order that was chosen last among those that ask nothing of the registry.
    pub(super) fn remembered() -> Self {
        let name = memory::text(KEY).unwrap_or_default();
        let known = ALL.iter().find(|(known, order, _)| *known == name && !order.needs_sizes());
        known.map_or(ALL[0].1, |(_, order, _)| *order)
    }

    /// Whether every tag must be read for it.
    pub(super) fn needs_sizes(self) -> bool {
        matches!(self.by, By::Created | By::Size)
    }

    /// Its name in the menu.
    pub(super) fn name(self) -> &'static str {
        ALL.iter().find(|(_, order, _)| *order == self).map_or(ALL[0].0, |(name, ..)| name)
    }

    /// What a click on the head of a column makes of it.
    pub(super) fn clicked(self, by: By) -> Self {
        Self { by, turned: self.by == by && !self.turned }
    }

    fn keep(self) {
        if !self.needs_sizes() {
            memory::keep_text(KEY, self.name());
        }
    }
}

/// Goes to another order, and remembers it.
pub(super) fn turn_to(order: RwSignal<Order>, to: Order) {
    to.keep();
    order.set(to);
}

/// The menu of orders.
#[component]
pub(super) fn OrderMenu(order: RwSignal<Order>) -> impl IntoView {
    let choose = move |event: ev::Event| {
        let name = event_target_value(&event);
        if let Some((_, to, _)) = ALL.iter().find(|(known, ..)| *known == name) {
            turn_to(order, *to);
        }
    };
    view! {
        <select class="btn order order-menu" data-testid="tag-order" aria-label=view::text("ui.tags.order_label", &[])
            title=view::text("ui.tags.order_label", &[]) prop:value=move || order.get().name() on:change=choose>
            {ALL.map(|(name, one, words)| view! {
                <option value=name selected=move || order.get() == one>{view::text(words, &[])}</option>
            }).collect_view()}
        </select>
    }
}
