//! What digest and type has a manifest, without its bytes?

use api::{Code, Error, Head, Headed};
use oci::TagOrDigest;
use registry::Looked;

use crate::{Shared, error, exchanges};

/// Asks by `HEAD`. Where that fails, a `GET` tells why (S3-8); its manifest is then remembered.
pub(crate) async fn head(shared: &Shared, request: Head) -> Result<Headed, Error> {
    let reference = request.reference;
    let place = shared.place(&reference.host, &reference.repository)?;
    let target = reference.target();
    let looked = {
        let _turn = shared.limit.turn().await;
        shared.client.look_at_manifest(&place.at, &place.repository, &target).await.map_err(error::told)?
    };
    match looked {
        Looked::Head(head) => {
            let digest = head.digest.ok_or_else(|| {
                Error::new(
                    Code::Internal,
                    format!("a HEAD without a digest was taken for an answer: {reference}"),
                )
            })?;
            if let TagOrDigest::Tag(tag) = &target {
                shared.memory.tag(&place.host, &place.repository, tag, &digest);
            }
            Ok(Headed {
                reference,
                digest,
                size: head.size,
                media_type: head.content_type,
                exchanges: exchanges::told(head.exchanges),
            })
        }
        Looked::Whole(raw) => {
            let manifest = shared.fetched(&place, &target, raw);
            Ok(Headed {
                reference,
                digest: manifest.digest,
                size: Some(manifest.kept.bytes.len() as u64),
                media_type: manifest.kept.content_type.clone(),
                exchanges: exchanges::told(manifest.exchanges),
            })
        }
    }
}
