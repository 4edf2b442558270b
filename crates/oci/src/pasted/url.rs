//! What are the parts of a web address?

/// An address by its parts, decoded.
#[derive(Debug)]
pub(super) struct Address<'a> {
    /// As written.
    pub(super) text: &'a str,
    /// Host and port, in lower case, without a user's name before it.
    pub(super) host: String,
    /// The parts of the path, without empty ones and without what follows a `;`.
    pub(super) path: Vec<String>,
    /// Names and values behind `?`.
    query: Vec<(String, String)>,
}

impl<'a> Address<'a> {
    /// Reads `http://` and `https://`.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        let scheme = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme))?;
        Some(Self::parts_of(text, &text[scheme.len()..]))
    }

    /// Reads an address as browsers show it: without its scheme.
    pub(super) fn without_scheme(text: &'a str) -> Self {
        Self::parts_of(text, text)
    }

    fn parts_of(text: &'a str, rest: &str) -> Self {
        let rest = rest.split('#').next().unwrap_or_default();
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = place.split_once('/').unwrap_or((place, ""));
        let host = authority.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
        let host = host.strip_prefix("www.").map_or(host.clone(), str::to_owned);
        let parts = path.split('/').map(|part| decode(part.split(';').next().unwrap_or_default(), false));
        Self {
            text,
            host,
            path: parts.filter(|part| !part.is_empty()).collect(),
            query: query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (decode(name, true), decode(value, true)))
                .collect(),
        }
    }

    /// The parts of the path.
    pub(super) fn parts(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// The value of a name behind `?`, where it is not empty.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// `%2F` is `/`. What is no UTF-8 then, or no code at all, stays as it is.
fn decode(text: &str, plus_is_space: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |place: usize| after.get(place).and_then(|b| char::from(*b).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                rest = &after[2..];
            }
            (b'+', ..) if plus_is_space => {
                bytes.push(b' ');
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
