//! How was a pasted text understood, and why not?

use oci::pasted::{How, Note, Pasted, Reason, Site, Target};

/// As what a text was understood: `Command docker pull`.
pub fn pasted(pasted: &Pasted) -> String {
    let named = |key: &str, name: &str| crate::text(key, &[("name", &crate::visible(name))]);
    match &pasted.how {
        How::Itself => {
            let kind = match &pasted.target {
                Target::Registry(_) => "registry",
                Target::Digest(_) => "digest",
                Target::Blob(..) => "blob",
                Target::Reference(reference) if reference.tag.is_none() && reference.digest.is_none() => {
                    "repository"
                }
                Target::Reference(_) => "reference",
            };
            crate::text(&format!("pasted.how.itself.{kind}"), &[])
        }
        How::Command(name) => named("pasted.how.command", name),
        How::Instruction(name) => named("pasted.how.instruction", name),
        How::Member(name) => named("pasted.how.member", name),
        How::Page(of) => crate::text("pasted.how.page", &[("site", &site(*of))]),
        How::Protocol => crate::text("pasted.how.protocol", &[]),
        How::Address => crate::text("pasted.how.address", &[]),
        How::Word => crate::text("pasted.how.word", &[]),
    }
}

fn site(site: Site) -> String {
    let name = match site {
        Site::DockerHub => "docker_hub",
        Site::GitHub => "git_hub",
        Site::Quay => "quay",
        Site::Google => "google",
        Site::Amazon => "amazon",
        Site::Microsoft => "microsoft",
        Site::Explorer => "explorer",
    };
    crate::text(&format!("pasted.site.{name}"), &[])
}

/// What was assumed or left out, as a sentence.
pub fn pasted_note(note: &Note) -> String {
    match note {
        Note::DockerHub => crate::text("pasted.note.docker_hub", &[]),
        Note::Others(count) => crate::text("pasted.note.others", &[("count", &count.to_string())]),
        Note::Default { name, value } => {
            let (name, value) = (crate::visible(name), crate::visible(value));
            crate::text("pasted.note.default", &[("name", &name), ("value", &value)])
        }
        Note::SomeVersion => crate::text("pasted.note.some_version", &[]),
        Note::Underscore => crate::text("pasted.note.underscore", &[]),
        Note::Sha256 => crate::text("pasted.note.sha256", &[]),
        Note::NoImage => crate::text("pasted.note.no_image", &[]),
    }
}

/// Why a text could not be read, and what to write instead.
pub fn pasted_reason(reason: &Reason) -> String {
    let with = |key: &str, name: &str, value: &str| crate::text(key, &[(name, &crate::visible(value))]);
    match reason {
        Reason::Empty => crate::text("pasted.reason.empty", &[]),
        Reason::Placeholder(text) => with("pasted.reason.placeholder", "text", text),
        Reason::Scratch => crate::text("pasted.reason.scratch", &[]),
        Reason::Command(command) => with("pasted.reason.command", "command", command),
        Reason::Chart(chart) => with("pasted.reason.chart", "chart", chart),
        Reason::Page(_) => crate::text("pasted.reason.page", &[]),
        Reason::Scheme(scheme) => with("pasted.reason.scheme", "scheme", scheme),
        Reason::Reference(error) => crate::visible(&error.to_string()),
        // Words, and what is added to the reasons: one word at least is no reference.
        _ => crate::text("pasted.reason.words", &[]),
    }
}

#[cfg(test)]
mod tests {
    use oci::pasted::read;

    use super::*;

    #[test]
    fn each_way_has_its_words() {
        let cases = [
            ("ghcr.io/a/b:1", "Reference"),
            ("ghcr.io/a/b", "Repository"),
            ("ghcr.io", "Registry"),
            ("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", "Digest"),
            ("docker pull a/b", "Command docker pull"),
            ("FROM a/b", "Dockerfile line FROM"),
            ("image: a/b", "image: in YAML or JSON"),
            ("https://hub.docker.com/_/debian", "Page of Docker Hub"),
            ("https://github.com/o/r/pkgs/container/n", "Page of GitHub Packages"),
            ("https://quay.io/repository/a/b", "Page of Quay"),
            ("https://console.cloud.google.com/artifacts/docker/p/us/r/i", "Page of Google Cloud"),
            ("https://gallery.ecr.aws/a/b", "Page of Amazon ECR"),
            ("https://mcr.microsoft.com/en-us/artifact/mar/a/about", "Page of Microsoft Artifact Registry"),
            ("https://oci.dag.dev/?repo=a/b", "Page of a registry explorer"),
            ("https://ghcr.io/v2/", "Address of the registry's API"),
            ("https://ghcr.io/a", "Web address of a repository"),
            ("pulled ghcr.io/a/b:1", "Reference found among other words"),
        ];
        for (text, words) in cases {
            assert_eq!(pasted(&read(text).unwrap()), words, "{text}");
        }
    }

    #[test]
    fn each_note_and_reason_is_a_sentence() {
        let notes = [
            Note::DockerHub,
            Note::Others(1),
            Note::Others(2),
            Note::Default { name: "A".to_owned(), value: "b".to_owned() },
            Note::SomeVersion,
            Note::Underscore,
            Note::Sha256,
            Note::NoImage,
        ];
        let reasons = ["", "a:<b>", "FROM scratch", "docker pull", "helm pull a/b", "ftp://a", "a b", "A"]
            .map(|text| read(text).unwrap_err());
        let page = read("https://github.com/").unwrap_err();
        let reasons = reasons.iter().chain([&page]).map(pasted_reason);
        for sentence in notes.iter().map(pasted_note).chain(reasons) {
            assert!(sentence.contains(' ') && !sentence.contains("pasted."), "{sentence}");
            assert!(!sentence.contains('{'), "{sentence}");
        }
    }

    #[test]
    fn what_was_pasted_plays_no_tricks() {
        let reason = read("image: a:${\u{202e}x}").unwrap_err();
        assert_eq!(reason, Reason::Placeholder("${\u{202e}x}".to_owned()));
        assert!(pasted_reason(&reason).starts_with("${‹U+202E›x} stands"), "{}", pasted_reason(&reason));
    }
}
