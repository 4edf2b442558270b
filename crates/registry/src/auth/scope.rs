//! What is asked of a token server: never more than reading needs.

use oci::RepositoryName;

/// What an operation needs (distribution documentation, "Docker Registry Token Scope and Access").
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Nothing: `GET /v2/`.
    None,
    /// Reading one repository.
    Pull(RepositoryName),
    /// Listing repositories.
    Catalog,
}

impl Scope {
    /// The texts for the `scope` parameters, of the operation itself: a challenge may name a placeholder (A-U2).
    pub(crate) fn texts(&self) -> Vec<String> {
        match self {
            Self::None => Vec::new(),
            Self::Pull(repository) => vec![format!("repository:{repository}:pull")],
            Self::Catalog => vec!["registry:catalog:*".to_owned()],
        }
    }
}

/// The scopes of a challenge, split at spaces, and of each only what reading needs (A-U1, A-U3). A name may hold
/// colons (A-U7). At most 8.
pub(crate) fn of_challenge(scope: &str) -> Vec<String> {
    scope
        .split_ascii_whitespace()
        .filter_map(|text| {
            let (resource, actions) = text.rsplit_once(':')?;
            let (kind, name) = resource.split_once(':')?;
            match kind {
                "registry" if name == "catalog" => Some("registry:catalog:*".to_owned()),
                _ if kind.starts_with("repository") && actions.split(',').any(|action| action == "pull") => {
                    Some(format!("{resource}:pull"))
                }
                _ => None,
            }
        })
        .take(8)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_split_and_cut_down_to_reading() {
        assert_eq!(
            of_challenge("repository:a/b:pull,push  repository:host:5000/c:push,pull registry:catalog:*"),
            ["repository:a/b:pull", "repository:host:5000/c:pull", "registry:catalog:*"]
        );
        assert!(of_challenge("repository:a:push junk a:b :: ").is_empty());
    }

    #[test]
    fn the_own_scope_is_that_of_the_operation() {
        assert_eq!(Scope::Pull("a/b".parse().unwrap()).texts(), ["repository:a/b:pull"]);
        assert_eq!(Scope::Catalog.texts(), ["registry:catalog:*"]);
        assert!(Scope::None.texts().is_empty());
    }
}
