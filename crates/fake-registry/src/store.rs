//! What does the registry hold? Repositories with manifests, tags and blobs, in memory and bounded.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard},
};

use bytes::{Bytes, BytesMut};
use serde_json::Value;

use crate::{behaviour::Limits, digest, lock};

/// What a name costs beside its letters, so that names are bounded too.
const NAME: u64 = 128;

/// The content of a registry. Clones share it.
#[derive(Debug, Clone)]
pub struct Store(Arc<Mutex<Content>>);

#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) repositories: BTreeMap<String, Repository>,
    pub(crate) uploads: HashMap<String, Upload>,
    blobs: HashMap<String, Blob>,
    used: u64,
    limits: Limits,
    next: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Repository {
    /// Whether lists show it: blobs alone, such as those of a push that broke off, do not make a repository.
    pub(crate) listed: bool,
    pub(crate) manifests: BTreeMap<String, Manifest>,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) blobs: BTreeSet<String>,
}

/// A manifest as it was pushed.
#[derive(Debug, Clone)]
pub(crate) struct Manifest {
    pub(crate) bytes: Bytes,
    pub(crate) media_type: String,
    pub(crate) subject: Option<String>,
    /// The order of arrival.
    pub(crate) number: u64,
}

#[derive(Debug)]
struct Blob {
    bytes: Bytes,
    repositories: usize,
}

/// An upload that is under way.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    pub(crate) repository: String,
    pub(crate) bytes: BytesMut,
}

/// There is no room left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

impl Store {
    pub(crate) fn new(limits: Limits) -> Self {
        Self(Arc::new(Mutex::new(Content {
            repositories: BTreeMap::new(),
            uploads: HashMap::new(),
            blobs: HashMap::new(),
            used: 0,
            limits,
            next: 1,
        })))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Content> {
        lock(&self.0)
    }

    /// Stores a manifest as it is, unchecked and without a limit, and tags it. Gives its digest.
    ///
    /// Whatever a registry might hold can be stored: bytes that are no JSON, any media type, missing blobs.
    pub fn put_manifest(
        &self,
        repository: &str,
        tag: Option<&str>,
        media_type: &str,
        bytes: impl AsRef<[u8]>,
    ) -> String {
        let bytes = Bytes::copy_from_slice(bytes.as_ref());
        let digest = digest::sha256(&bytes);
        let mut content = self.lock();
        content.put_manifest(repository, &digest, media_type, bytes);
        if let Some(tag) = tag {
            content.put_tag(repository, tag, &digest);
        }
        digest
    }

    /// Stores a blob without a limit. Gives its digest.
    pub fn put_blob(&self, repository: &str, bytes: impl AsRef<[u8]>) -> String {
        let bytes = Bytes::copy_from_slice(bytes.as_ref());
        let digest = digest::sha256(&bytes);
        self.lock().put_blob(repository, &digest, bytes);
        digest
    }

    /// Makes an empty repository.
    pub fn put_repository(&self, repository: &str) {
        self.lock().repository(repository).listed = true;
    }

    /// Points a tag at a digest, whether it is there or not.
    pub fn put_tag(&self, repository: &str, tag: &str, digest: &str) {
        self.lock().put_tag(repository, tag, digest);
    }

    /// Takes a tag away.
    pub fn remove_tag(&self, repository: &str, tag: &str) {
        self.lock().remove_tag(repository, tag);
    }

    /// Takes a manifest away and leaves the tags that point at it.
    pub fn remove_manifest(&self, repository: &str, digest: &str) {
        self.lock().remove_manifest(repository, digest);
    }

    /// The digest that a tag points at.
    pub fn tag(&self, repository: &str, tag: &str) -> Option<String> {
        self.lock().repositories.get(repository)?.tags.get(tag).cloned()
    }

    /// The names of all tags, in byte order.
    pub fn tags(&self, repository: &str) -> Vec<String> {
        let content = self.lock();
        content
            .repositories
            .get(repository)
            .map(|held| held.tags.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// The bytes of a manifest.
    pub fn manifest(&self, repository: &str, digest: &str) -> Option<Bytes> {
        Some(self.lock().repositories.get(repository)?.manifests.get(digest)?.bytes.clone())
    }

    /// The bytes of a blob.
    pub fn blob(&self, repository: &str, digest: &str) -> Option<Bytes> {
        self.lock().blob(repository, digest)
    }

    /// Bytes in use, names included.
    pub fn used(&self) -> u64 {
        self.lock().used
    }
}

impl Content {
    /// Whether so many more bytes may be written, beside a name.
    pub(crate) fn room(&self, bytes: usize) -> Result<(), Full> {
        let wanted = (bytes as u64).saturating_add(NAME);
        if self.used.saturating_add(wanted) > self.limits.total { Err(Full) } else { Ok(()) }
    }

    /// Takes room for a body that is still arriving.
    pub(crate) fn reserve(&mut self, bytes: u64) -> Result<(), Full> {
        let wanted = self.used.saturating_add(bytes);
        if wanted > self.limits.total {
            return Err(Full);
        }
        self.used = wanted;
        Ok(())
    }

    pub(crate) fn release(&mut self, bytes: u64) {
        self.used = self.used.saturating_sub(bytes);
    }

    fn charge(&mut self, bytes: usize) {
        self.used = self.used.saturating_add(bytes as u64);
    }

    pub(crate) fn repository(&mut self, name: &str) -> &mut Repository {
        if !self.repositories.contains_key(name) {
            self.used = self.used.saturating_add(NAME + name.len() as u64);
        }
        self.repositories.entry(name.to_owned()).or_default()
    }

    pub(crate) fn put_manifest(&mut self, repository: &str, digest: &str, media_type: &str, bytes: Bytes) {
        let number = self.next;
        self.next += 1;
        let length = bytes.len();
        let json: Option<Value> = serde_json::from_slice(&bytes).ok();
        let subject = json.and_then(|json| Some(json.get("subject")?.get("digest")?.as_str()?.to_owned()));
        let held = self.repository(repository);
        held.listed = true;
        let manifests = &mut held.manifests;
        match manifests.get_mut(digest) {
            // Pushed again: only its type can have changed.
            Some(held) => media_type.clone_into(&mut held.media_type),
            None => {
                let media_type = media_type.to_owned();
                manifests.insert(digest.to_owned(), Manifest { bytes, media_type, subject, number });
                self.charge(length + NAME as usize);
            }
        }
    }

    pub(crate) fn put_tag(&mut self, repository: &str, tag: &str, digest: &str) {
        let held = self.repository(repository);
        held.listed = true;
        if held.tags.insert(tag.to_owned(), digest.to_owned()).is_none() {
            self.charge(tag.len() + NAME as usize);
        }
    }

    pub(crate) fn put_blob(&mut self, repository: &str, digest: &str, bytes: Bytes) {
        if !self.repository(repository).blobs.insert(digest.to_owned()) {
            return;
        }
        self.charge(NAME as usize);
        match self.blobs.get_mut(digest) {
            Some(held) => held.repositories += 1,
            None => {
                self.charge(bytes.len());
                self.blobs.insert(digest.to_owned(), Blob { bytes, repositories: 1 });
            }
        }
    }

    /// Lends a blob of one repository to another.
    pub(crate) fn mount(&mut self, to: &str, digest: &str, from: &str) -> bool {
        let Some(bytes) = self.blob(from, digest) else { return false };
        self.put_blob(to, digest, bytes);
        true
    }

    pub(crate) fn blob(&self, repository: &str, digest: &str) -> Option<Bytes> {
        let held = self.repositories.get(repository)?.blobs.contains(digest);
        held.then(|| self.blobs.get(digest).map(|blob| blob.bytes.clone()))?
    }

    pub(crate) fn remove_tag(&mut self, repository: &str, tag: &str) -> bool {
        let removed = self.repositories.get_mut(repository).and_then(|held| held.tags.remove(tag));
        if removed.is_some() {
            self.release(tag.len() as u64 + NAME);
        }
        removed.is_some()
    }

    pub(crate) fn remove_manifest(&mut self, repository: &str, digest: &str) -> bool {
        let removed = self.repositories.get_mut(repository).and_then(|held| held.manifests.remove(digest));
        let Some(manifest) = removed else { return false };
        self.release(manifest.bytes.len() as u64 + NAME);
        true
    }

    pub(crate) fn remove_blob(&mut self, repository: &str, digest: &str) -> bool {
        let held = self.repositories.get_mut(repository).is_some_and(|held| held.blobs.remove(digest));
        if !held {
            return false;
        }
        self.release(NAME);
        if let Some(blob) = self.blobs.get_mut(digest) {
            blob.repositories -= 1;
            if blob.repositories == 0 {
                let length = blob.bytes.len() as u64;
                self.blobs.remove(digest);
                self.release(length);
            }
        }
        true
    }

    /// Begins an upload, unless too many are under way.
    pub(crate) fn begin_upload(&mut self, repository: &str) -> Result<String, Full> {
        if self.uploads.len() >= self.limits.uploads {
            return Err(Full);
        }
        let id = format!("{:08x}-0000-4000-8000-{:012x}", self.next, self.next);
        self.next += 1;
        self.uploads.insert(id.clone(), Upload { repository: repository.to_owned(), ..Upload::default() });
        Ok(id)
    }

    /// Adds to an upload. Its size afterwards, or nothing if it is not known.
    pub(crate) fn append(&mut self, id: &str, bytes: &[u8]) -> Option<usize> {
        let upload = self.uploads.get_mut(id)?;
        upload.bytes.extend_from_slice(bytes);
        let length = upload.bytes.len();
        self.charge(bytes.len());
        Some(length)
    }

    pub(crate) fn end_upload(&mut self, id: &str) -> Option<Bytes> {
        let upload = self.uploads.remove(id)?;
        self.release(upload.bytes.len() as u64);
        Some(upload.bytes.freeze())
    }
}
