//! How is a blob fetched whole, bounded and verified? (Distribution specification, "Pulling blobs".)

use bytes::Bytes;
use oci::{Digest, RepositoryName, Verification};
use reqwest::Method;

use crate::answer::{Wanted, good};
use crate::auth::scope::Scope;
use crate::content::identity;
use crate::engine::{Ask, AskLogin, Call, Engine, Target};
use crate::manifests::wrong_bytes;
use crate::path::blob_path;
use crate::{Endpoint, Error};

pub(crate) async fn get(
    engine: &Engine,
    at: &Endpoint,
    repository: &RepositoryName,
    digest: &Digest,
    limit: u64,
) -> Result<Bytes, Error> {
    let mut call = engine.call(at, Scope::Pull(repository.clone()), Some(repository)).await;
    let result = fetch(engine, &mut call, repository, digest, limit).await;
    result.map_err(|error| error.with(call.exchanges))
}

async fn fetch(
    engine: &Engine,
    call: &mut Call<'_>,
    repository: &RepositoryName,
    digest: &Digest,
    limit: u64,
) -> Result<Bytes, Error> {
    let wanted = Wanted::Blob(repository, digest);
    let ask = Ask {
        method: Method::GET,
        target: Target::Path(&blob_path(repository, digest)),
        accept: "*/*",
        body_limit: limit,
        wanted,
        login: AskLogin::Whatever,
    };
    let answer = engine.fetch(call, &ask).await?;
    let answer = good(call, answer, wanted, limit)?;
    let (bytes, _) = identity(&answer, limit);
    // A blob may itself be gzip, and its registry may call that its encoding: then the bytes are right as they came.
    match (digest.verify(&answer.body), digest.verify(&bytes)) {
        (Verification::Verified | Verification::CannotVerify, _) => Ok(answer.body),
        (_, Verification::Verified) => Ok(bytes),
        (Verification::Mismatch(actual), _) => Err(wrong_bytes(call, digest, &actual).status(200)),
    }
}
