//! What does percent-encoded text say, and how is it written? (RFC 3986, 2.1.)

/// Decodes it; `None` where that makes no text.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        decoded.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(decoded).ok()
}

/// Encodes the bytes that may not stand as they are.
pub(crate) fn encode(text: &str, may_stand: impl Fn(u8) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii() && may_stand(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_two_digits() {
        assert_eq!(decode("a%20b%2Fc").as_deref(), Some("a b/c"));
        assert_eq!(decode("%E2%82%AC+").as_deref(), Some("€+"));
        for none in ["%", "%2", "%zz", "%ff", "%C3"] {
            assert_eq!(decode(none), None, "{none}");
        }
        let letters = |byte: u8| byte.is_ascii_alphabetic();
        assert_eq!(encode("a b/\u{20ac}", letters), "a%20b%2F%E2%82%AC");
    }
}
