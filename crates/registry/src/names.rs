//! Which tags does a repository have, and which repositories a registry? Page by page, and only while somebody asks.
//! (Distribution specification, "Listing Tags"; `_catalog` is Docker's older "Listing Repositories".)

use std::collections::HashSet;

use futures_util::stream::{self, BoxStream};
use oci::{Finding, RepositoryName, Severity, Tag};
use reqwest::Method;
use serde::Deserialize;
use url::Url;

use crate::answer::{Wanted, good, words};
use crate::auth::scope::Scope;
use crate::content::identity;
use crate::engine::{Ask, AskLogin, Call, Engine, Target};
use crate::page::{Next, next};
use crate::path::{CATALOG, tags_path};
use crate::send::Answer;
use crate::text::sanitise;
use crate::{Endpoint, Error, ErrorKind, NamesPage, Stage};

/// Which names are listed.
#[derive(Debug, Clone)]
pub(crate) enum Listing {
    Repositories,
    Tags(RepositoryName),
}

impl Listing {
    fn wanted(&self) -> Wanted<'_> {
        match self {
            Self::Repositories => Wanted::Repositories,
            Self::Tags(repository) => Wanted::Tags(repository),
        }
    }

    fn is_well_formed(&self, name: &str) -> bool {
        match self {
            Self::Repositories => name.parse::<RepositoryName>().is_ok(),
            Self::Tags(_) => name.parse::<Tag>().is_ok(),
        }
    }
}

/// A list that is being read.
struct Reading {
    engine: std::sync::Arc<Engine>,
    at: Endpoint,
    listing: Listing,
    /// Where the next page is; `None` for the first.
    next: Option<Url>,
    pages: u32,
    /// Pages asked for, to notice a loop.
    visited: HashSet<String>,
    names: HashSet<String>,
    bytes: u64,
}

/// The pages of a list. The next one is asked for when the stream is polled for it; dropping the stream ends it.
pub(crate) fn pages(
    engine: std::sync::Arc<Engine>,
    at: Endpoint,
    listing: Listing,
) -> BoxStream<'static, Result<NamesPage, Error>> {
    let reading = Reading {
        engine,
        at,
        listing,
        next: None,
        pages: 0,
        visited: HashSet::new(),
        names: HashSet::new(),
        bytes: 0,
    };
    Box::pin(stream::unfold(Some(reading), |reading| async {
        let mut reading = reading?;
        let page = Box::pin(reading.page()).await;
        let goes_on = page.is_ok() && reading.next.is_some();
        Some((page, goes_on.then_some(reading)))
    }))
}

impl Reading {
    async fn page(&mut self) -> Result<NamesPage, Error> {
        let engine = std::sync::Arc::clone(&self.engine);
        let at = self.at.clone();
        let (scope, repository) = match &self.listing {
            Listing::Repositories => (Scope::Catalog, None),
            Listing::Tags(repository) => (Scope::Pull(repository.clone()), Some(repository.clone())),
        };
        let mut call = engine.call(&at, scope, repository.as_ref()).await?;
        match self.fetch(&engine, &mut call).await {
            Ok(page) => Ok(NamesPage { exchanges: call.exchanges, ..page }),
            Err(error) => Err(error.with(call.exchanges)),
        }
    }

    async fn fetch(&mut self, engine: &Engine, call: &mut Call<'_>) -> Result<NamesPage, Error> {
        let path = match &self.listing {
            Listing::Repositories => CATALOG.to_owned(),
            Listing::Tags(repository) => tags_path(repository),
        };
        let wanted = self.listing.wanted();
        let asked = self.next.take();
        let ask = Ask {
            method: Method::GET,
            target: asked.as_ref().map_or(Target::Path(&path), Target::Url),
            accept: "application/json",
            body_limit: engine.limits.names,
            open: None,
            wanted,
            login: AskLogin::Whatever,
        };
        let answer = engine.fetch(call, &ask).await?;
        let answer = good(call, answer, wanted, engine.limits.names)?;
        let mut findings = Vec::new();
        let found = read(call, &self.listing, &answer, engine.limits.names, &mut findings)?;
        self.pages += 1;
        let empty = found.is_empty();
        let names = self.unseen(found, &mut findings);
        let goes_nowhere = names.is_empty() && !empty;
        // Links are relative to what was asked, not to where a redirect led.
        self.visited.insert(answer.asked.as_str().to_owned());
        let stopped = match next(&answer.headers, &answer.asked) {
            Next::None => None,
            Next::Stop(why) => Some(why),
            Next::Page(url) if self.visited.contains(url.as_str()) => {
                Some(format!("a link to a page that was read already: {}", crate::text::redact_url(&url)))
            }
            Next::Page(_) if goes_nowhere => {
                Some("a page without any new name links to another one".to_owned())
            }
            Next::Page(_) if self.is_full(engine) => {
                Some(format!("a list that goes on after {} pages", self.pages))
            }
            Next::Page(url) => {
                self.next = Some(url);
                None
            }
        };
        let complete = self.next.is_none() && stopped.is_none();
        findings.extend(stopped.map(|why| {
            Finding::new("RG010", Severity::Warning)
                .values(sanitise(&why), "a link to the next page of this registry")
        }));
        Ok(NamesPage { names, page: self.pages, complete, findings, exchanges: Vec::new() })
    }

    /// Keeps the names that no earlier page had, and notes what is wrong with them.
    fn unseen(&mut self, found: Vec<String>, findings: &mut Vec<Finding>) -> Vec<String> {
        let total = found.len();
        let mut unseen = Vec::with_capacity(total);
        let mut odd: Option<(usize, String)> = None;
        for name in found {
            if !self.names.insert(name.clone()) {
                continue;
            }
            self.bytes += name.len() as u64;
            if !self.listing.is_well_formed(&name) {
                let (count, _) = odd.get_or_insert_with(|| (0, sanitise(&name)));
                *count += 1;
            }
            unseen.push(name);
        }
        if unseen.len() < total {
            let again = format!("{} names that were listed before", total - unseen.len());
            findings.push(Finding::new("RG009", Severity::Warning).values(again, "each name once"));
        }
        if let Some((count, first)) = odd {
            let actual = if count == 1 { first } else { format!("{first} and {} more", count - 1) };
            findings.push(
                Finding::new("RG017", Severity::Warning).values(actual, "names that follow the grammar"),
            );
        }
        unseen
    }

    fn is_full(&self, engine: &Engine) -> bool {
        self.pages >= engine.limits.pages
            || self.names.len() as u64 >= engine.limits.total_names
            || self.bytes >= engine.limits.total_name_bytes
    }
}

/// An entry of a list; what is no text is skipped and noted.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Name(String),
    Other(serde::de::IgnoredAny),
}

/// The names of a page in the registry's order.
fn read(
    call: &Call<'_>,
    listing: &Listing,
    answer: &Answer,
    limit: u64,
    findings: &mut Vec<Finding>,
) -> Result<Vec<String>, Error> {
    #[derive(Deserialize)]
    struct Page {
        name: Option<serde::de::IgnoredAny>,
        #[serde(default, deserialize_with = "present")]
        tags: Option<Option<Vec<Entry>>>,
        #[serde(default, deserialize_with = "present")]
        repositories: Option<Option<Vec<Entry>>>,
    }
    let (body, encoded) = identity(answer, limit);
    findings.extend(encoded);
    let bad = |why: String| {
        let message = format!("{} answered the request for {} with {why}.", call.at.name, listing.wanted());
        let says =
            words(answer).into_iter().filter(|said| !said.code.is_empty()).map(|said| said.text).collect();
        Error::new(ErrorKind::BadAnswer, Stage::Read, message).status(answer.status).says(says)
    };
    let page: Page = serde_json::from_slice(&body).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => {
            bad(format!("JSON of another shape ({})", sanitise(&error.to_string())))
        }
        _ => bad("what is no JSON".to_owned()),
    })?;
    let (field, entries) = match listing {
        Listing::Tags(_) => ("tags", page.tags),
        Listing::Repositories => ("repositories", page.repositories),
    };
    let entries = match entries {
        Some(Some(entries)) => entries,
        Some(None) => {
            findings.push(Finding::new("RG018", Severity::Info).at(format!("/{field}")).values("null", "[]"));
            Vec::new()
        }
        // Some servers leave out an empty list; without the name beside it, it may be any JSON.
        None if page.name.is_some() => {
            findings
                .push(Finding::new("RG018", Severity::Info).at(format!("/{field}")).values("nothing", "[]"));
            Vec::new()
        }
        None => return Err(bad(format!("JSON without \"{field}\""))),
    };
    let total = entries.len();
    let names: Vec<String> = entries
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::Name(name) => Some(name),
            Entry::Other(_) => None,
        })
        .collect();
    if names.len() < total {
        let actual = format!("{} entries that are no text", total - names.len());
        findings
            .push(Finding::new("RG009", Severity::Warning).at(format!("/{field}")).values(actual, "texts"));
    }
    Ok(names)
}

/// Tells a field that is `null` from one that is not there.
fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
