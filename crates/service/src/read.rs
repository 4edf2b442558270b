//! How do bytes get here: out of memory where they were read before, else from their registry?

use std::sync::Arc;

use oci::{Digest, Host, RepositoryName, Tag, TagOrDigest, Verification};
use registry::{Endpoint, Error, Exchange, Looked, ManifestHead, RawManifest};

use crate::{
    Shared,
    flights::Flight,
    memory::{ContentKey, Kept, What},
};

/// Where something is.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) host: Host,
    pub(crate) repository: RepositoryName,
    pub(crate) at: Endpoint,
}

/// A manifest, and what it took to get it.
#[derive(Debug, Clone)]
pub(crate) struct Manifest {
    pub(crate) digest: Digest,
    pub(crate) verification: Verification,
    pub(crate) kept: Arc<Kept>,
    pub(crate) exchanges: Vec<Exchange>,
}

/// A blob, and what it took to get it.
#[derive(Debug, Clone)]
pub(crate) struct Blob {
    pub(crate) verification: Verification,
    pub(crate) kept: Arc<Kept>,
    pub(crate) exchanges: Vec<Exchange>,
}

impl Shared {
    /// # Errors
    /// [`api::Code::NotAdded`] where the registry may not be contacted: then memory does not answer for it either.
    pub(crate) fn place(&self, host: &Host, repository: &RepositoryName) -> Result<Place, api::Error> {
        let at = self.known.endpoint(host)?;
        Ok(Place { host: host.clone(), repository: repository.clone(), at })
    }

    pub(crate) async fn manifest(&self, place: &Place, target: &TagOrDigest) -> Result<Manifest, Error> {
        match target {
            TagOrDigest::Digest(digest) => self.by_digest(place, digest).await,
            TagOrDigest::Tag(tag) => self.by_tag(place, tag).await,
        }
    }

    pub(crate) async fn by_digest(&self, place: &Place, digest: &Digest) -> Result<Manifest, Error> {
        let flight = match self.remembered(place, What::Manifest, digest, u64::MAX).await {
            Ok(kept) => {
                let verification = Verification::Verified;
                return Ok(Manifest { digest: digest.clone(), verification, kept, exchanges: Vec::new() });
            }
            Err(flight) => flight,
        };
        let got = self.fetch(place, &TagOrDigest::Digest(digest.clone())).await;
        if let Some(flight) = flight {
            flight.end();
        }
        got
    }

    /// What was read before, or is being read by somebody else at this moment. Else it is to be read, for all who wait
    /// for that where there is a turn to it.
    async fn remembered(
        &self,
        place: &Place,
        what: What,
        digest: &Digest,
        limit: u64,
    ) -> Result<Arc<Kept>, Option<Flight<'_, ContentKey>>> {
        let kept = || {
            let kept = self.memory.content(&place.host, &place.repository, what, digest);
            kept.filter(|kept| kept.bytes.len() as u64 <= limit)
        };
        if let Some(kept) = kept() {
            return Ok(kept);
        }
        let key = (place.host.clone(), place.repository.clone(), what, digest.clone());
        let flight = self.flights.join(key).await;
        kept().ok_or_else(|| flight.first())
    }

    /// A tag whose manifest was read before costs a `HEAD`, which says whether it is still that one.
    async fn by_tag(&self, place: &Place, tag: &Tag) -> Result<Manifest, Error> {
        let target = TagOrDigest::Tag(tag.clone());
        let kept_as =
            |digest: &Digest| self.memory.content(&place.host, &place.repository, What::Manifest, digest);
        let before = self.memory.tagged(&place.host, &place.repository, tag);
        if before.is_none_or(|digest| kept_as(&digest).is_none()) {
            return self.fetch(place, &target).await;
        }
        let looked = {
            let _turn = self.limit.turn().await;
            self.client.look_at_manifest(&place.at, &place.repository, &target).await?
        };
        let head = match looked {
            Looked::Whole(raw) => return Ok(self.fetched(place, &target, raw)),
            Looked::Head(head) => head,
        };
        let kept = head.digest.clone().and_then(|digest| Some((kept_as(&digest)?, digest)));
        if let Some((kept, digest)) = kept
            && same_labels(&kept, &head)
        {
            self.memory.tag(&place.host, &place.repository, tag, &digest);
            let verification = Verification::Verified;
            return Ok(Manifest { digest, verification, kept, exchanges: head.exchanges });
        }
        let looked = head.exchanges;
        match self.fetch(place, &target).await {
            Ok(found) => Ok(Manifest { exchanges: [looked, found.exchanges].concat(), ..found }),
            Err(error) => Err(Error { exchanges: [looked, error.exchanges].concat(), ..error }),
        }
    }

    async fn fetch(&self, place: &Place, target: &TagOrDigest) -> Result<Manifest, Error> {
        let _turn = self.limit.turn().await;
        let raw = self.client.manifest(&place.at, &place.repository, target).await?;
        Ok(self.fetched(place, target, raw))
    }

    /// What came, remembered where its bytes are certain: by the digest that was asked for or, for a tag, by the one
    /// that was computed of them.
    pub(crate) fn fetched(&self, place: &Place, target: &TagOrDigest, raw: RawManifest) -> Manifest {
        let kept = Arc::new(Kept {
            bytes: raw.bytes,
            content_type: raw.content_type,
            digest_header: raw.digest_header,
            warnings: raw.warnings,
            findings: raw.findings,
        });
        let certain = matches!(target, TagOrDigest::Tag(_)) || raw.verification == Verification::Verified;
        if certain {
            self.keep(place, What::Manifest, &raw.digest, &kept);
        }
        if let TagOrDigest::Tag(tag) = target {
            self.memory.tag(&place.host, &place.repository, tag, &raw.digest);
        }
        Manifest { digest: raw.digest, verification: raw.verification, kept, exchanges: raw.exchanges }
    }

    pub(crate) async fn blob(&self, place: &Place, digest: &Digest, limit: u64) -> Result<Blob, Error> {
        let flight = match self.remembered(place, What::Blob, digest, limit).await {
            Ok(kept) => {
                return Ok(Blob { verification: Verification::Verified, kept, exchanges: Vec::new() });
            }
            Err(flight) => flight,
        };
        let got = self.fetch_blob(place, digest, limit).await;
        if let Some(flight) = flight {
            flight.end();
        }
        got
    }

    async fn fetch_blob(&self, place: &Place, digest: &Digest, limit: u64) -> Result<Blob, Error> {
        let _turn = self.limit.turn().await;
        let raw = self.client.blob(&place.at, &place.repository, digest, limit).await?;
        let kept = Arc::new(Kept {
            bytes: raw.bytes,
            content_type: None,
            digest_header: None,
            warnings: Vec::new(),
            findings: Vec::new(),
        });
        if raw.verification == Verification::Verified {
            self.keep(place, What::Blob, digest, &kept);
        }
        Ok(Blob { verification: raw.verification, kept, exchanges: raw.exchanges })
    }

    /// Not of a registry that was removed, or given another address, while the answer was under way.
    fn keep(&self, place: &Place, what: What, digest: &Digest, kept: &Arc<Kept>) {
        if self.known.endpoint(&place.host).is_ok_and(|at| at == place.at) {
            self.memory.keep(&place.host, &place.repository, what, digest, Arc::clone(kept));
        }
    }
}

/// What the document is depends on its label too, so what is served under another one is read anew.
fn same_labels(kept: &Kept, head: &ManifestHead) -> bool {
    kept.content_type == head.content_type
        && kept.digest_header == head.digest_header
        && kept.warnings == head.warnings
}
