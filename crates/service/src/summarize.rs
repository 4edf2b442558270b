//! What does a row of a list show of a manifest?
//!
//! At most three `GET`s: the document, of an index one child, and the config of an image. What cannot be read beyond
//! the document itself is told, and the rest is given.

use std::collections::HashSet;

use api::{CreatedFrom, LONGEST_BLOB, Summarize, Summary};
use oci::{Descriptor, Finding, ImageConfig, MediaType, Outline, Platform, Role, Shape, View};
use registry::Exchange;

use crate::{
    Shared, blob, compare, created, error, exchanges,
    read::{Manifest, Place},
    text::shorten,
};

/// Findings of one summary at most.
const MOST_FINDINGS: usize = 20;
/// Platforms of one summary at most.
const MOST_PLATFORMS: usize = 200;
/// Rules that say that something is no JSON, or no object.
const NO_OBJECT: [&str; 2] = ["JS001", "JS002"];
/// The annotation that says when something was made (annotations.md).
const CREATED: &str = "org.opencontainers.image.created";

/// Summarises a manifest by its digest.
pub(crate) async fn summarize(shared: &Shared, request: Summarize) -> Result<Summary, api::Error> {
    let Summarize { registry, repository, digest, platform } = request;
    let place = shared.place(&registry, &repository)?;
    let manifest = shared.by_digest(&place, &digest).await.map_err(error::told)?;
    let view = read(&manifest);
    let mut row = Row {
        shared,
        place: &place,
        findings: [view.findings.clone(), manifest.kept.findings.clone()].concat(),
        missing: None,
        within: None,
        exchanges: manifest.exchanges,
    };
    let chosen = view.child_for(platform.as_deref());
    let child = match chosen {
        Some(child) => row.child(child, &view).await,
        None => None,
    };
    let counted = child.as_ref().unwrap_or(&view);
    let config = row.config(counted).await;
    let made = made(config.as_ref(), [counted, &view]);
    let size = size(counted);
    if size.is_none() && matches!(counted.shape, Shape::Manifest | Shape::ArtifactManifest) {
        row.misses("Its size is not known: a descriptor states none.".to_owned());
    }
    let Row { mut findings, missing, exchanges, .. } = row;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings.truncate(MOST_FINDINGS);
    Ok(Summary {
        digest,
        outline: outline(&view),
        platforms: platforms(&view, config.as_ref()),
        chosen: chosen.and_then(|child| child.platform.as_ref()).and_then(name),
        size,
        created_ms: made.as_ref().and_then(|(made, _)| created::milliseconds(made)),
        created_from: made.as_ref().map(|(_, from)| *from),
        created: made.map(|(made, _)| made),
        findings,
        missing,
        exchanges: exchanges::told(exchanges),
    })
}

/// A summary while it is made.
struct Row<'a> {
    shared: &'a Shared,
    place: &'a Place,
    findings: Vec<Finding>,
    /// Where in the document stands what is looked at, where that is not the document itself.
    within: Option<String>,
    missing: Option<String>,
    exchanges: Vec<Exchange>,
}

impl Row<'_> {
    /// Only the first reason counts: what follows from it says nothing more.
    fn misses(&mut self, why: String) {
        self.missing.get_or_insert(why);
    }

    fn failed(&mut self, what: &str, error: registry::Error) {
        self.exchanges.extend(error.exchanges);
        self.misses(format!("{what} cannot be read: {}", error.message));
    }

    /// The chosen child of an index, held against its entry. A child that is an index itself has no size of its own.
    async fn child(&mut self, entry: &Descriptor, index: &View) -> Option<View> {
        let what = match entry.platform.as_ref().and_then(name) {
            Some(platform) => format!("The image for {platform}"),
            None => "The first entry".to_owned(),
        };
        let Some(digest) = &entry.digest else {
            self.misses(format!("{what} cannot be read: its entry has no valid digest."));
            return None;
        };
        let child = match self.shared.by_digest(self.place, digest).await {
            Ok(child) => child,
            Err(error) => {
                if let Some(actual) = &error.other_bytes {
                    let pointer = format!("{}/digest", entry.pointer);
                    self.findings.push(compare::other_bytes(digest, actual, &pointer));
                }
                self.failed(&what, error);
                return None;
            }
        };
        let view = read(&child);
        let kept = &child.kept;
        let size = format!("{}/size", entry.pointer);
        self.findings.extend(compare::length(entry.size, kept.bytes.len() as u64, &size));
        let stated = entry.media_type.as_ref();
        let label = format!("{}/mediaType", entry.pointer);
        self.findings.extend(compare::media_type(stated, &view, kept.content_type.as_ref(), &label));
        let of_child = |finding: &Finding| finding.clone().at(&entry.pointer);
        self.findings.extend(kept.findings.iter().map(of_child));
        self.within = Some(entry.pointer.clone());
        self.exchanges.extend(child.exchanges);
        if view.shape == Shape::Index {
            let itself = view.manifests == index.manifests;
            let again = if itself { "the same index again" } else { "an index itself" };
            self.misses(format!("{what} is {again}: size and time are those of an image in it."));
        }
        Some(view)
    }

    /// The config of an image; artifacts have none to speak of.
    async fn config(&mut self, view: &View) -> Option<ImageConfig> {
        let config = view.config.as_ref()?;
        if config.media_type.as_ref().map(MediaType::role) != Some(Role::Config) {
            return None;
        }
        let Some(digest) = &config.digest else {
            self.misses("The config cannot be read: its descriptor has no valid digest.".to_owned());
            return None;
        };
        if let Err(error) = blob::fits(config.size, LONGEST_BLOB) {
            self.misses(format!("The config cannot be read: {}", error.message));
            return None;
        }
        let found = match self.shared.blob(self.place, digest, LONGEST_BLOB).await {
            Ok(found) => found,
            Err(error) => {
                self.failed("The config", error);
                return None;
            }
        };
        self.exchanges.extend(found.exchanges);
        let length = found.kept.bytes.len() as u64;
        let within = |field: &str| self.within.clone().unwrap_or_else(|| format!("/config/{field}"));
        let (size, hash) = (within("size"), within("digest"));
        self.findings.extend(compare::length(config.size, length, &size));
        if let Some(finding) = compare::hash(digest, &found.verification, &hash) {
            self.findings.push(finding);
            self.misses("The config is not used: its bytes are others than its digest says.".to_owned());
            return None;
        }
        let config = ImageConfig::read(&found.kept.bytes);
        if config.findings.iter().any(|finding| NO_OBJECT.contains(&finding.id.as_str())) {
            self.misses("The config is no JSON object.".to_owned());
            return None;
        }
        Some(config)
    }
}

fn read(manifest: &Manifest) -> View {
    oci::read(&manifest.kept.bytes, manifest.kept.content_type.as_ref())
}

/// In outline, with no more of the registry's text than a row needs.
fn outline(view: &View) -> Outline {
    let mut outline = view.outline();
    let value = &mut outline.artifact_type.value;
    *value = value.take().map(shorten);
    outline
}

/// When it was made: the config says it, else an annotation of what is counted or of the index around it.
fn made(config: Option<&ImageConfig>, documents: [&View; 2]) -> Option<(String, CreatedFrom)> {
    let by_config = config.and_then(|config| config.created.clone()).filter(|created| !created.is_empty());
    let by_config = by_config.map(|created| (created, CreatedFrom::Config));
    let annotated = || documents.into_iter().find_map(|view| view.annotations.get(CREATED).cloned());
    let made = by_config.or_else(|| Some((annotated()?, CreatedFrom::Annotation)))?;
    Some((shorten(made.0), made.1))
}

/// Bytes of config and layers, each blob once. `None` where one of them states no length.
fn size(view: &View) -> Option<u64> {
    if !matches!(view.shape, Shape::Manifest | Shape::ArtifactManifest) {
        return None;
    }
    let mut seen = HashSet::new();
    let blobs = view.config.iter().chain(&view.layers);
    blobs
        .filter(|blob| blob.digest.as_ref().is_none_or(|digest| seen.insert(digest)))
        .try_fold(0_u64, |sum, blob| Some(sum.saturating_add(blob.size?)))
}

/// The platforms of an index in its order, each once; of an image the one of its config.
fn platforms(view: &View, config: Option<&ImageConfig>) -> Vec<String> {
    if view.shape != Shape::Index {
        return config.and_then(ImageConfig::platform).iter().filter_map(name).collect();
    }
    let mut seen = HashSet::new();
    view.manifests
        .iter()
        .filter(|child| !child.is_attestation())
        .filter_map(|child| child.platform.as_ref())
        .filter(|platform| seen.insert(*platform))
        .filter_map(name)
        .take(MOST_PLATFORMS)
        .collect()
}

/// A platform as it is written, where it names anything.
fn name(platform: &Platform) -> Option<String> {
    let named = !platform.os.is_empty() || !platform.architecture.is_empty();
    named.then(|| shorten(platform.to_string()))
}
