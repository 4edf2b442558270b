//! How is a blob fetched whole, bounded and compared with its digest? (Distribution specification, "Pulling blobs".)

use oci::{Digest, RepositoryName, Verification};
use reqwest::Method;

use crate::answer::{Wanted, good};
use crate::auth::scope::Scope;
use crate::content::identity;
use crate::engine::{Ask, AskLogin, Call, Engine, Target};
use crate::path::blob_path;
use crate::{Endpoint, Error, RawBlob};

pub(crate) async fn get(
    engine: &Engine,
    at: &Endpoint,
    repository: &RepositoryName,
    digest: &Digest,
    limit: u64,
) -> Result<RawBlob, Error> {
    let mut call = engine.call(at, Scope::Pull(repository.clone()), Some(repository)).await;
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
    let wanted = Wanted::Blob(repository, digest);
    let ask = Ask {
        method: Method::GET,
        target: Target::Path(&blob_path(repository, digest)),
        accept: "*/*",
        body_limit: limit,
        open: None,
        wanted,
        login: AskLogin::Whatever,
    };
    let answer = engine.fetch(call, &ask).await?;
    let answer = good(call, answer, wanted, limit)?;
    let (bytes, _) = identity(&answer, limit);
    // A blob may itself be gzip, and its registry may call that its encoding: then the bytes are right as they came.
    let as_it_came = digest.verify(&answer.body);
    let (bytes, verification) = match (&as_it_came, digest.verify(&bytes)) {
        (Verification::Mismatch(_), Verification::Verified) => (bytes, Verification::Verified),
        _ => (answer.body, as_it_came),
    };
    Ok(RawBlob { bytes, verification, exchanges: Vec::new() })
}
