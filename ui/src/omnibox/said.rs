//! How is it said what a text was understood as, or why it was not?

use oci::pasted::{How, Note, Pasted, Reason, Site, Target};

/// As what kind of text it was understood: `docker run command`, `page of Docker Hub`.
pub(super) fn how(pasted: &Pasted) -> String {
    let (key, name) = match &pasted.how {
        How::Itself => match pasted.target {
            Target::Registry(_) => ("ui.omni.how.registry", String::new()),
            Target::Reference(_) => ("ui.omni.how.reference", String::new()),
            Target::Blob(..) | Target::Digest(_) => ("ui.omni.how.digest", String::new()),
        },
        How::Command(words) => ("ui.omni.how.command", view::visible(words)),
        How::Instruction(name) => ("ui.omni.how.instruction", (*name).to_owned()),
        How::Member(name) => ("ui.omni.how.member", view::visible(name)),
        How::Page(site) => ("ui.omni.how.page", view::text(site_name(*site), &[])),
        How::Protocol => ("ui.omni.how.protocol", String::new()),
        How::Address => ("ui.omni.how.address", String::new()),
        How::Word => ("ui.omni.how.word", String::new()),
    };
    view::text(key, &[("name", &name)])
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
pub(super) fn note(note: &Note) -> String {
    match note {
        Note::DockerHub => view::text("ui.omni.note.docker_hub", &[]),
        Note::Others(count) => {
            view::text("ui.omni.note.others", &[("count", &view::words::count(*count as u64))])
        }
        Note::Default { name, value } => view::text(
            "ui.omni.note.default",
            &[("name", &view::visible(name)), ("value", &view::visible(value))],
        ),
        Note::SomeVersion => view::text("ui.omni.note.some_version", &[]),
        Note::Underscore => view::text("ui.omni.note.underscore", &[]),
        Note::Sha256 => view::text("ui.omni.note.sha256", &[]),
        Note::NoImage => view::text("ui.omni.note.no_image", &[]),
    }
}

/// Why a text points to nothing, and what to write instead.
pub(super) fn reason(reason: &Reason) -> String {
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
    view::text(key, &[("name", &view::visible(&name))])
}
