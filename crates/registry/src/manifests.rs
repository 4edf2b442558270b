//! How are manifests fetched, and are their bytes what they are said to be? (Distribution specification, "Pulling
//! manifests" and "Checking if content exists".)

use oci::{Algorithm, Digest, Finding, MediaType, RepositoryName, Severity, TagOrDigest, Verification};
use reqwest::Method;

use crate::answer::{Wanted, good, refuse};
use crate::auth::scope::Scope;
use crate::content::identity;
use crate::engine::{Ask, AskLogin, Call, Engine, Target};
use crate::path::manifest_path;
use crate::retry::is_passing;
use crate::send::Answer;
use crate::warning::warnings;
use crate::{Endpoint, Error, ErrorKind, Looked, ManifestHead, RawManifest, Stage};

const DIGEST_HEADER: &str = "docker-content-digest";

pub(crate) async fn get(
    engine: &Engine,
    at: &Endpoint,
    repository: &RepositoryName,
    target: &TagOrDigest,
) -> Result<RawManifest, Error> {
    let mut call = engine.call(at, Scope::Pull(repository.clone()), Some(repository)).await?;
    match fetch(engine, &mut call, repository, target).await {
        Ok(manifest) => Ok(RawManifest { exchanges: call.exchanges, ..manifest }),
        Err(error) => Err(error.with(call.exchanges)),
    }
}

async fn fetch(
    engine: &Engine,
    call: &mut Call<'_>,
    repository: &RepositoryName,
    target: &TagOrDigest,
) -> Result<RawManifest, Error> {
    let answer = ask(engine, call, Method::GET, repository, target).await?;
    let wanted = Wanted::Manifest(repository, target);
    let limit = engine.limits.manifest;
    let answer = good(call, answer, wanted, limit)?;
    checked(call, &answer, target, limit).map_err(|error| error.status(answer.status))
}

async fn ask(
    engine: &Engine,
    call: &mut Call<'_>,
    method: Method,
    repository: &RepositoryName,
    target: &TagOrDigest,
) -> Result<Answer, Error> {
    let ask = Ask {
        method,
        target: Target::Path(&manifest_path(repository, target)),
        accept: MediaType::ACCEPT,
        body_limit: engine.limits.manifest,
        open: None,
        wanted: Wanted::Manifest(repository, target),
        login: AskLogin::Whatever,
    };
    engine.fetch(call, &ask).await
}

/// The manifest of a whole answer: its bytes are compared with the digest that was asked for, else with the header.
fn checked(call: &Call<'_>, answer: &Answer, target: &TagOrDigest, limit: u64) -> Result<RawManifest, Error> {
    let (bytes, encoded) = identity(answer, limit);
    let mut findings: Vec<Finding> = encoded.into_iter().collect();
    let digest_header = answer.header(DIGEST_HEADER).map(crate::text::sanitise);
    let named = match &digest_header {
        None => {
            findings.push(Finding::new("RG002", Severity::Warning));
            None
        }
        Some(text) => {
            let named = text.parse::<Digest>().ok();
            if named.is_none() {
                let computed = Digest::sha256(&bytes);
                findings.push(Finding::new("RG003", Severity::Error).values(text, computed.as_str()));
            }
            named
        }
    };
    let by_header = named.map_or(Verification::CannotVerify, |named| {
        let verification = named.verify(&bytes);
        if let Verification::Mismatch(actual) = &verification {
            let finding = Finding::new("RG003", Severity::Error).values(named.as_str(), actual.as_str());
            findings.push(finding);
        }
        verification
    });
    let (digest, verification) = match target {
        TagOrDigest::Tag(_) => (Digest::sha256(&bytes), by_header),
        TagOrDigest::Digest(asked) => match asked.verify(&bytes) {
            Verification::Mismatch(actual) => return Err(wrong_bytes(call, asked, &actual)),
            verification => (asked.clone(), verification),
        },
    };
    Ok(RawManifest {
        digest,
        verification,
        content_type: answer.header("content-type").map(MediaType::from),
        digest_header,
        warnings: warnings(&answer.headers),
        findings,
        exchanges: Vec::new(),
        bytes,
    })
}

/// RG004: what was asked for by digest is something else.
fn wrong_bytes(call: &Call<'_>, asked: &Digest, actual: &Digest) -> Error {
    let name = &call.at.name;
    let message = format!(
        "{name} sent other bytes than were asked for (RG004): wanted {asked}, they hash to {actual}."
    );
    Error::new(ErrorKind::BadAnswer, Stage::Read, message).other_bytes(asked, actual)
}

pub(crate) async fn look(
    engine: &Engine,
    at: &Endpoint,
    repository: &RepositoryName,
    target: &TagOrDigest,
) -> Result<Looked, Error> {
    let mut call = engine.call(at, Scope::Pull(repository.clone()), Some(repository)).await?;
    match look_in(engine, &mut call, repository, target).await {
        Ok(Looked::Head(head)) => Ok(Looked::Head(ManifestHead { exchanges: call.exchanges, ..head })),
        Ok(Looked::Whole(manifest)) => {
            Ok(Looked::Whole(RawManifest { exchanges: call.exchanges, ..manifest }))
        }
        Err(error) => Err(error.with(call.exchanges)),
    }
}

/// A `HEAD`, and a `GET` where that does not tell: an error without its reason (S3-8), or no digest (A-B4).
async fn look_in(
    engine: &Engine,
    call: &mut Call<'_>,
    repository: &RepositoryName,
    target: &TagOrDigest,
) -> Result<Looked, Error> {
    let answer = ask(engine, call, Method::HEAD, repository, target).await?;
    let digest_header = answer.header(DIGEST_HEADER).map(crate::text::sanitise);
    let digest = digest_header.as_ref().and_then(|text| text.parse::<Digest>().ok());
    match (answer.status, digest) {
        (200, Some(digest)) => {
            if let TagOrDigest::Digest(asked) = target
                && asked.algorithm() == digest.algorithm()
                && *asked != digest
                && !matches!(digest.algorithm(), Algorithm::Other(_))
            {
                return Err(wrong_bytes(call, asked, &digest).status(200));
            }
            Ok(Looked::Head(ManifestHead {
                digest: Some(digest),
                size: answer.header("content-length").and_then(|text| text.trim().parse().ok()),
                content_type: answer.header("content-type").map(MediaType::from),
                digest_header,
                warnings: warnings(&answer.headers),
                exchanges: Vec::new(),
            }))
        }
        (status, _) if status != 501 && (status >= 500 || is_passing(status)) => {
            let failed = refuse(call, &answer, Wanted::Manifest(repository, target));
            drop(answer);
            reason(engine, call, repository, target, failed).await
        }
        _ => fetch(engine, call, repository, target).await.map(Looked::Whole),
    }
}

/// Why a `HEAD` failed that was tried again already: a `GET` tells it, or is answered where the `HEAD` was not. It is
/// sent once, and not at all where the registry wants fewer requests.
async fn reason(
    engine: &Engine,
    call: &mut Call<'_>,
    repository: &RepositoryName,
    target: &TagOrDigest,
    failed: Error,
) -> Result<Looked, Error> {
    if failed.status == Some(429) || call.retry_after.is_some() {
        return Err(failed);
    }
    call.patience = 0;
    match fetch(engine, call, repository, target).await {
        // What broke on the way says nothing about the first answer.
        Err(error) if error.status.is_none() => Err(failed),
        got => got.map(Looked::Whole),
    }
}
