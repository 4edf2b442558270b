//! Which real registries and clients do the tests use, and how are they made?
//!
//! At pinned versions, in the user's cache folder, so that a fresh clone finds them there: the module proxy and
//! checksums of the machine's own Go, and Debian's package of docker-registry, unpacked rather than installed, because
//! its package would start a service.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use crate::{
    command::{find, output, run},
    failure::{Failure, at},
    files, packages, place,
    say::{say, span},
};

/// A program to make.
#[derive(Debug, Clone, Copy)]
struct Peer {
    /// Its name and version: the folder in the cache.
    folder: &'static str,
    program: &'static str,
    source: Source,
}

#[derive(Debug, Clone, Copy)]
enum Source {
    /// A command of a Go module.
    Command { module: &'static str, version: &'static str, package: &'static str },
    /// go-containerregistry's registry is a Go library: six lines make it a program.
    Library { version: &'static str },
    /// Debian's docker-registry.
    Debian,
}

const GGCR: &str = "github.com/google/go-containerregistry";

const PEERS: [Peer; 10] = [
    command(
        "olareg-v0.1.2",
        "olareg",
        "github.com/olareg/olareg",
        "v0.1.2",
        "github.com/olareg/olareg/cmd/olareg",
    ),
    Peer {
        folder: "ggcr-registry-v0.21.5",
        program: "registry",
        source: Source::Library { version: "v0.21.5" },
    },
    Peer {
        folder: "ggcr-registry-v0.22.1",
        program: "registry",
        source: Source::Library { version: "v0.22.1" },
    },
    command(
        "token-server-2.8.3",
        "token-server",
        "github.com/docker/distribution",
        "v2.8.3+incompatible",
        "github.com/docker/distribution/contrib/token-server",
    ),
    command("crane-v0.22.1", "crane", GGCR, "v0.22.1", "github.com/google/go-containerregistry/cmd/crane"),
    command("oras-v1.2.0", "oras", "oras.land/oras", "v1.2.0", "oras.land/oras/cmd/oras"),
    command("oras-v1.3.3", "oras", "oras.land/oras", "v1.3.3", "oras.land/oras/cmd/oras"),
    command(
        "regctl-v0.11.7",
        "regctl",
        "github.com/regclient/regclient",
        "v0.11.7",
        "github.com/regclient/regclient/cmd/regctl",
    ),
    command(
        "distribution-v3.1.2",
        "registry",
        "github.com/distribution/distribution/v3",
        "v3.1.2",
        "github.com/distribution/distribution/v3/cmd/registry",
    ),
    Peer { folder: "docker-registry-2.8.2", program: "docker-registry", source: Source::Debian },
];

const fn command(
    folder: &'static str,
    program: &'static str,
    module: &'static str,
    version: &'static str,
    package: &'static str,
) -> Peer {
    Peer { folder, program, source: Source::Command { module, version, package } }
}

/// The registry with its referrers API, on the address of its one argument.
const MAIN: &str = r#"package main

import (
	"log"
	"net/http"
	"os"

	"github.com/google/go-containerregistry/pkg/registry"
)

func main() {
	log.Fatal(http.ListenAndServe(os.Args[1], registry.New(registry.WithReferrersSupport(true))))
}
"#;

/// Makes what is missing. A failure names all that could not be made.
pub(crate) fn make() -> Result<(), Failure> {
    let cache = place::cache().join("peers");
    let missing: Vec<Peer> =
        PEERS.into_iter().filter(|peer| !cache.join(peer.folder).join(peer.program).is_file()).collect();
    if missing.is_empty() {
        say(&format!("All {} are in {}.", PEERS.len(), cache.display()));
        return Ok(());
    }
    let mut failed = Vec::new();
    for (number, peer) in missing.iter().enumerate() {
        say(&format!("{}/{} {}…", number + 1, missing.len(), peer.folder));
        let start = Instant::now();
        match peer.make(&cache) {
            Ok(()) => say(&format!("    {}", span(start.elapsed()))),
            Err(failure) => failed.push(format!("{}: {}", peer.folder, failure.sentence())),
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("These could not be made:\n{}", failed.join("\n"))))
}

impl Peer {
    /// Makes the program in a folder beside its place, then moves it there.
    fn make(self, cache: &Path) -> Result<(), Failure> {
        let work = cache.join(format!(".{}-{}", self.folder, std::process::id()));
        files::fresh(&work)?;
        let made = self.build(&work).and_then(|program| {
            let finished = work.join("finished");
            fs::create_dir_all(&finished).map_err(at(&finished))?;
            fs::rename(&program, finished.join(self.program)).map_err(at(&program))?;
            files::replace(&cache.join(self.folder), &finished)
        });
        files::remove(&work).map_err(at(&work))?;
        made
    }

    fn build(self, work: &Path) -> Result<PathBuf, Failure> {
        match self.source {
            Source::Command { module, version, package } => {
                // `go install package@version` refuses modules with replacements or deprecations: a module of our
                // own that requires them does not.
                let tools = format!("//go:build tools\n\npackage tools\n\nimport _ \"{package}\"\n");
                go(work, module, version, ("tools.go", &tools), package)
            }
            Source::Library { version } => go(work, GGCR, version, ("main.go", MAIN), "."),
            Source::Debian => unpack(work),
        }
    }
}

fn go(
    work: &Path,
    module: &str,
    version: &str,
    (name, text): (&str, &str),
    package: &str,
) -> Result<PathBuf, Failure> {
    let Some(go) = find("go") else {
        return Err(Failure::new("Go is missing (1.25 or newer)."));
    };
    let definition = format!("module peers\n\ngo 1.25\n\nrequire {module} {version}\n");
    fs::write(work.join("go.mod"), definition).map_err(at(work))?;
    fs::write(work.join(name), text).map_err(at(work))?;
    let mut command = Command::new(go);
    command.current_dir(work).env("GOWORK", "off");
    command.args(["build", "-mod=mod", "-trimpath", "-ldflags", "-s -w", "-o", "program", package]);
    output(&mut command)?;
    Ok(work.join("program"))
}

fn unpack(work: &Path) -> Result<PathBuf, Failure> {
    if find("apt-get").is_none() || find("dpkg").is_none() {
        return Err(Failure::new("apt-get and dpkg are missing: it is taken from Debian's package."));
    }
    let download = || {
        // As root, apt would drop to a user that may not write here; and it need not.
        let mut command = packages::apt(None);
        command.current_dir(work).args(["-o", "APT::Sandbox::User=root", "download", "docker-registry"]);
        output(&mut command)
    };
    if download().is_err() {
        // The lists of a fresh machine are empty. Without the right to fetch them, the second try says why.
        let _ = run(packages::apt(None).args(["update", "--quiet"]));
        download()?;
    }
    let package = files::under(work)?.into_iter().find(|path| path.extension().is_some_and(|it| it == "deb"));
    let package = package.ok_or_else(|| Failure::new("apt-get downloaded no package."))?;
    let files = work.join("files");
    output(Command::new("dpkg").arg("-x").arg(package).arg(&files))?;
    Ok(files.join("usr/bin/docker-registry"))
}
