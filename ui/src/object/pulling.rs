//! With which commands is it fetched by other tools?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::TagOrDigest;
use view::{
    commands::{Command, Subject, commands},
    digest_tags::lists_referrers,
};

use super::section::Section;
use crate::{
    keys::Act,
    registries::Known,
    shared::{copy::CopyButton, memory},
    shell::{actions::Actions, toast::Toast},
};

/// Where the browser remembers which tool was chosen.
const TOOL: &str = "ociscope.tool";

/// One command at a time; which one is remembered for the next object.
#[component]
pub(super) fn Pulling(inspection: Arc<Inspection>) -> impl IntoView {
    let known = Known::here();
    let by_tag = matches!(inspection.reference.target(), TagOrDigest::Tag(_));
    let pinned = RwSignal::new(false);
    let all = Memo::new(move |_| {
        let reference = inspection.reference.clone();
        let subject = Subject {
            pin: pinned.get().then(|| inspection.digest.clone()),
            kind: inspection.view.kind.clone(),
            is_list: lists_referrers(&reference, inspection.view.shape).is_some(),
            plain_http: false,
            reference: reference.clone(),
        };
        commands(&match known.entry(&reference.host) {
            Some(entry) => subject.at(&entry),
            None => subject,
        })
    });
    let chosen = RwSignal::new(memory::text(TOOL).unwrap_or_default());
    let now = Memo::new(move |_| {
        let (all, chosen) = (all.read(), chosen.read());
        all.iter().find(|command| label(command) == *chosen).or_else(|| all.first()).cloned()
    });
    let line = Signal::derive(move || now.read().as_ref().map(|now| now.line.clone()).unwrap_or_default());
    let toast = Toast::here();
    Actions::here().offer(Act::CopyCommand, Callback::new(move |()| toast.copy(line.get_untracked())));
    let options = move || {
        all.read()
            .iter()
            .map(|command| {
                let name = label(command);
                let own = name.clone();
                let selected = move || now.read().as_ref().is_some_and(|now| label(now) == own);
                view! { <option value=name.clone() prop:selected=selected>{name.clone()}</option> }
            })
            .collect_view()
    };
    let needs = move || {
        let needs = now.read().as_ref()?.needs.clone()?;
        Some(view! { <p class="object-note">{needs}</p> })
    };
    view! {
        <Section title=view::text("ui.object.pulling", &[])>
            <select class="select pulling-tool" data-testid="command-tool"
                aria-label=view::text("ui.object.pulling_tool", &[])
                on:change=move |event| {
                    let name = event_target_value(&event);
                    memory::keep_text(TOOL, &name);
                    chosen.set(name);
                }>
                {options}
            </select>
            <div class="pulling-line">
                <code data-testid="command-line">{line}</code>
                <CopyButton text=line label=view::text("ui.object.act.copy_command", &[]) />
            </div>
            {needs}
            {by_tag.then(|| view! {
                <label class="check">
                    <input type="checkbox" data-testid="command-pin" prop:checked=move || pinned.get()
                        on:change=move |event| pinned.set(event_target_checked(&event)) />
                    <span>{view::text("ui.object.pulling_pin", &[])}</span>
                </label>
            })}
        </Section>
    }
}

/// How a command stands in the list.
fn label(command: &Command) -> String {
    format!("{}: {}", command.tool, command.does)
}
