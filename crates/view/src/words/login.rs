//! How is it said how a login was found?

use api::{LoginLook, LoginMatch, LoginOutcome, LoginShown, LoginSource, LoginStep, LoginVerdict};

/// What a source is called: `docker`.
pub fn login_source(source: LoginSource) -> String {
    let name = match source {
        LoginSource::Session => "session",
        LoginSource::Keyring => "keyring",
        LoginSource::RegistryAuthFile => "registry_auth_file",
        LoginSource::PodmanRuntime => "podman_runtime",
        LoginSource::PodmanConfig => "podman_config",
        LoginSource::Docker => "docker",
        LoginSource::Dockercfg => "dockercfg",
    };
    crate::text(&format!("ui.logins.source.{name}"), &[])
}

/// What came of it, as a sentence.
pub fn login_outcome(outcome: &LoginOutcome) -> String {
    match outcome {
        LoginOutcome::Login(source) => crate::text("ui.logins.used", &[("source", &login_source(*source))]),
        LoginOutcome::NothingFound => crate::text("ui.logins.none", &[]),
        LoginOutcome::ChosenAnonymous => crate::text("ui.logins.anonymous", &[]),
        LoginOutcome::Stopped(why) => crate::visible(why),
    }
}

/// What a source has, a sentence each: that nothing was there, or what is for this registry.
pub fn login_step(step: &LoginStep) -> Vec<String> {
    let alone = |key: &str| vec![crate::text(&format!("ui.logins.look.{key}"), &[])];
    match &step.looked {
        LoginLook::Missing => alone("missing"),
        LoginLook::Unusable(why) => {
            vec![crate::text("ui.logins.look.unusable", &[("why", &crate::visible(why))])]
        }
        LoginLook::NotAsked if step.matches.is_empty() => alone("unread"),
        LoginLook::Read if step.matches.is_empty() => alone("nothing"),
        LoginLook::Read | LoginLook::NotAsked => step.matches.iter().map(found).collect(),
    }
}

fn found(found: &LoginMatch) -> String {
    let key = crate::visible(&found.key);
    let what = match &found.helper {
        None => crate::text("ui.logins.entry", &[("key", &key)]),
        Some(helper) if key.is_empty() => {
            crate::text("ui.logins.helper_of_all", &[("helper", &crate::visible(helper))])
        }
        Some(helper) => {
            crate::text("ui.logins.helper", &[("helper", &crate::visible(helper)), ("key", &key)])
        }
    };
    let said = |verdict: &str, name: &str, value: &str| {
        crate::text(&format!("ui.logins.verdict.{verdict}"), &[("what", &what), (name, value)])
    };
    match &found.verdict {
        LoginVerdict::Used(login) => said("used", "login", &shown(login)),
        LoginVerdict::Usable(login) => said("usable", "login", &shown(login)),
        LoginVerdict::Empty => said("empty", "", ""),
        LoginVerdict::NotFound => said("not_found", "", ""),
        LoginVerdict::NotAsked => said("unread", "", ""),
        LoginVerdict::Failed(why) => said("failed", "why", &crate::visible(why)),
    }
}

fn shown(login: &LoginShown) -> String {
    match login {
        LoginShown::User(user) => crate::text("ui.logins.shown.user", &[("user", &crate::visible(user))]),
        LoginShown::IdentityToken => crate::text("ui.logins.shown.identity", &[]),
        LoginShown::BearerToken => crate::text("ui.logins.shown.bearer", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(looked: LoginLook, matches: Vec<LoginMatch>) -> LoginStep {
        LoginStep { source: LoginSource::Docker, file: Some("/c".to_owned()), looked, matches }
    }

    fn matched(key: &str, helper: Option<&str>, verdict: LoginVerdict) -> LoginMatch {
        LoginMatch { key: key.to_owned(), helper: helper.map(str::to_owned), verdict }
    }

    #[test]
    fn each_thing_that_was_found_is_a_sentence() {
        let user = || LoginShown::User("al\u{202e}ice".to_owned());
        let all = step(
            LoginLook::Read,
            vec![
                matched("a.example", None, LoginVerdict::Used(user())),
                matched("a.example", Some("desktop"), LoginVerdict::NotFound),
                matched("", Some("store"), LoginVerdict::Failed("is not installed".to_owned())),
                matched("a.example", None, LoginVerdict::Usable(LoginShown::IdentityToken)),
                matched("a.example", None, LoginVerdict::Empty),
                matched("a.example", Some("x"), LoginVerdict::NotAsked),
            ],
        );
        assert_eq!(
            login_step(&all),
            [
                "the entry a.example: used, as al‹U+202E›ice.",
                "the helper desktop, by a.example: it has none.",
                "the helper store, for every registry: it is not installed.",
                "the entry a.example: not used, with an identity token.",
                "the entry a.example: no login in it.",
                "the helper x, by a.example: not asked, the answer was known.",
            ]
        );
    }

    #[test]
    fn a_source_without_anything_says_why() {
        let said = |looked| login_step(&step(looked, Vec::new()));
        assert_eq!(said(LoginLook::Missing), ["There is no such file."]);
        assert_eq!(said(LoginLook::Read), ["Nothing in it is for this registry."]);
        assert_eq!(said(LoginLook::NotAsked), ["Not looked at: the answer was known."]);
        assert_eq!(said(LoginLook::Unusable("is a pipe".to_owned())), ["It was passed over: it is a pipe."]);
        assert_eq!(
            login_outcome(&LoginOutcome::Login(LoginSource::Docker)),
            "The login of docker is the one for it."
        );
    }
}
