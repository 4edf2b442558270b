//! What was read before, and need not be read again?
//!
//! Content under a digest never changes, so what hashed to its digest once is right for as long as this host runs. A
//! tag may move: of a tag only the digest that it had is remembered, and the registry is asked again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use oci::{Digest, Finding, Host, MediaType, RepositoryName, Tag};

use crate::lru::Lru;

/// Contents that are kept at most, and their bytes.
const MOST_CONTENTS: usize = 5_000;
const MOST_BYTES: usize = 64 << 20;
/// What an entry costs beside its bytes, near enough.
const ENTRY: usize = 512;
/// Tags whose digest is remembered at most.
const MOST_TAGS: usize = 20_000;

/// Through which endpoint something was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum What {
    Manifest,
    Blob,
}

/// Verified bytes, and what the answer that brought them said.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) bytes: Bytes,
    pub(crate) content_type: Option<MediaType>,
    pub(crate) digest_header: Option<String>,
    pub(crate) warnings: Vec<String>,
    pub(crate) findings: Vec<Finding>,
}

/// Under what a content is remembered.
pub(crate) type ContentKey = (Host, RepositoryName, What, Digest);
type TagKey = (Host, RepositoryName, Tag);

/// What was read before. Bounded; what nobody looked at for longest is forgotten first.
#[derive(Debug)]
pub(crate) struct Memory {
    contents: Mutex<Lru<ContentKey, Arc<Kept>>>,
    tags: Mutex<Lru<TagKey, Digest>>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            contents: Mutex::new(Lru::new(MOST_CONTENTS, MOST_BYTES)),
            tags: Mutex::new(Lru::new(MOST_TAGS, MOST_TAGS)),
        }
    }
}

impl Memory {
    pub(crate) fn content(
        &self,
        host: &Host,
        repository: &RepositoryName,
        what: What,
        digest: &Digest,
    ) -> Option<Arc<Kept>> {
        lock(&self.contents).get(&(host.clone(), repository.clone(), what, digest.clone()))
    }

    /// Keeps bytes under the digest that they hash to.
    pub(crate) fn keep(
        &self,
        host: &Host,
        repository: &RepositoryName,
        what: What,
        digest: &Digest,
        kept: Arc<Kept>,
    ) {
        let weight = kept.bytes.len() + ENTRY;
        let key = (host.clone(), repository.clone(), what, digest.clone());
        lock(&self.contents).put(key, kept, weight);
    }

    /// The digest that a tag had when it was last looked at.
    pub(crate) fn tagged(&self, host: &Host, repository: &RepositoryName, tag: &Tag) -> Option<Digest> {
        lock(&self.tags).get(&(host.clone(), repository.clone(), tag.clone()))
    }

    pub(crate) fn tag(&self, host: &Host, repository: &RepositoryName, tag: &Tag, digest: &Digest) {
        lock(&self.tags).put((host.clone(), repository.clone(), tag.clone()), digest.clone(), 1);
    }

    /// Forgets all of a registry: it was removed, or its name means another one now.
    pub(crate) fn forget(&self, host: &Host) {
        lock(&self.contents).remove_all(|key| key.0 == *host);
        lock(&self.tags).remove_all(|key| key.0 == *host);
    }
}

/// A change of a map is one step, so a panic elsewhere leaves it whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Planted fault: what is forgotten stays in memory until other contents push it out.
    #[test]
    fn a_registry_that_is_forgotten_gives_its_memory_back_and_no_other_does() {
        let memory = Memory::default();
        let (repository, tag): (RepositoryName, Tag) = ("demo/app".parse().unwrap(), "1".parse().unwrap());
        let digest = Digest::sha256(b"{}");
        let keep = |host: &Host| {
            let kept = Arc::new(Kept {
                bytes: Bytes::from_static(b"{}"),
                content_type: None,
                digest_header: None,
                warnings: Vec::new(),
                findings: Vec::new(),
            });
            let weak = Arc::downgrade(&kept);
            memory.keep(host, &repository, What::Manifest, &digest, kept);
            memory.tag(host, &repository, &tag, &digest);
            weak
        };
        let (gone, stays): (Host, Host) = ("gone.example".parse().unwrap(), "stays.example".parse().unwrap());
        let (of_gone, of_stays) = (keep(&gone), keep(&stays));
        memory.forget(&gone);
        assert!(of_gone.upgrade().is_none() && of_stays.upgrade().is_some());
        assert_eq!(memory.tagged(&gone, &repository, &tag), None);
        assert_eq!(memory.tagged(&stays, &repository, &tag), Some(digest));
    }
}
