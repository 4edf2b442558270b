//! What does the query of an address say of a screen?
//!
//! Read and written here alone, percent-encoded: the router's own map decodes twice, so that `100%25` would not
//! survive it.

/// What is shown of a screen, beyond which screen it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Query {
    /// `sel`: the selected tag of a list, or the open blob of an object, by its digest.
    pub(crate) selected: Option<String>,
    /// `q`: the filter of a list.
    pub(crate) filter: Option<String>,
    /// `platform`: the platform of an index, as [`oci::Platform`] is written.
    pub(crate) platform: Option<String>,
    /// `ptr`: a JSON pointer into the manifest.
    pub(crate) pointer: Option<String>,
    /// `in`: the digest of the manifest that names a blob, which alone says what the blob is.
    pub(crate) within: Option<String>,
}

impl Query {
    /// Reads what stands behind the `?`; names that mean nothing here are passed over, of two the first counts.
    pub(crate) fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for part in text.trim_start_matches('?').split('&') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let field = match name {
                "sel" => &mut query.selected,
                "q" => &mut query.filter,
                "platform" => &mut query.platform,
                "ptr" => &mut query.pointer,
                "in" => &mut query.within,
                _ => continue,
            };
            if field.is_none() {
                *field = Some(decode(value));
            }
        }
        query
    }

    /// `?platform=linux/arm64&ptr=/layers/3`, or nothing where there is nothing to say.
    pub(crate) fn text(&self) -> String {
        let parts = [
            ("sel", &self.selected),
            ("q", &self.filter),
            ("platform", &self.platform),
            ("ptr", &self.pointer),
            ("in", &self.within),
        ];
        let mut text = String::new();
        for (name, value) in parts {
            let Some(value) = value else { continue };
            text.push(if text.is_empty() { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            text.push_str(&encode(value));
        }
        text
    }
}

/// Percent-encodes all but what a query may hold as it is and people read: `/`, `:`, `@` and `,`.
fn encode(value: &str) -> String {
    let text: String = js_sys::encode_uri_component(value).into();
    text.replace("%2F", "/").replace("%3A", ":").replace("%40", "@").replace("%2C", ",")
}

/// Takes the encoding away, `+` for a space included; text that is no such encoding stays as it is.
fn decode(value: &str) -> String {
    let spaced = value.replace('+', " ");
    js_sys::decode_uri_component(&spaced).ok().and_then(|text| text.as_string()).unwrap_or(spaced)
}
