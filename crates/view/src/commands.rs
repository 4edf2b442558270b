//! Which commands fetch or show an object with other tools?
//!
//! By the tools' own help and manuals. What a tool cannot do with an object is not offered: docker pulls no chart.
//! Every line is quoted for a shell.

use api::{RegistryEntry, Transport};
use oci::{Digest, Host, Kind, Reference, Tag};

use crate::shell;

/// What the commands are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The object. Its host is the registry's real address: tools know no alias.
    pub reference: Reference,
    /// What it is.
    pub kind: Kind,
    /// Whether it is a list of referrers that clients keep under a tag: it is read, and nothing runs it.
    pub is_list: bool,
    /// Its digest, to which the commands are pinned.
    pub pin: Option<Digest>,
    /// Whether its registry speaks plain http.
    pub plain_http: bool,
}

/// One command to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The tool: `docker`. Beside the name of each tool that is one, `kubernetes` is a line of YAML.
    pub tool: &'static str,
    /// What it does, in words.
    pub does: String,
    /// The line.
    pub line: String,
    /// What it needs to work, in words.
    pub needs: Option<String>,
}

/// Where images of Docker Hub are really fetched, for tools that know no short name of it.
const DOCKER_HUB_API: &str = "registry-1.docker.io";

/// The commands for an object.
pub fn commands(subject: &Subject) -> Vec<Command> {
    let runs = !subject.is_list && matches!(subject.kind, Kind::Image | Kind::Index | Kind::Schema1);
    let mut commands = Vec::new();
    if subject.kind == Kind::HelmChart {
        commands.push(helm(subject, "pull"));
        commands.push(helm(subject, "show chart"));
    }
    if runs {
        commands.extend([docker(subject), podman(subject), nerdctl(subject)]);
    }
    commands.push(crane(subject, "manifest"));
    if runs {
        commands.push(crane(subject, "pull"));
    }
    commands.push(oras(subject, "manifest fetch"));
    if !subject.is_list {
        if !runs {
            commands.push(oras(subject, "pull"));
        }
        commands.push(oras(subject, "discover"));
    }
    commands.push(skopeo_inspect(subject));
    if runs {
        commands.push(skopeo_copy(subject));
    }
    commands.push(regctl(subject));
    if runs {
        commands.push(kubernetes(subject));
    }
    commands
}

impl Subject {
    /// The same at the registry's real address, and as it is reached: tools know neither alias nor our rules. On a
    /// loopback address without a choice plain http is most likely.
    #[must_use]
    pub fn at(self, registry: &RegistryEntry) -> Self {
        let loopback = registry.address.is_loopback() && registry.transport == Transport::Auto;
        let reference = Reference { host: registry.address.clone(), ..self.reference };
        Self { reference, plain_http: loopback || registry.transport == Transport::Http, ..self }
    }

    /// The reference as tools take it. With a digest the tag is left out: skopeo refuses both together.
    fn name(&self) -> String {
        let host = match self.reference.host.as_str() {
            // By docker's rule a name of one word is no registry; with its port it is one.
            host if host.contains(['.', ':']) || host == "localhost" => host.to_owned(),
            host => format!("{host}:{}", if self.plain_http { 80 } else { 443 }),
        };
        format!("{host}/{}{}", self.reference.repository, self.version())
    }

    /// As docker shortens it: on Docker Hub without the registry, official images without `library` too.
    fn short_name(&self) -> String {
        if self.reference.host.as_str() != Host::DOCKER_HUB {
            return self.name();
        }
        let repository = self.reference.repository.as_str();
        format!("{}{}", repository.strip_prefix("library/").unwrap_or(repository), self.version())
    }

    fn version(&self) -> String {
        match (self.pin.as_ref().or(self.reference.digest.as_ref()), &self.reference.tag) {
            (Some(digest), _) => format!("@{digest}"),
            (None, Some(tag)) => format!(":{tag}"),
            (None, None) => ":latest".to_owned(),
        }
    }

    /// A name for a file or directory: the last part of the repository, and the tag.
    fn file_name(&self) -> String {
        let repository = self.reference.repository.as_str();
        let last = repository.rsplit('/').next().unwrap_or(repository);
        let tag = self.reference.tag.as_ref().filter(|_| self.pin.is_none());
        tag.map_or_else(|| last.to_owned(), |tag| format!("{last}-{tag}"))
    }

    fn insecure<'a>(&self, option: &'a str) -> Vec<&'a str> {
        if self.plain_http { vec![option] } else { Vec::new() }
    }
}

fn command(tool: &'static str, does: &str, words: &[&str]) -> Command {
    let does = crate::text(&format!("commands.does.{does}"), &[]);
    Command { tool, does, line: shell::line(words), needs: None }
}

fn needs(key: &str, subject: &Subject) -> Option<String> {
    Some(crate::text(key, &[("registry", subject.reference.host.as_str())]))
}

/// docker's daemon decides about plain http, except on a loopback address.
fn docker(subject: &Subject) -> Command {
    let insecure = subject.plain_http && !subject.reference.host.is_loopback();
    let needs = if insecure { needs("commands.needs.docker_plain", subject) } else { None };
    Command { needs, ..command("docker", "pull", &["docker", "pull", &subject.short_name()]) }
}

fn podman(subject: &Subject) -> Command {
    let mut words = vec!["podman", "pull"];
    words.extend(subject.insecure("--tls-verify=false"));
    let name = subject.name();
    command("podman", "pull", &[words, vec![&name]].concat())
}

fn nerdctl(subject: &Subject) -> Command {
    let mut words = vec!["nerdctl"];
    words.extend(subject.insecure("--insecure-registry"));
    let name = subject.short_name();
    command("nerdctl", "pull", &[words, vec!["pull", &name]].concat())
}

fn crane(subject: &Subject, verb: &str) -> Command {
    let mut words = vec!["crane", verb];
    words.extend(subject.insecure("--insecure"));
    let (name, file) = (subject.name(), format!("{}.tar", subject.file_name()));
    words.push(&name);
    if verb == "pull" {
        words.push(&file);
    }
    command("crane", if verb == "pull" { "save" } else { "manifest" }, &words)
}

fn oras(subject: &Subject, verb: &str) -> Command {
    let mut words = vec!["oras"];
    words.extend(verb.split(' '));
    words.extend(subject.insecure("--plain-http"));
    let name = subject.name();
    words.push(&name);
    let does = match verb {
        "pull" => "files",
        "discover" => "referrers",
        _ => "manifest",
    };
    command("oras", does, &words)
}

fn skopeo_inspect(subject: &Subject) -> Command {
    let mut words = vec!["skopeo", "inspect", "--raw"];
    words.extend(subject.insecure("--tls-verify=false"));
    let name = format!("docker://{}", subject.name());
    words.push(&name);
    command("skopeo", "manifest", &words)
}

fn skopeo_copy(subject: &Subject) -> Command {
    let mut words = vec!["skopeo", "copy", "--all"];
    words.extend(subject.insecure("--src-tls-verify=false"));
    let (name, layout) = (format!("docker://{}", subject.name()), format!("oci:{}", subject.file_name()));
    words.extend([name.as_str(), &layout]);
    command("skopeo", "layout", &words)
}

fn regctl(subject: &Subject) -> Command {
    let name = subject.name();
    let host = format!("reg={},tls=disabled", name.split('/').next().unwrap_or_default());
    let mut words = vec!["regctl", "manifest", "get"];
    if subject.plain_http {
        words.extend(["--host", &host]);
    }
    words.push(&name);
    command("regctl", "manifest", &words)
}

/// A chart's tag is its version, with `_` where the version has a `+`. By digest from Helm 3.18 on.
fn helm(subject: &Subject, verb: &str) -> Command {
    let host = match subject.reference.host.as_str() {
        Host::DOCKER_HUB => DOCKER_HUB_API,
        host => host,
    };
    let chart = format!("oci://{host}/{}", subject.reference.repository);
    let digest = subject.pin.as_ref().or(subject.reference.digest.as_ref());
    let pinned = digest.map(|digest| format!("{chart}@{digest}"));
    let version = subject.reference.tag.as_ref().map(version_of_chart);
    let mut words = vec!["helm"];
    words.extend(verb.split(' '));
    words.extend(subject.insecure("--plain-http"));
    words.push(pinned.as_deref().unwrap_or(&chart));
    if let (None, Some(version)) = (&pinned, &version) {
        words.extend(["--version", version]);
    }
    let does = if verb == "pull" { "chart" } else { "describe" };
    let needs = if pinned.is_some() { needs("commands.needs.helm_digest", subject) } else { None };
    Command { needs, ..command("helm", does, &words) }
}

/// The version of a chart by its tag.
pub fn version_of_chart(tag: &Tag) -> String {
    tag.as_str().replace('_', "+")
}

/// With the registry's name: not every runtime has Docker Hub as its default.
fn kubernetes(subject: &Subject) -> Command {
    let line = format!("image: {}", subject.name());
    let needs = if subject.plain_http { needs("commands.needs.kubernetes_plain", subject) } else { None };
    Command { line, needs, ..command("kubernetes", "yaml", &[]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    fn subject(reference: &str, kind: Kind) -> Subject {
        Subject { reference: reference.parse().unwrap(), kind, is_list: false, pin: None, plain_http: false }
    }

    fn lines(subject: &Subject) -> Vec<String> {
        commands(subject).into_iter().map(|command| command.line).collect()
    }

    #[test]
    fn an_image_of_docker_hub_by_its_short_name() {
        let wanted = [
            "docker pull debian:12",
            "podman pull docker.io/library/debian:12",
            "nerdctl pull debian:12",
            "crane manifest docker.io/library/debian:12",
            "crane pull docker.io/library/debian:12 debian-12.tar",
            "oras manifest fetch docker.io/library/debian:12",
            "oras discover docker.io/library/debian:12",
            "skopeo inspect --raw docker://docker.io/library/debian:12",
            "skopeo copy --all docker://docker.io/library/debian:12 oci:debian-12",
            "regctl manifest get docker.io/library/debian:12",
            "image: docker.io/library/debian:12",
        ];
        assert_eq!(lines(&subject("debian:12", Kind::Image)), wanted);
        assert_eq!(lines(&subject("grafana/grafana", Kind::Index))[0], "docker pull grafana/grafana:latest");
    }

    #[test]
    fn pinned_to_a_digest_the_tag_is_left_out() {
        let pinned = Subject { pin: Some(DIGEST.parse().unwrap()), ..subject("debian:12", Kind::Image) };
        for line in lines(&pinned) {
            assert!(line.contains(&format!("debian@{DIGEST}")), "{line}");
            assert!(!line.contains(":12"), "{line}");
        }
        let by_digest = subject(&format!("ghcr.io/a/b:1@{DIGEST}"), Kind::Image);
        assert_eq!(lines(&by_digest)[0], format!("docker pull ghcr.io/a/b@{DIGEST}"));
    }

    #[test]
    fn a_list_of_referrers_is_read_and_never_pulled() {
        let list = Subject { is_list: true, ..subject("ghcr.io/a/b:sha256-44", Kind::Index) };
        let wanted = [
            "crane manifest ghcr.io/a/b:sha256-44",
            "oras manifest fetch ghcr.io/a/b:sha256-44",
            "skopeo inspect --raw docker://ghcr.io/a/b:sha256-44",
            "regctl manifest get ghcr.io/a/b:sha256-44",
        ];
        assert_eq!(lines(&list), wanted);
    }

    #[test]
    fn plain_http_as_each_tool_wants_it() {
        let plain = Subject { plain_http: true, ..subject("registry.example:5000/a/b:1", Kind::Image) };
        let wanted = [
            "docker pull registry.example:5000/a/b:1",
            "podman pull --tls-verify=false registry.example:5000/a/b:1",
            "nerdctl --insecure-registry pull registry.example:5000/a/b:1",
            "crane manifest --insecure registry.example:5000/a/b:1",
            "crane pull --insecure registry.example:5000/a/b:1 b-1.tar",
            "oras manifest fetch --plain-http registry.example:5000/a/b:1",
            "oras discover --plain-http registry.example:5000/a/b:1",
            "skopeo inspect --raw --tls-verify=false docker://registry.example:5000/a/b:1",
            "skopeo copy --all --src-tls-verify=false docker://registry.example:5000/a/b:1 oci:b-1",
            "regctl manifest get --host reg=registry.example:5000,tls=disabled registry.example:5000/a/b:1",
            "image: registry.example:5000/a/b:1",
        ];
        assert_eq!(lines(&plain), wanted);
        let needs = |subject: &Subject| {
            let all = commands(subject).into_iter();
            all.filter(|command| command.needs.is_some()).map(|command| command.tool).collect::<Vec<_>>()
        };
        assert_eq!(needs(&plain), ["docker", "kubernetes"]);
        let loopback = Subject { plain_http: true, ..subject("127.0.0.1:5000/a:1", Kind::Image) };
        assert_eq!(needs(&loopback), ["kubernetes"], "docker takes plain http on loopback");
        assert_eq!(needs(&subject("ghcr.io/a/b:1", Kind::Image)), [""; 0]);
    }

    #[test]
    fn a_chart_has_a_version() {
        let wanted = [
            "helm pull oci://ghcr.io/charts/x --version 1.2.3+b4",
            "helm show chart oci://ghcr.io/charts/x --version 1.2.3+b4",
            "crane manifest ghcr.io/charts/x:1.2.3_b4",
            "oras manifest fetch ghcr.io/charts/x:1.2.3_b4",
            "oras pull ghcr.io/charts/x:1.2.3_b4",
            "oras discover ghcr.io/charts/x:1.2.3_b4",
            "skopeo inspect --raw docker://ghcr.io/charts/x:1.2.3_b4",
            "regctl manifest get ghcr.io/charts/x:1.2.3_b4",
        ];
        let chart = subject("ghcr.io/charts/x:1.2.3_b4", Kind::HelmChart);
        assert_eq!(lines(&chart), wanted);
        let hub = Subject { plain_http: true, ..subject("bitnamicharts/nginx:1.0.0", Kind::HelmChart) };
        let plain = "helm pull --plain-http oci://registry-1.docker.io/bitnamicharts/nginx --version 1.0.0";
        assert_eq!(lines(&hub)[0], plain);
        let pinned = Subject { pin: Some(DIGEST.parse().unwrap()), ..chart };
        assert_eq!(lines(&pinned)[0], format!("helm pull oci://ghcr.io/charts/x@{DIGEST}"));
        assert!(commands(&pinned)[0].needs.as_deref().is_some_and(|needs| needs.contains("3.18")));
    }

    #[test]
    fn what_no_runtime_takes_is_not_offered_to_one() {
        for kind in [Kind::Spdx, Kind::CosignSignature, Kind::Wasm, Kind::Artifact, Kind::Unknown] {
            let tools: Vec<_> =
                commands(&subject("ghcr.io/a/b:1", kind)).into_iter().map(|command| command.tool).collect();
            assert_eq!(tools, ["crane", "oras", "oras", "oras", "skopeo", "regctl"]);
        }
    }

    #[test]
    fn a_registry_of_one_word_has_its_port() {
        let one_word = subject("//desk/a:1", Kind::Image);
        assert_eq!(lines(&one_word)[0], "docker pull desk:443/a:1");
        assert_eq!(lines(&Subject { plain_http: true, ..one_word })[0], "docker pull desk:80/a:1");
    }

    #[test]
    fn an_alias_is_no_address() {
        let entry = |address: &str, transport| RegistryEntry {
            name: "lab".parse().unwrap(),
            address: address.parse().unwrap(),
            transport,
            kind: api::RegistryKind::Added,
            about: String::new(),
        };
        let line = |entry: &RegistryEntry| lines(&subject("//lab/a:1", Kind::Image).at(entry))[1].clone();
        assert_eq!(
            line(&entry("127.0.0.1:5000", Transport::Auto)),
            "podman pull --tls-verify=false 127.0.0.1:5000/a:1"
        );
        assert_eq!(line(&entry("127.0.0.1:5000", Transport::Https)), "podman pull 127.0.0.1:5000/a:1");
        assert_eq!(line(&entry("ghcr.io", Transport::Auto)), "podman pull ghcr.io/a:1");
        assert_eq!(
            line(&entry("r.example", Transport::Http)),
            "podman pull --tls-verify=false r.example/a:1"
        );
    }

    #[test]
    fn each_command_has_its_words() {
        let plain = Subject { plain_http: true, ..subject("registry.example/a:1", Kind::Image) };
        let chart = Subject { pin: Some(DIGEST.parse().unwrap()), ..subject("a/b:1", Kind::HelmChart) };
        for command in commands(&plain).into_iter().chain(commands(&chart)) {
            let needs = command.needs.unwrap_or_else(|| "a b".to_owned());
            for words in [&command.does, &needs] {
                assert!(words.contains(' ') && !words.starts_with("commands."), "{words}");
            }
        }
    }
}
