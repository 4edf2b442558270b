//! How is a command written so that a shell reads it back as it was?
//!
//! POSIX, Shell Command Language, 2.2 Quoting: between single quotes every character stands for itself.

use oci::ImageConfig;

/// One argument, in quotes where a shell would read it otherwise.
pub fn quote(argument: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_@%+=:,./-".contains(&b);
    if !argument.is_empty() && argument.bytes().all(plain) {
        argument.to_owned()
    } else {
        format!("'{}'", argument.replace('\'', r"'\''"))
    }
}

/// A command and its arguments as one line. A command with a `=` is quoted: it would be an assignment.
pub fn line<T: AsRef<str>>(arguments: &[T]) -> String {
    let words = arguments.iter().enumerate().map(|(place, argument)| {
        let argument = argument.as_ref();
        let word = quote(argument);
        if place == 0 && word.contains('=') && !word.starts_with('\'') { format!("'{word}'") } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What a container of an image runs: its entry point and behind it its command. `None` where it names neither.
pub fn command(config: &ImageConfig) -> Option<String> {
    let run = &config.run;
    let parts = || run.entrypoint.iter().flatten().chain(run.cmd.iter().flatten());
    let arguments: Vec<&String> = parts().collect();
    if arguments.is_empty() {
        return None;
    }
    // On Windows ArgsEscaped says that what stands there is already quoted, in that system's own way.
    let quoted = run.args_escaped && config.os.as_deref() == Some("windows");
    Some(if quoted { parts().map(String::as_str).collect::<Vec<_>>().join(" ") } else { line(&arguments) })
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;

    use super::*;

    /// What a real shell makes of a line: its arguments.
    fn read_by_sh(line: &str) -> Vec<String> {
        let script = format!(r#"count() {{ for a in "$@"; do printf '%s\0' "$a"; done; }}; count {line}"#);
        let answer = Command::new("sh").args(["-c", &script]).output().unwrap();
        assert!(answer.status.success(), "{line}: {}", String::from_utf8_lossy(&answer.stderr));
        let text = String::from_utf8(answer.stdout).unwrap();
        text.split_terminator('\0').map(str::to_owned).collect()
    }

    #[test]
    fn only_what_needs_quotes_has_them() {
        let cases = [
            (&["nginx", "-g", "daemon off;"] as &[&str], "nginx -g 'daemon off;'"),
            (&["/bin/sh", "-c", "echo $HOME"], "/bin/sh -c 'echo $HOME'"),
            (&["echo", "it's"], r"echo 'it'\''s'"),
            (&["echo", ""], "echo ''"),
            (&["A=b", "C=d"], "'A=b' C=d"),
            (&["~", "*", "#", "a b"], "'~' '*' '#' 'a b'"),
        ];
        for (arguments, wanted) in cases {
            assert_eq!(line(arguments), wanted);
        }
    }

    #[test]
    fn the_entry_point_stands_before_the_command() {
        let command_of = |text: &str| command(&ImageConfig::read(text.as_bytes()));
        let both =
            r#"{"config":{"Entrypoint":["/docker-entrypoint.sh"],"Cmd":["nginx","-g","daemon off;"]}}"#;
        assert_eq!(command_of(both).unwrap(), "/docker-entrypoint.sh nginx -g 'daemon off;'");
        assert_eq!(command_of(r#"{"config":{"Entrypoint":null,"Cmd":["bash"]}}"#).unwrap(), "bash");
        assert_eq!(command_of(r#"{"config":{"Entrypoint":[],"Cmd":[]}}"#), None);
        assert_eq!(command_of("{}"), None);
        let windows = r#"{"os":"windows","config":{"ArgsEscaped":true,"Cmd":["cmd /S /C \"echo hi\""]}}"#;
        assert_eq!(command_of(windows).unwrap(), r#"cmd /S /C "echo hi""#);
        // Elsewhere old builders set the field, and it means nothing.
        let linux = r#"{"os":"linux","config":{"ArgsEscaped":true,"Cmd":["/bin/sh","-c","a b"]}}"#;
        assert_eq!(command_of(linux).unwrap(), "/bin/sh -c 'a b'");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn a_shell_reads_back_what_was_written(arguments in proptest::collection::vec("[^\0]{0,12}", 1..5)) {
            prop_assert_eq!(read_by_sh(&line(&arguments)), arguments);
        }
    }
}
