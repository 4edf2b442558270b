//! Which names does the filter of a list leave, plain or by a pattern?
//!
//! The filter stands in the address (`?q=`), so that a link and the way back have it.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use view::pattern::{Pattern, is_begun};

use super::icon::Icon;
use crate::{
    keys::{Act, ActCaps, focus},
    query::Query,
    routes::Here,
};

/// How long the keys must rest before the address follows: browsers allow only so many changes of it at a time.
const REST: Duration = Duration::from_millis(300);

/// Names of a list.
pub(crate) type Names = Arc<Vec<Arc<str>>>;

/// Whether a slash can stand in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slashes {
    /// As in the name of a repository.
    InNames,
    /// As with tags.
    InNoName,
}

/// The filter of the list on this screen. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct ListFilter {
    /// What was typed.
    pub(crate) typed: RwSignal<String>,
    /// Why it is no pattern, where it wants to be one.
    pub(crate) problem: Memo<Option<String>>,
    /// What the last text that could be used asks for.
    pub(crate) used: Memo<Wanted>,
}

/// What a filter asks of a name; at first nothing. Made ready once, for as many names as there are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// As it was typed.
    pub(crate) text: String,
    rule: Arc<Rule>,
}

#[derive(Debug, Default)]
enum Rule {
    #[default]
    Any,
    Words(view::search::Filter),
    Pattern(Pattern),
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Wanted {
    /// What a text asks for.
    ///
    /// # Errors
    /// It wants to be a pattern and is none: why, in English.
    fn read(text: &str) -> Result<Self, String> {
        let rule = match Pattern::read(text) {
            Some(pattern) => Rule::Pattern(pattern?),
            None if text.trim().is_empty() => Rule::Any,
            None => Rule::Words(view::search::Filter::new(text)),
        };
        Ok(Self { text: text.to_owned(), rule: Arc::new(rule) })
    }

    /// Whether every name is wanted.
    pub(crate) fn is_any(&self) -> bool {
        matches!(*self.rule, Rule::Any)
    }

    /// The names that are wanted, in their order.
    pub(crate) fn of(&self, names: &Names) -> Names {
        let left = |wanted: &dyn Fn(&str) -> bool| {
            Arc::new(names.iter().filter(|name| wanted(name)).cloned().collect())
        };
        match &*self.rule {
            Rule::Any => Arc::clone(names),
            Rule::Words(words) => left(&|name| words.matches(name)),
            Rule::Pattern(pattern) => left(&|name| pattern.matches(name)),
        }
    }
}

impl ListFilter {
    /// The filter that the address has, and the address that the filter has. Where no name can have a slash, one
    /// slash alone begins a pattern: until its end is written, the list stays as it is.
    pub(crate) fn new(slashes: Slashes) -> Self {
        let here: Here = expect_context();
        let typed = RwSignal::new(here.filter.get_untracked().unwrap_or_default());
        let timer = StoredValue::new(None::<TimeoutHandle>);
        // What this filter wrote into the address: more may be typed before the address has it.
        let own = StoredValue::new(None::<String>);
        let navigate = use_navigate();
        let whose = here.route.get_untracked().path();
        let follow = Callback::new(move |()| {
            timer.set_value(None);
            let route = here.route.read_untracked();
            if route.path() != whose {
                return;
            }
            let text = typed.get_untracked();
            own.set_value(Some(if text.trim().is_empty() { String::new() } else { text.clone() }));
            let filter = (!text.trim().is_empty()).then_some(text);
            let query = Query { filter, ..untrack(|| here.query()) };
            let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&route.address(&query), options);
        });
        Effect::new(move |before: Option<()>| {
            let text = typed.get();
            let address = here.filter.get_untracked().unwrap_or_default();
            if let Some(Some(waiting)) = timer.try_update_value(Option::take) {
                waiting.clear();
            }
            if before.is_some() && text != address {
                timer.set_value(set_timeout_with_handle(move || follow.run(()), REST).ok());
            }
        });
        // Back, forward and links change the address alone.
        Effect::new(move |_| {
            let address = here.filter.get().unwrap_or_default();
            if own.with_value(|own| own.as_ref() == Some(&address)) {
                return;
            }
            own.set_value(None);
            if timer.with_value(Option::is_none) && *typed.read_untracked() != address {
                typed.set(address);
            }
        });
        on_cleanup(move || {
            if let Some(Some(timer)) = timer.try_update_value(Option::take) {
                timer.clear();
            }
        });
        let read = Memo::new(move |_| Wanted::read(&typed.read()));
        let problem = Memo::new(move |_| read.read().as_ref().err().cloned());
        let used = Memo::new(move |before: Option<&Wanted>| match &*read.read() {
            Ok(wanted) if slashes == Slashes::InNames || !is_begun(&wanted.text) => wanted.clone(),
            _ => before.cloned().unwrap_or_default(),
        });
        Self { typed, problem, used }
    }
}

/// A field that filters as one types.
#[component]
pub(crate) fn FilterField(
    filter: ListFilter,
    #[prop(into)] label: String,
    test_id: &'static str,
) -> impl IntoView {
    let ListFilter { typed, problem, .. } = filter;
    let why = format!("{test_id}-problem");
    let described = why.clone();
    view! {
        <div class="filter" class:is-bad=move || problem.read().is_some()>
            <Icon name="filter" />
            <input
                class="filter-input"
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-label=label
                aria-invalid=move || problem.read().is_some().then_some("true")
                aria-describedby=move || problem.read().is_some().then(|| described.clone())
                placeholder=view::text("ui.list.filter", &[])
                data-filter
                data-testid=test_id
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=move |event| match event.key().as_str() {
                    "Escape" if !typed.read_untracked().is_empty() => {
                        event.stop_propagation();
                        typed.set(String::new());
                    }
                    // On to what it has found.
                    "ArrowDown" | "Enter"
                        if !event.is_composing() && focus::hand_to_rows("ArrowDown", false) =>
                    {
                        event.prevent_default();
                    }
                    _ => {}
                }
            />
            <span aria-hidden="true"><ActCaps act=Act::Filter /></span>
            {move || problem.get().map(|problem| view! {
                <p class="filter-problem" id=why.clone() role="alert" data-testid="filter-problem">
                    <Icon name="sev-error" />
                    <span>{view::text("ui.list.bad_pattern", &[("why", &problem)])}</span>
                </p>
            })}
        </div>
    }
}
