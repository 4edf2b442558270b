//! Which image does a web page show?
//!
//! The addresses of the web sites of registries, as their own pages have them; and the addresses of the registry
//! protocol.

use super::{How, Note, Pasted, Reason, Site, Target, is_known, registry, url::Address, word};
use crate::{Digest, Reference, ReferenceError};

/// What a page shows: a repository, and perhaps a tag and a digest.
#[derive(Default)]
struct Shown {
    registry: String,
    repository: String,
    tag: Option<String>,
    digest: Option<String>,
    notes: Vec<Note>,
}

/// The address that a text is: with its scheme or, as browsers show it, without one, where it is that of a known web
/// site or of the registry protocol.
pub(super) fn address(text: &str) -> Option<Address<'_>> {
    Address::read(text)
        .or_else(|| (is_site(text) || is_protocol(text)).then(|| Address::without_scheme(text)))
}

/// Whether a text without a scheme is the address of a web site rather than a reference.
fn is_site(text: &str) -> bool {
    let host = text.split(['/', '?']).next().unwrap_or_default();
    let path = &text[host.len()..];
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let always =
        ["hub.docker.com", "github.com", "gallery.ecr.aws", "console.cloud.google.com", "oci.dag.dev"];
    always.contains(&host) || (host == "quay.io" && path.starts_with("/repository/"))
}

/// Whether a text without a scheme is an address of the registry protocol that names a digest. As a reference it would be
/// that of a repository whose name ends in `manifests/sha256`, with a tag of 64 digits.
fn is_protocol(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    let [host, "v2", name @ .., "manifests" | "blobs" | "referrers", digest] = parts.as_slice() else {
        return false;
    };
    let is_host = registry(&format!("{host}/")).is_some();
    is_host && !name.is_empty() && digest.parse::<Digest>().is_ok_and(|digest| is_known(&digest))
}

/// What an address points to.
pub(super) fn read(address: &Address<'_>) -> Result<Pasted, Reason> {
    let parts = address.parts();
    if parts.first() == Some(&"v2") && address.host != "hub.docker.com" {
        return protocol(&address.host, &parts[1..], address);
    }
    if matches!(address.host.as_str(), "oci.dag.dev" | "explore.ggcr.dev")
        && let Some(pasted) = explored(address)
    {
        return pasted;
    }
    let (site, shown) = match address.host.as_str() {
        "hub.docker.com" | "registry.hub.docker.com" => (Site::DockerHub, docker_hub(&parts)),
        "github.com" => (Site::GitHub, github(&parts, address)),
        "gallery.ecr.aws" => (Site::Amazon, gallery(&parts)),
        "console.cloud.google.com" => {
            if let ["artifacts", "docker", _, location, _] = parts.as_slice() {
                return no_image(&format!("{location}-docker.pkg.dev"), Site::Google, address);
            }
            (Site::Google, google(&parts, address))
        }
        "mcr.microsoft.com" if parts.iter().any(|part| matches!(*part, "product" | "artifact")) => {
            (Site::Microsoft, microsoft(&parts))
        }
        host if host.ends_with(".console.aws.amazon.com") => (Site::Amazon, amazon(host, &parts)),
        host if parts.first() == Some(&"repository") && is_quay(host, &parts, address) => {
            (Site::Quay, quay(host, &parts[1..], address))
        }
        // Pages of who owns repositories.
        "quay.io" if matches!(parts.as_slice(), ["organization" | "user", rest @ ..] if !rest.concat().contains(':')) => {
            (Site::Quay, None)
        }
        _ => return plain(address),
    };
    let shown = shown.ok_or_else(|| Reason::Page(address.text.to_owned()))?;
    let tag = shown.tag.map(|tag| format!(":{tag}")).unwrap_or_default();
    let digest = shown.digest.map(|digest| format!("@{digest}")).unwrap_or_default();
    let text = format!("{}/{}{tag}{digest}", shown.registry, shown.repository);
    let reference = text.parse().map_err(Reason::Reference)?;
    Ok(Pasted { target: Target::Reference(reference), how: How::Page(site), notes: shown.notes })
}

/// What an explorer was asked for, in its own words.
fn explored(address: &Address<'_>) -> Option<Result<Pasted, Reason>> {
    let how = How::Page(Site::Explorer);
    let manifest = ["image", "repo", "referrers"].iter().find_map(|name| address.query(name));
    if let Some(reference) = manifest {
        return Some(word(reference, how));
    }
    Some(word(address.query("blob")?, how).map(|pasted| match pasted.target {
        Target::Reference(Reference { host, repository, digest: Some(digest), .. }) => {
            Pasted { target: Target::Blob(host, repository, digest), ..pasted }
        }
        target => Pasted { target, ..pasted },
    }))
}

/// `https://host/name:tag`: an address that is a reference behind its scheme.
fn plain(address: &Address<'_>) -> Result<Pasted, Reason> {
    // A Harbor's pages name a project by its number.
    if address.path.first().is_some_and(|first| first == "harbor") {
        return Err(Reason::Page(address.text.to_owned()));
    }
    if address.path.is_empty() {
        let host =
            registry(&format!("{}/", address.host)).ok_or_else(|| Reason::Page(address.text.to_owned()))?;
        return Ok(Pasted { target: Target::Registry(host), how: How::Address, notes: Vec::new() });
    }
    // Explicit, so that a host of one word is one too.
    let text = format!("//{}/{}", address.host, address.path.join("/"));
    let reference = text.parse().map_err(Reason::Reference)?;
    Ok(Pasted { target: Target::Reference(reference), how: How::Address, notes: Vec::new() })
}

fn no_image(host: &str, site: Site, address: &Address<'_>) -> Result<Pasted, Reason> {
    let host = host.parse().map_err(|_| Reason::Page(address.text.to_owned()))?;
    Ok(Pasted { target: Target::Registry(host), how: How::Page(site), notes: vec![Note::NoImage] })
}

/// `/v2/<name>/manifests/<reference>` and its like (distribution specification, Endpoints).
fn protocol(host: &str, parts: &[&str], address: &Address<'_>) -> Result<Pasted, Reason> {
    let page = || Reason::Page(address.text.to_owned());
    let target = match parts {
        [] | ["_catalog"] => Target::Registry(host.parse().map_err(Reason::Reference)?),
        [name @ .., "tags", "list"] if !name.is_empty() => {
            Target::Reference(format!("//{host}/{}", name.join("/")).parse().map_err(Reason::Reference)?)
        }
        [name @ .., "manifests" | "referrers", last] if !name.is_empty() => {
            let mark = if last.contains(':') { '@' } else { ':' };
            let text = format!("//{host}/{}{mark}{last}", name.join("/"));
            Target::Reference(text.parse().map_err(Reason::Reference)?)
        }
        // A blob has no other name than its digest; at `uploads/` stands one that is on its way.
        [name @ .., "blobs", last] if !name.is_empty() => {
            let digest = last.parse().map_err(|error| Reason::Reference(ReferenceError::Digest(error)))?;
            let text = format!("//{host}/{}", name.join("/"));
            let Reference { host, repository, .. } = text.parse().map_err(Reason::Reference)?;
            Target::Blob(host, repository, digest)
        }
        _ => return Err(page()),
    };
    Ok(Pasted { target, how: How::Protocol, notes: Vec::new() })
}

/// `sha256-…` of a path, as a digest.
fn with_colon(text: &str) -> String {
    text.replacen('-', ":", usize::from(text.starts_with("sha256-")))
}

fn shown(registry: &str, repository: impl Into<String>) -> Option<Shown> {
    Some(Shown { registry: registry.to_owned(), repository: repository.into(), ..Shown::default() })
}

fn docker_hub(parts: &[&str]) -> Option<Shown> {
    let hub = |namespace: &str, name: &str, tag: Option<&str>, digest: Option<&str>| {
        let tag = tag.map(str::to_owned);
        Some(Shown {
            tag,
            digest: digest.map(with_colon),
            ..shown("docker.io", format!("{namespace}/{name}"))?
        })
    };
    match parts {
        ["_", name, ..] => hub("library", name, None, None),
        ["layers", namespace, name, tag] => hub(namespace, name, Some(tag), None),
        ["layers", namespace, name, tag, "images", digest, ..] => {
            hub(namespace, name, Some(tag), Some(digest))
        }
        // Until 2023 the repository's name stood once more at the start.
        ["layers", _, namespace, name, tag, "images", digest, ..] => {
            hub(namespace, name, Some(tag), Some(digest))
        }
        // A person's own repositories are shown under `docker`, what else Hub keeps under other words.
        ["r", rest @ ..] | ["repository", "docker", rest @ ..] | ["repository", rest @ ..] => match rest {
            [namespace, name, "tags", tag, digest] if digest.starts_with("sha256") => {
                hub(namespace, name, Some(tag), Some(digest))
            }
            [namespace, name, "tags", tag] => hub(namespace, name, Some(tag), None),
            [namespace, name, ..] => hub(namespace, name, None, None),
            _ => None,
        },
        ["v2", "repositories", namespace, name, "tags", tag, ..] => hub(namespace, name, Some(tag), None),
        ["v2", "repositories", namespace, name, ..] => hub(namespace, name, None, None),
        ["v2", "namespaces", namespace, "repositories", name, "tags", tag, ..] => {
            hub(namespace, name, Some(tag), None)
        }
        ["v2", "namespaces", namespace, "repositories", name, ..] => hub(namespace, name, None, None),
        _ => None,
    }
}

/// A package is of its owner, whatever repository of code links to it. Names are in lower case there.
fn github(parts: &[&str], address: &Address<'_>) -> Option<Shown> {
    let (owner, rest) = match parts {
        [owner, _, "pkgs", "container", rest @ ..] => (owner, rest),
        ["orgs" | "users", owner, "packages", "container", "package", rest @ ..] => (owner, rest),
        ["orgs" | "users", owner, "packages", "container", rest @ ..] => (owner, rest),
        _ => return None,
    };
    let (name, rest) = rest.split_first()?;
    let mut found = shown("ghcr.io", format!("{owner}/{name}").to_ascii_lowercase())?;
    found.tag = address.query("tag").map(str::to_owned);
    let version = rest.first().is_some_and(|id| id.bytes().all(|b| b.is_ascii_digit()));
    if version && found.tag.is_none() {
        found.notes.push(Note::SomeVersion);
    }
    Some(found)
}

/// A Quay of one's own has the same paths.
fn is_quay(host: &str, parts: &[&str], address: &Address<'_>) -> bool {
    host == "quay.io" || address.query("tab").is_some() || parts.iter().rev().nth(1) == Some(&"manifest")
}

fn quay(host: &str, parts: &[&str], address: &Address<'_>) -> Option<Shown> {
    let end = parts
        .iter()
        .skip(2)
        .position(|part| matches!(*part, "manifest" | "tag" | "status" | "build" | "trigger"));
    let (name, rest) = parts.split_at(end.map_or(parts.len(), |end| end + 2));
    if name.len() < 2 {
        return None;
    }
    // As it is also written by mistake: `quay.io/repository/a/b:tag`.
    let name = name.join("/");
    let (name, digest) =
        name.split_once('@').map_or((name.as_str(), None), |(name, digest)| (name, Some(digest)));
    let (name, tag) = name.split_once(':').map_or((name, None), |(name, tag)| (name, Some(tag)));
    let mut found = shown(host, name)?;
    match rest {
        ["manifest", digest, ..] => found.digest = Some((*digest).to_owned()),
        ["tag", tag, ..] => found.tag = Some((*tag).to_owned()),
        _ => {
            found.digest = digest.map(str::to_owned);
            found.tag = tag.or_else(|| address.query("tag")).map(str::to_owned);
        }
    }
    Some(found)
}

fn google(parts: &[&str], address: &Address<'_>) -> Option<Shown> {
    // `example.com:project` is a project of a domain, and a path of the registry.
    let project = |text: &str| text.replacen(':', "/", 1);
    let (registry, path, rest) = match parts {
        ["artifacts", "docker", owner, location, repository, rest @ ..] => {
            let of_gcr = *repository == "gcr.io" || repository.ends_with(".gcr.io");
            if of_gcr {
                ((*repository).to_owned(), project(owner), rest)
            } else {
                (format!("{location}-docker.pkg.dev"), format!("{}/{repository}", project(owner)), rest)
            }
        }
        ["gcr", "images", owner, location, rest @ ..] => {
            let registry = match location.to_ascii_lowercase().as_str() {
                "global" => "gcr.io".to_owned(),
                location => format!("{location}.gcr.io"),
            };
            (registry, project(owner), rest)
        }
        _ => return None,
    };
    let rest = rest.strip_suffix(&["details"]).unwrap_or(rest);
    let (names, digest) = match rest {
        [names @ .., last] if last.starts_with("sha256:") => (names.join("/"), Some((*last).to_owned())),
        names => {
            let joined = names.join("/");
            match joined.split_once('@') {
                Some((name, digest)) => (name.to_owned(), Some(digest.to_owned())),
                None => (joined, None),
            }
        }
    };
    if names.is_empty() {
        return None;
    }
    let tag = address.query("tag").map(str::to_owned);
    Some(Shown { tag, digest, ..shown(&registry, format!("{path}/{names}"))? })
}

fn gallery(parts: &[&str]) -> Option<Shown> {
    match parts {
        [alias, _, ..] if *alias != "search" => shown("public.ecr.aws", parts.join("/")),
        _ => None,
    }
}

/// The console names account and region of a private registry.
fn amazon(host: &str, parts: &[&str]) -> Option<Shown> {
    let region = host.strip_suffix(".console.aws.amazon.com")?.rsplit('.').next()?;
    let ["ecr", "repositories", "private", account, rest @ ..] = parts else { return None };
    let end = rest.iter().position(|part| *part == "_").unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    if name.is_empty() {
        return None;
    }
    let digest = after.iter().find(|part| part.starts_with("sha256:")).map(|digest| (*digest).to_owned());
    Some(Shown { digest, ..shown(&format!("{account}.dkr.ecr.{region}.amazonaws.com"), name.join("/"))? })
}

/// `/en-us/artifact/mar/dotnet/runtime/about`, before that `/en-us/product/dotnet/runtime/about`.
fn microsoft(parts: &[&str]) -> Option<Shown> {
    let start = parts.iter().position(|part| matches!(*part, "product" | "artifact"))?;
    let name = &parts[start + 1..];
    let name = name.strip_prefix(&["mar"]).filter(|_| parts[start] == "artifact").unwrap_or(name);
    let name = match name {
        [name @ .., "about" | "tags" | "tag" | "vulnerabilities"] => name,
        name => name,
    };
    if name.is_empty() { None } else { shown("mcr.microsoft.com", name.join("/")) }
}
