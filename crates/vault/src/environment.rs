//! What of the process's environment decides where logins are?

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use crate::{ConfigPlace, Layout, Source};

/// A system, as far as it matters to where logins are kept. A value and no `cfg`, so that each can be tried anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// Linux and the other systems with XDG folders.
    Linux,
    /// Linux inside Windows (WSL): docker's helper there is a program of Windows.
    Wsl,
    /// macOS.
    Macos,
    /// Windows.
    Windows,
}

/// The environment, read once: nothing below looks at the process again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// The system.
    pub platform: Platform,
    /// The user's own folder.
    pub home: Option<PathBuf>,
    /// `REGISTRY_AUTH_FILE` (podman, skopeo, buildah).
    pub registry_auth_file: Option<PathBuf>,
    /// `XDG_RUNTIME_DIR`.
    pub runtime: Option<PathBuf>,
    /// `XDG_CONFIG_HOME`.
    pub config: Option<PathBuf>,
    /// `DOCKER_CONFIG`: the folder, not the file (docker's documentation, "Environment variables").
    pub docker_config: Option<PathBuf>,
    /// The user's number, for `/run/containers/<number>`.
    pub user: Option<u32>,
    /// `PATH`, in which helpers are looked for.
    pub path: OsString,
}

impl Environment {
    /// That of this process.
    pub fn of_process() -> Self {
        let named = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let platform = if cfg!(windows) {
            Platform::Windows
        } else if cfg!(target_os = "macos") {
            Platform::Macos
        } else if env::var_os("WSL_DISTRO_NAME").is_some() {
            Platform::Wsl
        } else {
            Platform::Linux
        };
        Self {
            platform,
            home: named(if cfg!(windows) { "USERPROFILE" } else { "HOME" }),
            registry_auth_file: named("REGISTRY_AUTH_FILE"),
            runtime: named("XDG_RUNTIME_DIR"),
            config: named("XDG_CONFIG_HOME"),
            docker_config: named("DOCKER_CONFIG"),
            user: user(),
            path: env::var_os("PATH").unwrap_or_default(),
        }
    }

    /// The files that may hold logins, in the order in which they are asked: `REGISTRY_AUTH_FILE`, podman's
    /// (containers-auth.json(5)), docker's, and docker's of before 1.7. The same file is there once, at its first place.
    pub fn config_places(&self) -> Vec<ConfigPlace> {
        let mut places: Vec<ConfigPlace> = Vec::new();
        let mut add = |source, path: Option<PathBuf>, layout| {
            if let Some(path) = path
                && !places.iter().any(|place| place.path == path)
            {
                places.push(ConfigPlace { source, path, layout });
            }
        };
        let of_home = |path: &str| self.home.as_ref().map(|home| home.join(path));
        let containers = Path::new("containers").join("auth.json");
        add(Source::RegistryAuthFile, self.registry_auth_file.clone(), Layout::Podman);
        match self.platform {
            Platform::Linux | Platform::Wsl => {
                let runtime = self.runtime.as_ref().map(|runtime| runtime.join(&containers));
                let by_number = || Some(PathBuf::from(format!("/run/containers/{}/auth.json", self.user?)));
                add(Source::PodmanRuntime, runtime.or_else(by_number), Layout::Podman);
            }
            Platform::Macos | Platform::Windows => {
                add(Source::PodmanRuntime, of_home(".config/containers/auth.json"), Layout::Podman);
            }
        }
        let config = self.config.as_ref().map(|config| config.join(&containers));
        add(Source::PodmanConfig, config.or_else(|| of_home(".config/containers/auth.json")), Layout::Podman);
        let docker = self.docker_config.clone().or_else(|| of_home(".docker"));
        add(Source::Docker, docker.map(|folder| folder.join("config.json")), Layout::Docker);
        add(Source::Dockercfg, of_home(".dockercfg"), Layout::Dockercfg);
        places
    }

    /// `PATH` for helpers: [`repaired_path`] of this platform.
    pub(crate) fn helper_path(&self) -> OsString {
        repaired_path(&self.path, self.platform, self.home.as_deref())
    }
}

/// `PATH` with the places where docker's helpers are on macOS. A program that was started from the Dock or the Finder
/// has `/usr/bin:/bin:/usr/sbin:/sbin` and nothing of what a shell adds. They come last: what the user chose wins.
/// Elsewhere it is left as it is.
pub fn repaired_path(path: &OsStr, platform: Platform, home: Option<&Path>) -> OsString {
    if platform != Platform::Macos {
        return path.to_owned();
    }
    let fixed = ["/usr/local/bin", "/opt/homebrew/bin"].map(PathBuf::from).into_iter();
    let own = home.into_iter().flat_map(|home| {
        [".docker/bin", ".orbstack/bin", ".rd/bin"].map(|folder| home.join(folder)).into_iter()
    });
    let docker = PathBuf::from("/Applications/Docker.app/Contents/Resources/bin");
    let mut folders: Vec<PathBuf> = env::split_paths(path).collect();
    for folder in fixed.chain(own).chain([docker]) {
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    env::join_paths(folders).unwrap_or_else(|_| path.to_owned())
}

#[cfg(unix)]
fn user() -> Option<u32> {
    Some(rustix::process::getuid().as_raw())
}

#[cfg(not(unix))]
fn user() -> Option<u32> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(platform: Platform) -> Environment {
        Environment {
            platform,
            home: Some("/home/a".into()),
            registry_auth_file: None,
            runtime: None,
            config: None,
            docker_config: None,
            user: Some(1000),
            path: OsString::new(),
        }
    }

    fn paths(environment: &Environment) -> Vec<(Source, String)> {
        let place = |place: ConfigPlace| (place.source, place.path.to_string_lossy().replace('\\', "/"));
        environment.config_places().into_iter().map(place).collect()
    }

    fn rows(rows: &[(Source, &str)]) -> Vec<(Source, String)> {
        rows.iter().map(|(source, path)| (*source, (*path).to_owned())).collect()
    }

    // containers-auth.json(5) and docker's "docker login", "Default behavior".
    #[test]
    fn linux_asks_podman_by_its_runtime_folder_and_then_docker() {
        let set = Environment {
            registry_auth_file: Some("/x/auth.json".into()),
            runtime: Some("/run/user/1000".into()),
            config: Some("/cfg".into()),
            docker_config: Some("/docker".into()),
            ..bare(Platform::Linux)
        };
        let expected = [
            (Source::RegistryAuthFile, "/x/auth.json"),
            (Source::PodmanRuntime, "/run/user/1000/containers/auth.json"),
            (Source::PodmanConfig, "/cfg/containers/auth.json"),
            (Source::Docker, "/docker/config.json"),
            (Source::Dockercfg, "/home/a/.dockercfg"),
        ];
        assert_eq!(paths(&set), rows(&expected));
        let expected = [
            (Source::PodmanRuntime, "/run/containers/1000/auth.json"),
            (Source::PodmanConfig, "/home/a/.config/containers/auth.json"),
            (Source::Docker, "/home/a/.docker/config.json"),
            (Source::Dockercfg, "/home/a/.dockercfg"),
        ];
        assert_eq!(paths(&bare(Platform::Linux)), rows(&expected));
    }

    #[test]
    fn macos_and_windows_have_podmans_file_below_the_users_folder_once() {
        for platform in [Platform::Macos, Platform::Windows] {
            let expected = [
                (Source::PodmanRuntime, "/home/a/.config/containers/auth.json"),
                (Source::Docker, "/home/a/.docker/config.json"),
                (Source::Dockercfg, "/home/a/.dockercfg"),
            ];
            assert_eq!(paths(&bare(platform)), rows(&expected));
        }
    }

    #[test]
    fn without_a_home_only_what_is_named_is_asked() {
        let homeless = Environment { home: None, user: None, ..bare(Platform::Linux) };
        assert_eq!(homeless.config_places(), []);
    }

    #[cfg(unix)]
    #[test]
    fn a_path_of_the_dock_finds_the_helpers() {
        let of_dock = OsStr::new("/usr/bin:/bin:/usr/sbin:/sbin");
        let home = Path::new("/Users/a");
        let expected = "/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin:/opt/homebrew/bin:/Users/a/.docker/bin:\
                        /Users/a/.orbstack/bin:/Users/a/.rd/bin:/Applications/Docker.app/Contents/Resources/bin";
        assert_eq!(repaired_path(of_dock, Platform::Macos, Some(home)), expected);
        assert_eq!(
            repaired_path(OsStr::new("/opt/homebrew/bin:/bin"), Platform::Macos, None),
            "/opt/homebrew/bin:/bin:/usr/local/bin:/Applications/Docker.app/Contents/Resources/bin"
        );
        assert_eq!(repaired_path(of_dock, Platform::Linux, Some(home)), of_dock);
    }
}
