//! How are tags and repositories listed? Sorted, by `n` and `last`, with `Link` to the next page.
//!
//! Distribution specification, "Listing Tags".

use serde_json::json;

use crate::{
    behaviour::{Behaviour, EmptyTags, LastPage, LinkStyle},
    reply::{Refusal, Reply},
    route::{first, percent_encoded},
    store::Content,
};

/// What a list needs to know of the request.
pub(crate) struct Ask<'a> {
    pub(crate) behaviour: &'a Behaviour,
    /// `Host`, for absolute links.
    pub(crate) host: &'a str,
    pub(crate) path: &'a str,
    pub(crate) query: &'a [(String, String)],
}

/// `GET /v2/<name>/tags/list`.
pub(crate) fn tags(ask: &Ask<'_>, content: &Content, name: &str) -> Result<Reply, Refusal> {
    let repository = content.repositories.get(name).filter(|held| held.listed);
    let repository = repository.ok_or_else(|| Refusal::name_unknown(name))?;
    let sorted = repository.tags.keys().map(String::as_str);
    let page = page(ask, ask.behaviour.page_size.tags, sorted)?;
    let nothing = repository.tags.is_empty() && ask.behaviour.empty_tags == EmptyTags::Null;
    let tags = if nothing { json!(null) } else { json!(page.entries) };
    Ok(page.linked(Reply::json(200, &json!({ "name": name, "tags": tags }))))
}

/// `GET /v2/_catalog`.
pub(crate) fn catalog(ask: &Ask<'_>, content: &Content) -> Result<Reply, Refusal> {
    let sorted = content.repositories.iter().filter(|(_, held)| held.listed).map(|(name, _)| name.as_str());
    let page = page(ask, ask.behaviour.page_size.catalog, sorted)?;
    Ok(page.linked(Reply::json(200, &json!({ "repositories": page.entries }))))
}

struct Page {
    entries: Vec<String>,
    link: Option<String>,
}

impl Page {
    fn linked(&self, reply: Reply) -> Reply {
        match &self.link {
            Some(link) => reply.with("link", link),
            None => reply,
        }
    }
}

fn page<'a>(ask: &Ask<'_>, largest: usize, sorted: impl Iterator<Item = &'a str>) -> Result<Page, Refusal> {
    let wanted = match first(ask.query, "n") {
        None => largest,
        Some(text) => match text.parse::<usize>() {
            Ok(0) => return Ok(Page { entries: Vec::new(), link: None }),
            Ok(wanted) => wanted.min(largest),
            Err(_) => {
                let refusal =
                    Refusal::new(400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested");
                return Err(refusal.detail(json!({ "n": text })));
            }
        },
    };
    let last = first(ask.query, "last").unwrap_or_default();
    let mut rest = sorted.filter(|entry| *entry > last || last.is_empty());
    let entries: Vec<String> = rest.by_ref().take(wanted).map(str::to_owned).collect();
    let more = match ask.behaviour.last_page {
        LastPage::NoLink => rest.next().is_some(),
        LastPage::LinkIfFull => entries.len() == wanted,
    };
    let link = entries.last().filter(|_| more).map(|last| {
        let target = format!("{}?last={}&n={wanted}", ask.path, percent_encoded(last));
        link(ask.behaviour.links, ask.host, &target)
    });
    Ok(Page { entries, link })
}

/// A `Link` to the next page (RFC 8288).
pub(crate) fn link(style: LinkStyle, host: &str, target: &str) -> String {
    match style {
        LinkStyle::Relative => format!("<{target}>; rel=\"next\""),
        LinkStyle::Unquoted => format!("<{target}>; rel=next"),
        LinkStyle::Absolute => format!("<http://{host}{target}>; rel=\"next\""),
    }
}
