//! How is a digest named in short?

use oci::Digest;

/// The first eight characters behind the colon, split 4 + 4: `4413 6fa3`. It stands beside the glyph, which is made
/// of other bytes; actions compare whole digests.
pub fn short_digest(digest: &Digest) -> String {
    // ASCII by its grammar, so that bytes are characters.
    let short = digest.encoded().get(..8).unwrap_or(digest.encoded());
    match short.split_at_checked(4) {
        Some((first, second)) if !second.is_empty() => format!("{first} {second}"),
        _ => short.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_and_four() {
        let cases = [
            ("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", "4413 6fa3"),
            ("md5:d41d8c", "d41d 8c"),
            ("md5:d41d", "d41d"),
            ("x:y", "y"),
        ];
        for (digest, short) in cases {
            assert_eq!(short_digest(&digest.parse().unwrap()), short);
        }
    }
}
