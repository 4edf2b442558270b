//! In which order do tags stand?

use std::sync::Arc;

use leptos::prelude::*;

use crate::shared::{icon::Icon, memory};

const KEY: &str = "ociscope.tags.order";

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// The newest version first, then other names.
    Version,
    /// As the registry gave them.
    Registry,
}

impl Order {
    /// The order that was chosen last.
    pub(super) fn remembered() -> Self {
        match memory::text(KEY).as_deref() {
            Some("registry") => Self::Registry,
            _ => Self::Version,
        }
    }

    /// Sorts names.
    pub(super) fn sort(self, mut names: Vec<Arc<str>>) -> Vec<Arc<str>> {
        if self == Self::Version {
            view::natural::newest_first(&mut names);
        }
        names
    }
}

/// Goes from one order to the other.
#[component]
pub(super) fn OrderToggle(order: RwSignal<Order>) -> impl IntoView {
    let toggle = move |_| {
        order.update(|order| {
            *order = match order {
                Order::Version => Order::Registry,
                Order::Registry => Order::Version,
            };
            memory::keep_text(KEY, if *order == Order::Registry { "registry" } else { "version" });
        });
    };
    let label = move || {
        let key = match order.get() {
            Order::Version => "ui.tags.by_version",
            Order::Registry => "ui.tags.by_registry",
        };
        view::text(key, &[])
    };
    view! {
        <button type="button" class="btn order" data-testid="tag-order" aria-label=move || {
                view::text("ui.tags.order_label", &[("order", &label())])
            } title=view::text("ui.tags.order_title", &[]) on:click=toggle>
            <Icon name="down" /><span>{label}</span>
        </button>
    }
}
