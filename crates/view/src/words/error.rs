//! What went wrong, and what may one try?

use api::Code;

/// The heading of an error: what it is.
pub fn error_title(code: Code) -> String {
    crate::text(&format!("ui.shared.error.{}.title", error_name(code)), &[])
}

/// What to try after an error.
pub fn error_advice(code: Code) -> String {
    crate::text(&format!("ui.shared.error.{}.try", error_name(code)), &[])
}

/// The name of an error's code, as on the wire.
pub fn error_name(code: Code) -> &'static str {
    match code {
        Code::AuthNeeded => "auth_needed",
        Code::Denied => "denied",
        Code::LoginFailed => "login_failed",
        Code::RepositoryNotFound => "repository_not_found",
        Code::ManifestNotFound => "manifest_not_found",
        Code::Unsupported => "unsupported",
        Code::RateLimited => "rate_limited",
        Code::Unreachable => "unreachable",
        Code::Tls => "tls",
        Code::NotARegistry => "not_a_registry",
        Code::BadAnswer => "bad_answer",
        Code::TooLarge => "too_large",
        Code::RegistryFailed => "registry_failed",
        Code::NotAdded => "not_added",
        Code::BadRequest => "bad_request",
        Code::Disk => "disk",
        Code::HostGone => "host_gone",
        Code::Internal => "internal",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Code; 18] = [
        Code::AuthNeeded,
        Code::Denied,
        Code::LoginFailed,
        Code::RepositoryNotFound,
        Code::ManifestNotFound,
        Code::Unsupported,
        Code::RateLimited,
        Code::Unreachable,
        Code::Tls,
        Code::NotARegistry,
        Code::BadAnswer,
        Code::TooLarge,
        Code::RegistryFailed,
        Code::NotAdded,
        Code::BadRequest,
        Code::Disk,
        Code::HostGone,
        Code::Internal,
    ];

    #[test]
    fn each_error_has_a_heading_and_an_advice() {
        let mut titles = std::collections::HashSet::new();
        for code in ALL {
            let wire = serde_json::to_value(code).unwrap();
            assert_eq!(wire, error_name(code), "the name is that of the wire");
            for words in [error_title(code), error_advice(code)] {
                assert!(!words.contains("ui.shared.error"), "{code:?} has no words: {words}");
            }
            assert!(titles.insert(error_title(code)), "{code:?} has the heading of another error");
        }
    }
}
