//! What is an object called where there is no room for all of its reference?

use oci::Reference;

use super::short_digest;

/// `demo/app:1.2.0`, or `demo/app@4413 6fa3`: without the registry.
pub fn whole_name(reference: &Reference) -> String {
    named(reference.repository.as_str(), reference)
}

/// `app:1.2.0`, or `app@4413 6fa3`: without the registry and the namespace.
pub fn last_name(reference: &Reference) -> String {
    named(reference.repository.as_str().rsplit('/').next().unwrap_or_default(), reference)
}

fn named(name: &str, Reference { tag, digest, .. }: &Reference) -> String {
    match (tag, digest) {
        (Some(tag), _) => format!("{name}:{tag}"),
        (None, Some(digest)) => format!("{name}@{}", short_digest(digest)),
        (None, None) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_goes_before_the_digest() {
        let digest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        for (reference, whole, last) in [
            ("ghcr.io/acme/team/app:1.2.0".to_owned(), "acme/team/app:1.2.0", "app:1.2.0"),
            (format!("ghcr.io/acme/app:1@{digest}"), "acme/app:1", "app:1"),
            (format!("ghcr.io/acme/app@{digest}"), "acme/app@4413 6fa3", "app@4413 6fa3"),
            ("ghcr.io/app".to_owned(), "app", "app"),
        ] {
            let reference: Reference = reference.parse().expect("a reference");
            assert_eq!(whole_name(&reference), whole);
            assert_eq!(last_name(&reference), last);
        }
    }
}
