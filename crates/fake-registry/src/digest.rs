//! What is the digest of these bytes, and is this text a digest?
//!
//! Image specification, descriptor.md, "Digests". Written anew here, so that a misreading elsewhere cannot
//! confirm itself.

use sha2::{Digest as _, Sha256, Sha512};

/// `sha256:` and 64 hex digits.
pub fn sha256(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

/// `sha512:` and 128 hex digits.
pub fn sha512(bytes: &[u8]) -> String {
    format!("sha512:{}", hex(&Sha512::digest(bytes)))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    bytes.iter().flat_map(|&byte| [digit(byte >> 4), digit(byte)]).collect()
}

/// Whether a text is a digest of an algorithm that is computed here.
pub(crate) fn is_known(text: &str) -> bool {
    let digits = match text.split_once(':') {
        Some(("sha256", digits)) if digits.len() == 64 => digits,
        Some(("sha512", digits)) if digits.len() == 128 => digits,
        _ => return false,
    };
    digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The digest of these bytes by the algorithm of another digest.
pub(crate) fn like(other: &str, bytes: &[u8]) -> String {
    if other.starts_with("sha512:") { sha512(bytes) } else { sha256(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_json_object_has_the_digest_of_the_specification() {
        // Image specification, manifest.md, "Guidance for an Empty Descriptor".
        let empty = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        assert_eq!(sha256(b"{}"), empty);
        assert!(is_known(empty));
    }

    #[test]
    fn other_texts_are_no_digests() {
        for text in ["sha256:zz", "latest", "md5:d41d8cd98f00b204e9800998ecf8427e", "sha256:"] {
            assert!(!is_known(text), "{text}");
        }
        assert!(!is_known(&sha256(b"").to_uppercase().replace("SHA256", "sha256")));
    }
}
