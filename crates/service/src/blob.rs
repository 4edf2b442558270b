//! Is a blob there, what is in a small one, and is it what was asked for?

use api::{BlobReading, Body, Code, Error, HeadBlob, HeadedBlob, LONGEST_BLOB, ReadBlob, Stage};

use crate::{Shared, compare, error, exchanges};

/// Asks for a blob's length. It is always asked: what was read before may be gone.
pub(crate) async fn head(shared: &Shared, request: HeadBlob) -> Result<HeadedBlob, Error> {
    let place = shared.place(&request.registry, &request.repository)?;
    let head = {
        let _turn = shared.limit.turn().await;
        shared.client.head_blob(&place.at, &place.repository, &request.digest).await.map_err(error::told)?
    };
    Ok(HeadedBlob {
        digest: request.digest,
        size: head.size,
        media_type: head.content_type,
        exchanges: exchanges::told(head.exchanges),
    })
}

/// Reads a blob whole. One that is known to be too long is not asked for at all.
pub(crate) async fn read(shared: &Shared, request: ReadBlob) -> Result<BlobReading, Error> {
    let place = shared.place(&request.registry, &request.repository)?;
    let limit = request.limit.min(LONGEST_BLOB);
    fits(request.size, limit)?;
    let blob = shared.blob(&place, &request.digest, limit).await.map_err(error::told)?;
    let size = blob.kept.bytes.len() as u64;
    let findings = compare::length(request.size, size, "")
        .into_iter()
        .chain(compare::hash(&request.digest, &blob.verification, ""))
        .collect();
    Ok(BlobReading {
        digest: request.digest,
        verification: blob.verification,
        size,
        bytes: Body(blob.kept.bytes.to_vec()),
        findings,
        exchanges: exchanges::told(blob.exchanges),
    })
}

/// Whether a blob of a stated length is read at all.
pub(crate) fn fits(stated: Option<u64>, limit: u64) -> Result<(), Error> {
    match stated {
        Some(stated) if stated > limit => {
            let message = format!(
                "By its descriptor it is {stated} bytes long, and at most {limit} are read here, so nothing was \
                 fetched: save it instead."
            );
            Err(Error { stage: Some(Stage::Body), ..Error::new(Code::TooLarge, message) })
        }
        _ => Ok(()),
    }
}
