//! Under which origins is a registry reached?

use std::sync::Arc;

use oci::Host;
use url::Url;

use crate::Trust;
use crate::redirect::same_origin;

/// A registry by the name that the user knows, and where it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The name: in the trace, and in sentences. It may be an alias of the address.
    pub name: Host,
    /// The address by which its login is looked up, so that none goes elsewhere than where it is for; `None` where
    /// there is none to look up.
    pub login: Option<Host>,
    /// Origins (`https://host:port/`), tried in order until TLS is spoken or not. More than one only for a loopback
    /// address, where https comes before http.
    pub origins: Vec<Url>,
    /// What its connections rest on beyond what the system trusts.
    pub trust: Option<Arc<Trust>>,
}

impl Endpoint {
    /// A registry over https at its own name.
    pub fn https(name: Host) -> Self {
        Self { origins: origin("https", &name), login: Some(name.clone()), name, trust: None }
    }

    /// A registry over plain http at its own name: only where the user said so.
    pub fn http(name: Host) -> Self {
        Self { origins: origin("http", &name), login: Some(name.clone()), name, trust: None }
    }

    /// https, and on a loopback address plain http where TLS is not spoken.
    pub fn auto(name: Host) -> Self {
        let mut origins = origin("https", &name);
        if name.is_loopback() {
            origins.append(&mut origin("http", &name));
        }
        Self { origins, login: Some(name.clone()), name, trust: None }
    }

    /// The same origins and login under another name, for an alias.
    #[must_use]
    pub fn named(self, name: Host) -> Self {
        Self { name, ..self }
    }

    /// The same, and it is asked without a login, whatever there is.
    #[must_use]
    pub fn without_login(self) -> Self {
        Self { login: None, ..self }
    }

    /// The same, and its connections rest on this, too.
    #[must_use]
    pub fn trusting(self, trust: Option<Arc<Trust>>) -> Self {
        Self { trust, ..self }
    }

    /// What a connection to a URL rests on: nothing but the system's trust where that is no origin of this registry.
    pub(crate) fn trust_of(&self, url: &Url) -> Option<&Arc<Trust>> {
        let own = self.origins.iter().any(|origin| same_origin(&serving(origin), url));
        self.trust.as_ref().filter(|_| own)
    }
}

/// The origin of a host; Docker Hub's API lives on another host than its name says.
fn origin(scheme: &str, name: &Host) -> Vec<Url> {
    let host = if name.as_str() == Host::DOCKER_HUB { "registry-1.docker.io" } else { name.as_str() };
    Url::parse(&format!("{scheme}://{host}/")).into_iter().collect()
}

/// The host that really serves, for an origin that was written with Docker Hub's name.
pub(crate) fn serving(origin: &Url) -> Url {
    let mut serving = origin.clone();
    if matches!(origin.host_str(), Some("docker.io" | "index.docker.io" | "registry.hub.docker.com"))
        && serving.set_host(Some("registry-1.docker.io")).is_err()
    {
        return origin.clone();
    }
    serving
}
