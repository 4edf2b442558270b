//! What is known of the objects that were asked for since this page was loaded?
//!
//! What a tag points to is kept by its repository and name, what was found out about a manifest by its repository and
//! digest: an answer can stand in no row but its own. The bytes of a digest are the same everywhere, but what hangs on
//! them is not: a child that is missing here, the header of this registry, a refusal.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use api::{Error, Inspection, Recent, Summary};
use leptos::prelude::*;
use oci::{Digest, Host, MediaType, Reference, RepositoryName, Tag};

use crate::{home::recents::Recents, settings::Settings};

/// Of how many repositories the heads are kept in mind.
const MOST_REPOSITORIES: usize = 40;
/// How many summaries are kept in mind, of one repository.
const MOST_SUMMARIES: usize = 150_000;
/// How many references are offered for completion.
const MOST_OFFERED: usize = 5_000;

/// A repository of a registry.
pub(crate) type Whose = (Host, RepositoryName);

/// How far a question is. Where there is none, nobody asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer<T> {
    /// It is on its way.
    Asked,
    /// It is here.
    Here(T),
    /// It failed, and why.
    Failed(Arc<Error>),
}

/// What a tag points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sight {
    /// The digest.
    pub(crate) digest: Digest,
    /// The type that the registry sent with it.
    pub(crate) media_type: Option<MediaType>,
}

/// The tags of one repository, as far as they were asked for.
#[derive(Debug, Default)]
struct Heads {
    of: HashMap<Arc<str>, Answer<Arc<Sight>>>,
    /// The other way round.
    tags: HashMap<Digest, BTreeSet<Arc<str>>>,
    /// Of how many tags it is known what they point to.
    known: usize,
}

/// What was found out about the manifests of one repository.
type Summaries = HashMap<Digest, Answer<Arc<Summary>>>;

/// What is known. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    heads: RwSignal<HashMap<Whose, Heads>>,
    summaries: RwSignal<HashMap<Whose, Summaries>>,
    /// The platform that the open list's address names.
    addressed: RwSignal<Option<String>>,
    /// The platform whose size and creation an index is said to have: the address goes before the settings.
    pub(crate) platform: Memo<Option<String>>,
    /// The repositories that lists named, by registry.
    named: RwSignal<HashMap<Host, Vec<Arc<str>>>>,
    recents: Recents,
}

impl Seen {
    /// Nothing was seen yet.
    pub(crate) fn provide() {
        let (settings, addressed) = (Settings::here(), RwSignal::new(None));
        let seen = Self {
            heads: RwSignal::new(HashMap::new()),
            summaries: RwSignal::new(HashMap::new()),
            addressed,
            platform: Memo::new(move |_| addressed.get().or_else(|| settings.now.read().platform.clone())),
            named: RwSignal::new(HashMap::new()),
            recents: Recents::here(),
        };
        provide_context(seen);
        // Size and creation of an index are those of one platform: of another they are other ones.
        Effect::new(move |before: Option<Option<String>>| {
            let now = seen.platform.get();
            if before.is_some_and(|before| before != now) {
                seen.summaries.set(HashMap::new());
            }
            now
        });
    }

    /// What was seen on this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Notes what the inspector read.
    pub(crate) fn note(self, inspection: &Inspection) {
        let reference = &inspection.reference;
        let digest = inspection.digest.clone();
        self.recents.note(Recent {
            reference: reference.clone(),
            digest: digest.clone(),
            outline: inspection.view.outline(),
        });
        if let (Some(tag), None) = (&reference.tag, &reference.digest) {
            let whose = (reference.host.clone(), reference.repository.clone());
            let media_type = match self.head_now(&whose, tag.as_str()) {
                Some(Answer::Here(known)) if known.digest == digest => known.media_type.clone(),
                _ => inspection.view.media_type.clone(),
            };
            self.head_is(&whose, tag.as_str().into(), Answer::Here(Arc::new(Sight { digest, media_type })));
        }
    }

    // ---- what a tag points to -----------------------------------------------------------------------------

    /// What a tag points to.
    pub(crate) fn head(self, whose: &Whose, tag: &str) -> Option<Answer<Arc<Sight>>> {
        self.heads.read().get(whose)?.of.get(tag).cloned()
    }

    /// The same, not tracked.
    pub(crate) fn head_now(self, whose: &Whose, tag: &str) -> Option<Answer<Arc<Sight>>> {
        self.heads.read_untracked().get(whose)?.of.get(tag).cloned()
    }

    /// The digest that a tag points to, not tracked.
    pub(crate) fn digest_now(self, whose: &Whose, tag: &str) -> Option<Digest> {
        match self.head_now(whose, tag)? {
            Answer::Here(sight) => Some(sight.digest.clone()),
            Answer::Asked | Answer::Failed(_) => None,
        }
    }

    /// Notes what a tag points to.
    pub(crate) fn head_is(self, whose: &Whose, tag: Arc<str>, answer: Answer<Arc<Sight>>) {
        let _ = self.heads.try_update(|all| {
            if all.len() >= MOST_REPOSITORIES && !all.contains_key(whose) {
                all.clear();
            }
            let heads = all.entry(whose.clone()).or_default();
            heads.take(&tag);
            if let Answer::Here(sight) = &answer {
                heads.tags.entry(sight.digest.clone()).or_default().insert(tag.clone());
                heads.known += 1;
            }
            heads.of.insert(tag, answer);
        });
    }

    /// A question for this tag was given up.
    pub(crate) fn head_is_not(self, whose: &Whose, tag: &str) {
        let _ = self.heads.try_update(|all| {
            if let Some(heads) = all.get_mut(whose) {
                heads.take(tag);
            }
        });
    }

    /// Forgets what may be otherwise when it is asked again: what the tags of a repository point to, and failures.
    pub(crate) fn forget(self, whose: &Whose) {
        let _ = self.heads.try_update(|all| all.remove(whose));
        let _ = self.summaries.try_update(|all| {
            if let Some(of) = all.get_mut(whose) {
                of.retain(|_, answer| !matches!(answer, Answer::Failed(_)));
            }
        });
    }

    /// The tags that point to the digest of a reference, among those that were asked for: `reference` itself is one
    /// of them.
    pub(crate) fn aliases(self, reference: &Reference, digest: &Digest) -> Vec<Tag> {
        let whose = (reference.host.clone(), reference.repository.clone());
        let all = self.heads.read();
        let tags = all.get(&whose).and_then(|heads| heads.tags.get(digest));
        tags.into_iter().flatten().filter_map(|tag| tag.parse().ok()).collect()
    }

    /// Of how many tags of a repository it is known what they point to.
    pub(crate) fn known_tags(self, whose: &Whose) -> usize {
        self.heads.read().get(whose).map_or(0, |heads| heads.known)
    }

    // ---- what a digest says -------------------------------------------------------------------------------

    /// What is known of a manifest.
    pub(crate) fn summary(self, whose: &Whose, digest: &Digest) -> Option<Answer<Arc<Summary>>> {
        self.summaries.read().get(whose)?.get(digest).cloned()
    }

    /// The same, not tracked.
    pub(crate) fn summary_now(self, whose: &Whose, digest: &Digest) -> Option<Answer<Arc<Summary>>> {
        self.summaries.read_untracked().get(whose)?.get(digest).cloned()
    }

    /// Whether there is nothing to wait for: it is known, or known to have failed. Not tracked.
    pub(crate) fn summary_came(self, whose: &Whose, digest: &Digest) -> bool {
        matches!(self.summary_now(whose, digest), Some(Answer::Here(_) | Answer::Failed(_)))
    }

    /// Notes what a manifest says, for the platform that was asked for.
    pub(crate) fn summary_is(
        self,
        whose: &Whose,
        digest: Digest,
        of: Option<&str>,
        answer: Answer<Arc<Summary>>,
    ) {
        if self.platform.read_untracked().as_deref() != of {
            return;
        }
        let _ = self.summaries.try_update(|all| {
            if all.len() >= MOST_REPOSITORIES && !all.contains_key(whose) {
                all.clear();
            }
            let of = all.entry(whose.clone()).or_default();
            if of.len() >= MOST_SUMMARIES && !of.contains_key(&digest) {
                of.clear();
            }
            of.insert(digest, answer);
        });
    }

    /// A question for this digest was given up.
    pub(crate) fn summary_is_not(self, whose: &Whose, digest: &Digest) {
        let _ = self.summaries.try_update(|all| all.get_mut(whose).and_then(|of| of.remove(digest)));
    }

    /// The address of the open list names a platform, or none.
    pub(crate) fn addressed(self, platform: Option<String>) {
        if *self.addressed.read_untracked() != platform {
            self.addressed.set(platform);
        }
    }

    // ---- what may be completed ----------------------------------------------------------------------------

    /// Notes the repositories that a list named.
    pub(crate) fn repositories_are(self, host: &Host, names: Vec<Arc<str>>) {
        let _ = self.named.try_update(|named| named.insert(host.clone(), names));
    }

    /// References for completion, without repeats: what was looked at, what lists named, the tags of open
    /// repositories. At most 5,000.
    pub(crate) fn references(self) -> Vec<Reference> {
        let mut found = Vec::new();
        let mut known = std::collections::HashSet::new();
        let mut add = |reference: Reference| {
            if found.len() < MOST_OFFERED && known.insert(reference.clone()) {
                found.push(reference);
            }
        };
        for recent in &Settings::here().now.read().recents {
            add(recent.reference.clone());
        }
        for ((host, repository), heads) in &*self.heads.read() {
            let whole = |tag: Option<Tag>| Reference {
                host: host.clone(),
                repository: repository.clone(),
                tag,
                digest: None,
            };
            add(whole(None));
            heads.of.keys().filter_map(|tag| tag.parse().ok()).for_each(|tag| add(whole(Some(tag))));
        }
        for (host, names) in &*self.named.read() {
            for repository in names.iter().filter_map(|name| name.parse().ok()) {
                add(Reference { host: host.clone(), repository, tag: None, digest: None });
            }
        }
        found
    }
}

impl Heads {
    /// Takes out what is known of a tag, both ways.
    fn take(&mut self, tag: &str) {
        if let Some(Answer::Here(sight)) = self.of.remove(tag) {
            self.known -= 1;
            if let Some(tags) = self.tags.get_mut(&sight.digest) {
                tags.remove(tag);
                if tags.is_empty() {
                    self.tags.remove(&sight.digest);
                }
            }
        }
    }
}
