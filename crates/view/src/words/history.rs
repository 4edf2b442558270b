//! Which line of a Dockerfile made this step?
//!
//! Builders write what they ran: `/bin/sh -c #(nop)  CMD ["sh"]`, `RUN /bin/sh -c make # buildkit`. Shown is the line
//! that a person wrote, as far as it can be told; what no builder wrote stays as it is.

/// One step of an image's history, as a line of a Dockerfile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Instruction {
    /// The instruction, such as `RUN`; empty where it is none of a Dockerfile.
    pub word: String,
    /// What stands behind it.
    pub text: String,
    /// The build arguments that it ran with, as `NAME=value` in a row; mostly empty.
    pub arguments: String,
}

/// Instructions of a Dockerfile (Dockerfile reference).
const WORDS: [&str; 18] = [
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// Reads `created_by` of a step.
pub fn history(created_by: &str) -> Instruction {
    let line = created_by.trim();
    let line = line.strip_suffix("# buildkit").map_or(line, str::trim_end);
    match first_word(line) {
        Some(("RUN", rest)) => {
            let (arguments, rest) = build_arguments(rest);
            Instruction {
                word: "RUN".to_owned(),
                text: one_line(after_shell(rest).unwrap_or(rest)),
                arguments: arguments.to_owned(),
            }
        }
        Some((word, rest)) => {
            Instruction { word: word.to_owned(), text: one_line(rest), ..Instruction::default() }
        }
        // Docker's builder of before BuildKit writes the shell first.
        None => {
            let (arguments, rest) = build_arguments(line);
            let Some(command) = after_shell(rest) else {
                return Instruction { text: one_line(line), ..Instruction::default() };
            };
            let Some(nop) = command.strip_prefix("#(nop)").map(str::trim) else {
                let arguments = arguments.to_owned();
                return Instruction { word: "RUN".to_owned(), text: one_line(command), arguments };
            };
            let (word, text) = first_word(nop).unwrap_or(("", nop));
            Instruction { word: word.to_owned(), text: one_line(text), ..Instruction::default() }
        }
    }
}

/// The instruction at the start of a line, and the rest.
fn first_word(line: &str) -> Option<(&str, &str)> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    WORDS.contains(&word).then(|| (word, rest.trim_start()))
}

/// `|2 A=1 B=two words /bin/sh -c …`: how many arguments, then these. A value may have spaces, so they end where a
/// shell begins; without one, after as many words.
fn build_arguments(line: &str) -> (&str, &str) {
    let count_and_rest = line.strip_prefix('|').and_then(|rest| rest.split_once(' '));
    let Some((count, rest)) = count_and_rest else { return ("", line) };
    let Ok(count) = count.parse::<usize>() else { return ("", line) };
    let shell = SHELLS.iter().filter_map(|shell| rest.find(&format!("{shell} "))).min();
    let end = shell.or_else(|| match count {
        0 => Some(0),
        _ => rest.match_indices(' ').nth(count - 1).map(|(place, _)| place + 1),
    });
    let (arguments, rest) = rest.split_at(end.unwrap_or(rest.len()));
    (arguments.trim(), rest.trim_start())
}

const SHELLS: [&str; 9] = [
    "/bin/sh",
    "/bin/bash",
    "/bin/ash",
    "/bin/dash",
    "/bin/zsh",
    "/usr/bin/bash",
    "/busybox/sh",
    "cmd",
    "powershell",
];

/// The command behind a shell and its options, up to the one that takes a command: `-c`, `-Command`, `/C`.
fn after_shell(line: &str) -> Option<&str> {
    let after = |shell: &&str| line.strip_prefix(*shell).and_then(|rest| rest.strip_prefix(' '));
    let mut rest = SHELLS.iter().find_map(after)?.trim_start();
    loop {
        let (option, after) = rest.split_once(' ')?;
        rest = after;
        match option {
            "/C" | "/c" | "-Command" => return Some(rest.trim_start()),
            // `-o pipefail`: the next word belongs to it.
            "-o" | "-ExecutionPolicy" => rest = rest.split_once(' ')?.1,
            _ if option.starts_with("--") => {}
            _ if option.starts_with('-') && option.ends_with('c') => return Some(rest.trim_start()),
            _ if option.starts_with('-') && option.ends_with('o') => rest = rest.split_once(' ')?.1,
            _ if option.starts_with(['-', '/']) => {}
            _ => return None,
        }
    }
}

/// Continued lines leave runs of tabs and spaces behind; each is one space here. Line breaks stay.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut after_space = false;
    for c in text.trim().chars() {
        let space = matches!(c, ' ' | '\t');
        if !space {
            line.push(c);
        } else if !after_space {
            line.push(' ');
        }
        after_space = space;
    }
    line
}

/// `RUN make`, without build arguments.
impl std::fmt::Display for Instruction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.word.as_str(), self.text.as_str()) {
            ("", text) => f.write_str(text),
            (word, "") => f.write_str(word),
            (word, text) => write!(f, "{word} {text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_builder_is_read_back() {
        let cases = [
            // Docker's builder: debian:10, and what was built on it.
            (
                "/bin/sh -c #(nop) ADD file:1c2f9fbd1ed8bd5e42f5fd2c0d8bd5a5 in / ",
                "ADD file:1c2f9fbd1ed8bd5e42f5fd2c0d8bd5a5 in /",
            ),
            (r#"/bin/sh -c #(nop)  CMD ["bash"]"#, r#"CMD ["bash"]"#),
            ("/bin/sh -c #(nop)  ENV NGINX_VERSION=1.21.6", "ENV NGINX_VERSION=1.21.6"),
            (
                "/bin/sh -c apt-get update \t&& apt-get install -y\t\t curl",
                "RUN apt-get update && apt-get install -y curl",
            ),
            ("|1 VERSION=1.2 /bin/sh -c make \"$VERSION\"", "RUN make \"$VERSION\""),
            ("/bin/bash -o pipefail -c curl x | sh", "RUN curl x | sh"),
            ("/bin/ash -eo pipefail -c apk add x", "RUN apk add x"),
            ("cmd /S /C #(nop)  ENTRYPOINT [\"app.exe\"]", "ENTRYPOINT [\"app.exe\"]"),
            ("cmd /S /C setx /M PATH x", "RUN setx /M PATH x"),
            (
                "powershell -Command $ErrorActionPreference = 'Stop'; Get-Item x",
                "RUN $ErrorActionPreference = 'Stop'; Get-Item x",
            ),
            // BuildKit.
            ("RUN /bin/sh -c set -eux; make # buildkit", "RUN set -eux; make"),
            ("RUN |2 A=1 B=two words /bin/sh -c make # buildkit", "RUN make"),
            ("RUN |1 A=1 python build.py # buildkit", "RUN python build.py"),
            ("COPY /src /app # buildkit", "COPY /src /app"),
            ("WORKDIR /app", "WORKDIR /app"),
            (r#"CMD ["nginx" "-g" "daemon off;"]"#, r#"CMD ["nginx" "-g" "daemon off;"]"#),
            ("EXPOSE map[80/tcp:{}]", "EXPOSE map[80/tcp:{}]"),
            ("RUN /bin/sh -c <<EOF (apt-get update...) # buildkit", "RUN <<EOF (apt-get update...)"),
            // Other makers: nothing is added.
            ("bazel build //base:base", "bazel build //base:base"),
            (
                "# debian.sh --arch 'amd64' out/ 'bookworm' '@1723420800'",
                "# debian.sh --arch 'amd64' out/ 'bookworm' '@1723420800'",
            ),
            ("ko build ko://example.com/cmd/app", "ko build ko://example.com/cmd/app"),
            ("/bin/sh", "/bin/sh"),
            ("/bin/sh /run.sh", "/bin/sh /run.sh"),
            ("cmdline tool -c x", "cmdline tool -c x"),
            ("RUNNER x", "RUNNER x"),
            ("", ""),
        ];
        for (created_by, line) in cases {
            assert_eq!(history(created_by).to_string(), line, "{created_by:?}");
        }
    }

    #[test]
    fn build_arguments_stand_apart() {
        let cases = [
            ("RUN |2 A=1 B=two words /bin/sh -c make # buildkit", "A=1 B=two words"),
            ("|1 VERSION=1.2 /bin/sh -c make", "VERSION=1.2"),
            ("RUN |1 A=1 python build.py", "A=1"),
            ("RUN |0 /bin/sh -c make", ""),
            ("RUN |x make", ""),
        ];
        for (created_by, arguments) in cases {
            let found = history(created_by);
            assert_eq!((found.word.as_str(), found.arguments.as_str()), ("RUN", arguments), "{created_by}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in r"(RUN |\|[0-9]{1,3} |/bin/sh |-c |#\(nop\) |cmd |/C |ä|x=y |-o ){0,8}") {
            let _ = history(&text).to_string();
        }
    }
}
