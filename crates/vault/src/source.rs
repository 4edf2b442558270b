//! Which sources of logins are there, and in which order are they asked?

/// A source of logins. Their order is the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Given to the app for this session only.
    Session,
    /// Given to the app and kept in the system's keyring.
    Keyring,
    /// The file that `REGISTRY_AUTH_FILE` names.
    RegistryAuthFile,
    /// podman's file: on Linux the one that ends with the session.
    PodmanRuntime,
    /// podman's file below the user's configuration, which stays.
    PodmanConfig,
    /// docker's `config.json`.
    Docker,
    /// docker's file of before version 1.7.
    Dockercfg,
}
