//! How is it said what a pasted text was understood as, or why it was not?

use oci::pasted::{How, Note, Pasted, Reason, Site, Target};

/// As what kind of text it was understood: `docker run command`, `page of Docker Hub`.
pub fn pasted(pasted: &Pasted) -> String {
    let (key, name) = match &pasted.how {
        How::Itself => match pasted.target {
            Target::Registry(_) => ("ui.omni.how.registry", String::new()),
            Target::Reference(_) => ("ui.omni.how.reference", String::new()),
            Target::Blob(..) | Target::Digest(_) => ("ui.omni.how.digest", String::new()),
        },
        How::Command(words) => ("ui.omni.how.command", crate::visible(words)),
        How::Instruction(name) => ("ui.omni.how.instruction", (*name).to_owned()),
        How::Member(name) => ("ui.omni.how.member", crate::visible(name)),
        How::Page(site) => ("ui.omni.how.page", crate::text(site_name(*site), &[])),
        How::Protocol => ("ui.omni.how.protocol", String::new()),
        How::Address => ("ui.omni.how.address", String::new()),
        How::Word => ("ui.omni.how.word", String::new()),
    };
    crate::text(key, &[("name", &name)])
}

fn site_name(site: Site) -> &'static str {
    match site {
        Site::DockerHub => "ui.omni.site.docker_hub",
        Site::GitHub => "ui.omni.site.github",
        Site::Quay => "ui.omni.site.quay",
        Site::Google => "ui.omni.site.google",
        Site::Amazon => "ui.omni.site.amazon",
        Site::Microsoft => "ui.omni.site.microsoft",
        Site::Explorer => "ui.omni.site.explorer",
    }
}

/// What was assumed, or left out, as a sentence.
pub fn pasted_note(note: &Note) -> String {
    match note {
        Note::DockerHub => crate::text("ui.omni.note.docker_hub", &[]),
        Note::Others(count) => crate::text("ui.omni.note.others", &[("count", &super::count(*count as u64))]),
        Note::Default { name, value } => crate::text(
            "ui.omni.note.default",
            &[("name", &crate::visible(name)), ("value", &crate::visible(value))],
        ),
        Note::SomeVersion => crate::text("ui.omni.note.some_version", &[]),
        Note::Underscore => crate::text("ui.omni.note.underscore", &[]),
        Note::Sha256 => crate::text("ui.omni.note.sha256", &[]),
        Note::NoImage => crate::text("ui.omni.note.no_image", &[]),
    }
}

/// Why a text points to nothing, and what to write instead.
pub fn pasted_reason(reason: &Reason) -> String {
    let (key, name) = match reason {
        Reason::Empty => ("ui.omni.why.words", String::new()),
        Reason::Placeholder(part) => ("ui.omni.why.placeholder", part.clone()),
        Reason::Scratch => ("ui.omni.why.scratch", String::new()),
        Reason::Command(words) => ("ui.omni.why.command", words.clone()),
        Reason::Chart(name) => ("ui.omni.why.chart", name.clone()),
        Reason::Page(address) => ("ui.omni.why.page", address.clone()),
        Reason::Scheme(scheme) => ("ui.omni.why.scheme", scheme.clone()),
        Reason::Words => ("ui.omni.why.words", String::new()),
        Reason::Reference(error) => ("ui.omni.why.reference", error.to_string()),
        _ => ("ui.omni.why.words", String::new()),
    };
    crate::text(key, &[("name", &crate::visible(&name))])
}

#[cfg(test)]
mod tests {
    use oci::pasted::read;

    use super::*;

    #[test]
    fn each_way_has_its_words() {
        let cases = [
            ("ghcr.io/a/b:1", "Reference"),
            ("ghcr.io/a/b", "Reference"),
            ("ghcr.io", "Registry"),
            ("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", "Digest"),
            ("docker pull a/b", "Command docker pull"),
            ("FROM a/b", "Dockerfile, FROM"),
            ("image: a/b", "Value of image"),
            ("https://hub.docker.com/_/debian", "Page of Docker Hub"),
            ("https://github.com/o/r/pkgs/container/n", "Page of GitHub"),
            ("https://quay.io/repository/a/b", "Page of Quay"),
            ("https://console.cloud.google.com/artifacts/docker/p/us/r/i", "Page of Google"),
            ("https://gallery.ecr.aws/a/b", "Page of Amazon"),
            ("https://mcr.microsoft.com/en-us/artifact/mar/a/about", "Page of Microsoft"),
            ("https://oci.dag.dev/?repo=a/b", "Page of a registry explorer"),
            ("https://ghcr.io/v2/", "Address of the registry protocol"),
            ("https://ghcr.io/a", "Address"),
            ("pulled ghcr.io/a/b:1", "Found among other words"),
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
            assert!(sentence.contains(' ') && !sentence.contains("ui.omni"), "{sentence}");
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
