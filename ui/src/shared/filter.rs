//! Which names does the filter of a list leave, plain or by a pattern?
//!
//! The filter stands in the address (`?q=`), so that a link and the way back have it.

use std::{cell::RefCell, sync::Arc, time::Duration};

use js_sys::{Array, Function, JsString, Reflect, RegExp, Uint8Array};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::{JsCast, JsValue};

use super::icon::Icon;
use crate::{query::Query, routes::Here};

/// How long the keys must rest before the address follows: browsers allow only so many changes of it at a time.
const REST: Duration = Duration::from_millis(300);
/// A pattern looks at so much of a name; no tag of the grammar is longer.
const LONGEST: usize = 512;

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
    /// The last text that could be used.
    pub(crate) used: Memo<String>,
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
        let problem = Memo::new(move |_| pattern(&typed.read()).and_then(|pattern| compile(&pattern).err()));
        let used = Memo::new(move |before: Option<&String>| match &*problem.read() {
            Some(_) => before.cloned().unwrap_or_default(),
            None if slashes == Slashes::InNoName && is_begun(&typed.read()) => {
                before.cloned().unwrap_or_default()
            }
            None => typed.get(),
        });
        Self { typed, problem, used }
    }
}

/// The names that a filter leaves, in their order.
pub(crate) fn matching(names: &Names, typed: &str) -> Names {
    if typed.trim().is_empty() {
        return Arc::clone(names);
    }
    if let Some(Ok(pattern)) = pattern(typed).map(|pattern| compile(&pattern)) {
        return by_pattern(names, &pattern);
    }
    let filter = view::search::Filter::new(typed);
    Arc::new(names.iter().filter(|name| filter.matches(name)).cloned().collect())
}

/// Whether this is the beginning of a pattern whose end is still to come.
fn is_begun(typed: &str) -> bool {
    typed.trim_start().starts_with('/') && pattern(typed).is_none()
}

/// A pattern as it is typed: `/^v1/`, or `/alpine/i` whatever the case.
struct Pattern {
    text: String,
    flags: String,
}

fn pattern(typed: &str) -> Option<Pattern> {
    let typed = typed.trim();
    let (closed, flags) = typed.split_at(typed.rfind('/')? + 1);
    match view::search::kind(closed) {
        view::search::Kind::Pattern(text) if flags.chars().all(|flag| "imsu".contains(flag)) => {
            Some(Pattern { text: text.to_owned(), flags: flags.to_owned() })
        }
        _ => None,
    }
}

/// The browser's own regular expression, or why it is none in the browser's words.
fn compile(pattern: &Pattern) -> Result<RegExp, String> {
    let class = Reflect::get(&js_sys::global(), &"RegExp".into());
    let class: Function = class.ok().and_then(|class| class.dyn_into().ok()).ok_or_else(String::new)?;
    let given = Array::of2(&pattern.text.as_str().into(), &pattern.flags.as_str().into());
    match Reflect::construct(&class, &given) {
        Ok(made) => Ok(made.unchecked_into()),
        Err(error) => {
            let why = error.dyn_into::<js_sys::Error>().map(|error| String::from(error.message()));
            let why = why.unwrap_or_default();
            // After the pattern, which stands in the field: "Invalid regular expression: /(/: Unterminated group".
            let short = why.rsplit_once(": ").map_or(why.as_str(), |(_, short)| short);
            Err(view::visible(short))
        }
    }
}

thread_local! {
    /// The names that were looked through last, as the browser has them: making them costs more than looking.
    static HELD: RefCell<Option<(Names, Array)>> = const { RefCell::new(None) };
}

/// Looks through all names inside the browser, without a call for each.
fn by_pattern(names: &Names, pattern: &RegExp) -> Names {
    let held = HELD.with_borrow_mut(|held| match held {
        Some((of, texts)) if Arc::ptr_eq(of, names) => texts.clone(),
        _ => {
            let texts = texts(names);
            *held = Some((Arc::clone(names), texts.clone()));
            texts
        }
    });
    let Some(fits) = tested(&held, pattern) else { return Arc::clone(names) };
    Arc::new(
        names.iter().zip(fits).filter(|(_, fits)| *fits == 1).map(|(name, _)| Arc::clone(name)).collect(),
    )
}

fn texts(names: &Names) -> Array {
    let mut all = String::new();
    for (place, name) in names.iter().enumerate() {
        if place > 0 {
            all.push('\n');
        }
        let name = name.get(..name.floor_char_boundary(LONGEST)).unwrap_or(name);
        // A line break divides the names here; one inside a name is outside every grammar.
        all.extend(name.chars().map(|c| if c == '\n' { ' ' } else { c }));
    }
    JsString::from(all).split("\n")
}

/// For each text 1 where it fits.
fn tested(texts: &Array, pattern: &RegExp) -> Option<Vec<u8>> {
    let own = |object: &JsValue, name: &str| -> Option<Function> {
        Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
    };
    let test = own(pattern, "test")?;
    let test = own(&test, "bind")?.call1(&test, pattern).ok()?;
    let answers = own(texts, "map")?.call1(texts, &test).ok()?;
    Some(Uint8Array::new(&answers).to_vec())
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
                aria-label=label.clone()
                aria-invalid=move || problem.read().is_some().then_some("true")
                aria-describedby=move || problem.read().is_some().then(|| described.clone())
                placeholder=label
                data-filter
                data-testid=test_id
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Escape" && !typed.read_untracked().is_empty() {
                        event.stop_propagation();
                        typed.set(String::new());
                    }
                }
            />
            <kbd aria-hidden="true">"/"</kbd>
            {move || problem.get().map(|problem| view! {
                <p class="filter-problem" id=why.clone() role="alert" data-testid="filter-problem">
                    <Icon name="sev-error" />
                    <span>{view::text("ui.list.bad_pattern", &[("why", &problem)])}</span>
                </p>
            })}
        </div>
    }
}
