//! In which order are the sources asked, and where does the search end?

use std::path::Path;

use oci::{Host, RepositoryName};
use registry::Login;

use crate::{
    Account, Choice, ConfigPlace, FileProblem, Holder, How, Keyring, Looked, Match, Outcome, OwnName,
    Problem, Session, Shown, Source, Step, Store, StoreProblem, Verdict,
    config::{
        Config, Held, What,
        key::{self, HUB},
    },
    helper::Helpers,
};

/// Everything that is asked.
pub(crate) struct Places<'a> {
    pub(crate) session: &'a Session,
    pub(crate) keyring: Option<&'a Keyring>,
    pub(crate) files: &'a [ConfigPlace],
    pub(crate) helpers: &'a Helpers,
}

/// One search: what was found so far.
struct Search<'a> {
    registry: &'a Host,
    repository: Option<&'a RepositoryName>,
    steps: Vec<Step>,
    outcome: Option<Outcome>,
    login: Option<Login>,
}

/// What a place said of a match.
type Answer = Result<Option<Login>, Problem>;

/// Searches for a login. Every source is looked at, so that the account is whole; but once the answer is known, no
/// helper and no keyring is asked, since each of them may put a question to the user.
///
/// The search ends at the first login, and at the first place that should hold one and fails: a helper, an entry, the
/// keyring. What comes after would be another login than the user means, silently (CVE-2021-41092).
pub(crate) async fn search(
    places: &Places<'_>,
    registry: &Host,
    repository: Option<&RepositoryName>,
    choice: Choice,
) -> (Account, Option<Login>) {
    let outcome = (choice == Choice::Anonymous).then_some(Outcome::ChosenAnonymous);
    let mut search = Search { registry, repository, steps: Vec::new(), outcome, login: None };
    let mut sources = vec![Source::Session, Source::Keyring];
    sources.extend(places.files.iter().map(|place| place.source));
    if let Choice::Prefer(preferred) = choice {
        sources.sort_by_key(|source| *source != preferred);
    }
    for source in sources {
        match source {
            Source::Session => search.own(source, places.session).await,
            Source::Keyring => match places.keyring {
                Some(_) if search.outcome.is_some() => search.step(source, None, Looked::NotAsked),
                Some(keyring) => search.own(source, keyring).await,
                None => search.step(source, None, Looked::NoneHere("it is not used here".to_owned())),
            },
            _ => {
                for place in places.files.iter().filter(|place| place.source == source) {
                    search.file(place, places.helpers).await;
                }
            }
        }
    }
    let account = Account {
        registry: registry.clone(),
        repository: repository.cloned(),
        choice,
        steps: search.steps,
        outcome: search.outcome.unwrap_or(Outcome::NothingFound),
    };
    (account, search.login)
}

impl Search<'_> {
    fn step(&mut self, source: Source, file: Option<&Path>, looked: Looked) {
        let file = file.map(Path::to_owned);
        self.steps.push(Step { source, file, looked, matches: Vec::new() });
    }

    /// Notes a match of the latest step, and what becomes of the search by it.
    fn note(&mut self, key: String, how: How, holder: Holder, answer: Answer, none: Verdict) {
        let at = self.steps.len().saturating_sub(1);
        let Some(step) = self.steps.last_mut() else { return };
        let nth = step.matches.len();
        let verdict = match answer {
            Ok(None) => none,
            Ok(Some(login)) if self.outcome.is_none() => {
                self.outcome = Some(Outcome::Login(at, nth));
                let shown = Shown::of(&login);
                self.login = Some(login);
                Verdict::Used(shown)
            }
            Ok(Some(login)) => Verdict::Usable(Shown::of(&login)),
            Err(problem) => {
                self.outcome.get_or_insert(Outcome::Stopped(at, nth));
                Verdict::Failed(problem)
            }
        };
        step.matches.push(Match { key, how, holder, verdict });
    }

    /// One of the app's own stores.
    async fn own(&mut self, source: Source, store: &dyn Store) {
        self.step(source, None, Looked::Read);
        for name in OwnName::candidates(self.registry, self.repository) {
            let how = name.namespace.as_ref().map_or(How::Host, |name| key::segments_of(name.as_str()));
            let answer = match store.get(&name).await {
                Ok(None) => continue,
                Err(StoreProblem::NoneHere(why)) => {
                    if let Some(step) = self.steps.last_mut() {
                        step.looked = Looked::NoneHere(why);
                    }
                    return;
                }
                Ok(login) => Ok(login),
                Err(problem) => Err(Problem::Store(problem)),
            };
            let failed = answer.is_err();
            self.note(name.to_string(), how, Holder::Own, answer, Verdict::Empty);
            if failed || source == Source::Keyring {
                return;
            }
        }
    }

    /// A config file.
    async fn file(&mut self, place: &ConfigPlace, helpers: &Helpers) {
        let (path, layout) = (place.path.clone(), place.layout);
        // A file may be on a disk that is asleep, or on the network.
        let read = tokio::task::spawn_blocking(move || Config::read(&path, layout)).await;
        let (looked, config) = match read {
            Ok(Ok(Some(config))) => (Looked::Read, Some(config)),
            Ok(Ok(None)) => (Looked::Missing, None),
            Ok(Err(problem)) => (Looked::Unusable(problem), None),
            Err(_) => (Looked::Unusable(FileProblem::Unreadable("reading was stopped".to_owned())), None),
        };
        self.step(place.source, Some(&place.path), looked);
        let Some(config) = config else { return };
        for held in config.held(self.registry, self.repository) {
            self.held(held, helpers).await;
        }
    }

    async fn held(&mut self, held: Held, helpers: &Helpers) {
        let Held { key, how, what } = held;
        let (holder, name) = match what {
            What::Auths(entry) => {
                return self.note(key, how, Holder::Auths, entry.map_err(Problem::Entry), Verdict::Empty);
            }
            What::NoHelperName => {
                let problem = Problem::Helper(crate::HelperProblem::NoName);
                return self.note(
                    key,
                    how,
                    Holder::CredHelper(String::new()),
                    Err(problem),
                    Verdict::NotFound,
                );
            }
            What::CredHelper(name) => (Holder::CredHelper(name.clone()), name),
            What::CredsStore(name) => (Holder::CredsStore(name.clone()), name),
        };
        if self.outcome.is_some() {
            return self.note(key, how, holder, Ok(None), Verdict::NotAsked);
        }
        let answer = helpers.get(&name, server(self.registry)).await.map_err(Problem::Helper);
        self.note(key, how, holder, answer, Verdict::NotFound);
    }
}

/// The name under which docker keeps a registry's login in a helper (docker/cli): its host, and for Docker Hub an
/// address of long ago.
fn server(registry: &Host) -> &str {
    if registry.as_str() == Host::DOCKER_HUB { HUB } else { registry.as_str() }
}
