//! What does a failure of the client mean to the asker? The only translation of its errors.

use api::{Code, Error, Stage};
use registry::ErrorKind;

use crate::exchanges;

pub(crate) fn told(error: registry::Error) -> Error {
    Error {
        code: code(error.kind),
        message: error.message,
        stage: error.stage.map(stage),
        status: error.status,
        registry_says: error.registry_says,
        retry_after_ms: retry_after_ms(error.kind),
        findings: error.finding.into_iter().map(|finding| *finding).collect(),
        exchanges: exchanges::told(error.exchanges),
    }
}

/// The same for the list of repositories. It is no part of the distribution specification: a registry may bar it and
/// still serve every repository (RG020), so the sentence says what to do instead, and "no such repository" or "no
/// such manifest" can only mean "no such list".
pub(crate) fn told_of_catalog(error: registry::Error) -> Error {
    let mut error = told(error);
    if matches!(error.code, Code::RepositoryNotFound | Code::ManifestNotFound) {
        error.code = Code::Unsupported;
    }
    if matches!(error.code, Code::Unsupported | Code::Denied | Code::AuthNeeded) {
        let fact = error.message.trim_end_matches('.');
        error.message =
            format!("{fact}; many registries do not list their repositories: open one by its name instead.");
    }
    error
}

fn code(kind: ErrorKind) -> Code {
    match kind {
        ErrorKind::AuthNeeded => Code::AuthNeeded,
        ErrorKind::Denied => Code::Denied,
        ErrorKind::LoginFailed => Code::LoginFailed,
        ErrorKind::RepositoryNotFound => Code::RepositoryNotFound,
        ErrorKind::ManifestNotFound => Code::ManifestNotFound,
        ErrorKind::Unsupported => Code::Unsupported,
        ErrorKind::RateLimited { .. } => Code::RateLimited,
        ErrorKind::Unreachable => Code::Unreachable,
        ErrorKind::Tls => Code::Tls,
        ErrorKind::NotARegistry => Code::NotARegistry,
        ErrorKind::BadAnswer => Code::BadAnswer,
        ErrorKind::TooLarge => Code::TooLarge,
        ErrorKind::RegistryFailed => Code::RegistryFailed,
        ErrorKind::BadRequest => Code::BadRequest,
    }
}

fn stage(stage: registry::Stage) -> Stage {
    match stage {
        registry::Stage::Dns => Stage::Dns,
        registry::Stage::Connect => Stage::Connect,
        registry::Stage::Token => Stage::Token,
        registry::Stage::Request => Stage::Request,
        registry::Stage::Body => Stage::Body,
        registry::Stage::Read => Stage::Read,
    }
}

fn retry_after_ms(kind: ErrorKind) -> Option<u64> {
    match kind {
        ErrorKind::RateLimited { retry_after } => {
            retry_after.map(|pause| u64::try_from(pause.as_millis()).unwrap_or(u64::MAX))
        }
        _ => None,
    }
}
