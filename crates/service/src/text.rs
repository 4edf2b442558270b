//! How much of a registry's text does a row, or the settings, hold?

/// Bytes that are held at most.
const LONGEST: usize = 256;

/// At most so much, cut between characters, with `…` where something is missing.
pub(crate) fn shorten(mut text: String) -> String {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST - '…'.len_utf8()));
        text.push('…');
    }
    text
}
