//! Which repositories and tags are there, page by page?
//!
//! A page is asked for when somebody waits for it, and not before: whoever reads slowly slows the requests down, and
//! whoever drops the stream ends them.

use std::sync::Arc;

use api::{Error, ListRepositories, ListTags, RepositoryBatch, TagBatch};
use futures_util::{Stream, StreamExt, stream, stream::BoxStream};
use oci::Host;
use registry::NamesPage;

use crate::{Shared, error};

type Pages = BoxStream<'static, Result<NamesPage, registry::Error>>;

pub(crate) fn repositories(
    shared: Arc<Shared>,
    request: ListRepositories,
) -> impl Stream<Item = Result<RepositoryBatch, Error>> + Send + 'static {
    let pages = shared.known.endpoint(&request.registry).map(|at| shared.client.repositories(&at));
    one_by_one(shared, request.registry, pages, error::told_of_catalog).map(|page| {
        page.map(|page| RepositoryBatch {
            repositories: page.names,
            page: page.page,
            complete: page.complete,
            findings: page.findings,
        })
    })
}

pub(crate) fn tags(
    shared: Arc<Shared>,
    request: ListTags,
) -> impl Stream<Item = Result<TagBatch, Error>> + Send + 'static {
    let pages =
        shared.known.endpoint(&request.registry).map(|at| shared.client.tags(&at, &request.repository));
    one_by_one(shared, request.registry, pages, error::told).map(|page| {
        page.map(|page| TagBatch {
            tags: page.names,
            page: page.page,
            complete: page.complete,
            findings: page.findings,
        })
    })
}

/// Each page in its turn. A turn lasts for one page only, so a list that nobody reads holds nobody up. A registry that
/// is removed meanwhile is not asked for its next page.
fn one_by_one(
    shared: Arc<Shared>,
    registry: Host,
    pages: Result<Pages, Error>,
    told: fn(registry::Error) -> Error,
) -> impl Stream<Item = Result<NamesPage, Error>> + Send + 'static {
    stream::unfold(Some(pages), move |pages| {
        let (shared, registry) = (shared.clone(), registry.clone());
        async move {
            let mut pages = match pages? {
                Ok(pages) => pages,
                Err(error) => return Some((Err(error), None)),
            };
            if let Err(error) = shared.known.endpoint(&registry) {
                return Some((Err(error), None));
            }
            let _turn = shared.limit.turn().await;
            match pages.next().await? {
                Ok(page) => Some((Ok(page), Some(Ok(pages)))),
                Err(error) => Some((Err(told(error)), None)),
            }
        }
    })
}
