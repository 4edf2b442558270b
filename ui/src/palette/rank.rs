//! Which choices fit what was typed, the best first?

use view::{fuzzy, search::Filter};

use super::{
    choice::{Choice, Does, Sort},
    lately::Lately,
};
use crate::omnibox::reading;

/// At most so many of one sort are shown.
const MOST: usize = 8;
/// The same where nothing was typed: enough to see what there is.
const MOST_AT_FIRST: usize = 16;
/// Beyond this many names a sort is filtered by whole words, which costs less than letters.
const MANY: usize = 2_000;

/// Whether a sort is asked for.
type Only = fn(Sort) -> bool;

/// Choices under one heading.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ranked {
    /// The key of the heading.
    pub(super) heading: &'static str,
    /// The best first.
    pub(super) hits: Vec<Hit>,
}

/// One choice that fits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hit {
    /// The choice.
    pub(super) choice: Choice,
    /// The letters of its words that were typed, as places.
    pub(super) places: Vec<usize>,
}

/// The groups to show. `>` asks for actions alone, `:` for tags alone.
pub(super) fn groups(all: &[Choice], lately: &[Lately], typed: &str) -> Vec<Ranked> {
    let typed = typed.trim();
    let (only, words): (Option<Only>, &str) = match typed.split_at_checked(1) {
        Some((">", rest)) => (Some(Sort::is_action), rest.trim()),
        Some((":", rest)) => (Some(|sort| sort == Sort::Tag), rest.trim()),
        _ => (None, typed),
    };
    if words.is_empty() && only.is_none() {
        return at_first(all, lately);
    }
    let mut ranked: Vec<(i32, Ranked)> = Sort::ALL
        .into_iter()
        .filter(|sort| only.is_none_or(|only| only(*sort)))
        .filter_map(|sort| of_sort(all, sort, words))
        .collect();
    if only.is_none() {
        ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    }
    let mut groups: Vec<Ranked> = ranked.into_iter().map(|(_, group)| group).collect();
    if only.is_none()
        && let Some(typed) = as_reference(words)
    {
        groups.push(typed);
    }
    groups
}

/// What was chosen lately, then what can be done here, then the rest.
fn at_first(all: &[Choice], lately: &[Lately]) -> Vec<Ranked> {
    let before: Vec<Choice> = lately.iter().filter_map(|lately| lately.choice(all)).collect();
    let chosen: Vec<String> = before.iter().map(|choice| choice.id.clone()).collect();
    let mut groups = vec![Ranked { heading: "ui.palette.group.lately", hits: whole(before) }];
    for sort in Sort::ALL {
        let of = all.iter().filter(|choice| choice.sort == sort && !chosen.contains(&choice.id));
        groups
            .push(Ranked { heading: sort.heading(), hits: whole(of.take(MOST_AT_FIRST).cloned().collect()) });
    }
    groups.retain(|group| !group.hits.is_empty());
    groups
}

fn whole(choices: Vec<Choice>) -> Vec<Hit> {
    choices.into_iter().map(|choice| Hit { choice, places: Vec::new() }).collect()
}

/// The best of one sort, with the score of the best one.
fn of_sort(all: &[Choice], sort: Sort, words: &str) -> Option<(i32, Ranked)> {
    let of: Vec<&Choice> = all.iter().filter(|choice| choice.sort == sort).collect();
    let filter = (of.len() > MANY).then(|| Filter::new(words));
    let mut hits: Vec<(i32, Hit)> = of
        .into_iter()
        .filter(|choice| filter.as_ref().is_none_or(|filter| filter.matches(&choice.words)))
        .filter_map(|choice| {
            let fit = fuzzy::fit(words, &choice.words).or_else(|| with_note(words, choice))?;
            Some((fit.score, Hit { choice: choice.clone(), places: fit.places }))
        })
        .collect();
    hits.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    hits.truncate(MOST);
    let best = hits.first()?.0;
    Some((best, Ranked { heading: sort.heading(), hits: hits.into_iter().map(|(_, hit)| hit).collect() }))
}

/// Words of the note help to find it, but count less; letters of the note are not marked.
fn with_note(words: &str, choice: &Choice) -> Option<fuzzy::Fit> {
    let letters = choice.words.chars().count();
    let mut fit = fuzzy::fit(words, &format!("{} {}", choice.words, choice.note))?;
    fit.places.retain(|place| *place < letters);
    fit.score /= 2;
    Some(fit)
}

/// A text that names something leads there, whether it was seen or not.
fn as_reference(text: &str) -> Option<Ranked> {
    let named = text.contains(['/', ':', '.', '@']);
    let address = named.then(|| reading::read(text, None).address()).flatten()?;
    let choice = Choice {
        id: address.clone(),
        sort: Sort::Typed,
        words: view::visible(address.trim_start_matches("/r/")),
        note: String::new(),
        act: None,
        does: Does::Go(address),
    };
    Some(Ranked { heading: Sort::Typed.heading(), hits: whole(vec![choice]) })
}
