//! Is a blob there, and how is it fetched whole, bounded and compared with its digest? (Distribution specification,
//! "Checking if content exists" and "Pulling blobs".)

use oci::{Digest, MediaType, RepositoryName, Verification};
use reqwest::Method;

use crate::answer::{Wanted, refuse};
use crate::auth::scope::Scope;
use crate::download::Whole;
use crate::engine::{Ask, AskLogin, Call, Engine, Target};
use crate::path::blob_path;
use crate::send::Answer;
use crate::{BlobHead, Endpoint, Error, RawBlob, content, download};

pub(crate) async fn get(
    engine: &Engine,
    at: &Endpoint,
    repository: &RepositoryName,
    digest: &Digest,
    limit: u64,
) -> Result<RawBlob, Error> {
    let mut call = engine.call(at, Scope::Pull(repository.clone()), Some(repository)).await?;
    match fetch(engine, &mut call, repository, digest, limit).await {
        Ok(blob) => Ok(RawBlob { exchanges: call.exchanges, ..blob }),
        Err(error) => Err(error.with(call.exchanges)),
    }
}

async fn fetch(
    engine: &Engine,
    call: &mut Call<'_>,
    repository: &RepositoryName,
    digest: &Digest,
    limit: u64,
) -> Result<RawBlob, Error> {
    let whole = download::whole(engine, call, repository, digest, limit).await?;
    let pieced = whole.pieced;
    let blob = compared(whole, digest, limit);
    if !pieced || !matches!(blob.verification, Verification::Mismatch(_)) {
        return Ok(blob);
    }
    // Pieces of several answers accuse none of them: what the registry has, one answer alone tells.
    call.patience = 0;
    let whole = download::whole(engine, call, repository, digest, limit).await?;
    Ok(compared(whole, digest, limit))
}

/// Compares what came with the digest. A blob may itself be gzip, and its registry may call that its encoding: then the
/// bytes are right as they came.
fn compared(whole: Whole, digest: &Digest, limit: u64) -> RawBlob {
    let Whole { bytes, encoding, .. } = whole;
    let verification = digest.verify(&bytes);
    let decoded = || content::gunzip(encoding.as_deref()?, &bytes, limit);
    match (&verification, decoded()) {
        (Verification::Mismatch(_), Some(decoded)) if digest.verify(&decoded) == Verification::Verified => {
            RawBlob { bytes: decoded, verification: Verification::Verified, exchanges: Vec::new() }
        }
        _ => RawBlob { bytes, verification, exchanges: Vec::new() },
    }
}

pub(crate) async fn head(
    engine: &Engine,
    at: &Endpoint,
    repository: &RepositoryName,
    digest: &Digest,
) -> Result<BlobHead, Error> {
    let mut call = engine.call(at, Scope::Pull(repository.clone()), Some(repository)).await?;
    match look(engine, &mut call, repository, digest).await {
        Ok(head) => Ok(BlobHead { exchanges: call.exchanges, ..head }),
        Err(error) => Err(error.with(call.exchanges)),
    }
}

/// A `HEAD`. Where it is refused, a `GET` tells why (S3-8), or is answered where a storage behind the registry knows no
/// `HEAD`: it is sent once, its body is left where it is, and it is not sent where the registry wants fewer requests.
async fn look(
    engine: &Engine,
    call: &mut Call<'_>,
    repository: &RepositoryName,
    digest: &Digest,
) -> Result<BlobHead, Error> {
    let path = blob_path(repository, digest);
    let wanted = Wanted::Blob(repository, digest);
    let ask = |method, open| Ask {
        method,
        target: Target::Path(&path),
        accept: "*/*",
        body_limit: engine.limits.error_body,
        open,
        wanted,
        login: AskLogin::Whatever,
    };
    let answer = engine.fetch(call, &ask(Method::HEAD, None)).await?;
    if answer.status == 200 {
        return Ok(told(&answer));
    }
    let failed = refuse(call, &answer, wanted);
    if failed.status == Some(429) || call.retry_after.is_some() {
        return Err(failed);
    }
    call.patience = 0;
    let mut answer = match engine.fetch(call, &ask(Method::GET, Some(0))).await {
        // What broke on the way says nothing about the first answer.
        Err(error) if error.status.is_none() => return Err(failed),
        answer => answer?,
    };
    if let Some(open) = answer.open.take() {
        call.exchanges.push(open.finish(None));
    }
    if answer.status == 200 { Ok(told(&answer)) } else { Err(refuse(call, &answer, wanted)) }
}

fn told(answer: &Answer) -> BlobHead {
    BlobHead {
        size: answer.header("content-length").and_then(|text| text.trim().parse().ok()),
        content_type: answer.header("content-type").map(MediaType::from),
        exchanges: Vec::new(),
    }
}
