//! Where in a manifest does something stand, in words?

/// The place of a blob by its JSON pointer: `its layer 2` for `/layers/1`, counted as a person counts; any other
/// place as it is written.
pub fn place(pointer: &str) -> String {
    if pointer == "/config" {
        return crate::text("place.config", &[]);
    }
    match pointer.strip_prefix("/layers/").and_then(|place| place.parse::<u32>().ok()) {
        Some(before) => {
            let number = super::count(u64::from(before) + 1);
            crate::text("place.layer", &[("number", &number)])
        }
        None => crate::visible(pointer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_is_counted_from_one() {
        let cases = [
            ("/config", "its config"),
            ("/layers/0", "its layer 1"),
            ("/layers/1999", "its layer 2,000"),
            ("/layers/4294967295", "its layer 4,294,967,296"),
            ("/layers/x", "/layers/x"),
            ("/layers/0/urls", "/layers/0/urls"),
            ("/blobs/2", "/blobs/2"),
            ("/a\u{202e}b", "/a‹U+202E›b"),
            ("", ""),
        ];
        for (pointer, words) in cases {
            assert_eq!(place(pointer), words, "{pointer}");
        }
    }
}
