//! What may a saved file be called, whatever was asked for?
//!
//! Names come from tags, titles and annotations: text of a registry. On the disk of any system a name must be one part
//! of a path, and look like what it is.

/// Bytes of a name. File systems take 255; the program that downloads may add to it.
const LONGEST: usize = 200;
/// Bytes of an ending that is kept when a name is shortened.
const LONGEST_ENDING: usize = 16;

/// Names of devices on Windows, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A name like the one asked for that is good on every system.
pub fn file_name(asked: &str) -> String {
    let plain: String =
        asked.chars().filter(|c| !is_hidden(*c)).map(|c| if is_special(c) { '-' } else { c }).collect();
    // Windows drops dots and spaces at the end; a dot at the beginning hides a file elsewhere.
    let plain = plain.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let mut name = shorten(plain);
    if name.is_empty() {
        "saved".clone_into(&mut name);
    } else if is_device(&name) {
        name.insert(0, '_');
    }
    name
}

/// Separators of paths, streams and wildcards on one system or another; and other white space than a space.
fn is_special(c: char) -> bool {
    matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') || (c.is_whitespace() && c != ' ')
}

/// Control characters, and what is not seen but changes how the rest is read.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|digit| digit.len() == 1 && digit.bytes().all(|it| it.is_ascii_digit()))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// The ending says what a file is: it stays.
fn shorten(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = name.rfind('.').map_or("", |at| &name[at..]);
    let ending = if ending.len() <= LONGEST_ENDING { ending } else { "" };
    let end = name.floor_char_boundary(LONGEST - ending.len());
    format!("{}{ending}", name[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_name_stays() {
        for good in ["chart-0.3.1.tgz", "sha256-0a1b.json", "Bericht für März.pdf", "日本.tar", "a b", "a..b"]
        {
            assert_eq!(file_name(good), good);
        }
    }

    #[test]
    fn no_name_leads_out_of_its_folder() {
        for (asked, name) in [
            ("../../etc/passwd", "-..-etc-passwd"),
            ("/etc/passwd", "-etc-passwd"),
            ("..\\..\\boot.ini", "-..-boot.ini"),
            ("c:evil", "c-evil"),
            ("a\u{2028}b", "ab"),
            ("..", "saved"),
            (".bashrc", "bashrc"),
            ("", "saved"),
            ("\u{0}\u{7}", "saved"),
            ("a\0b\nc", "ab-c"),
            ("file::$DATA", "file--$DATA"),
            ("trailing. . ", "trailing"),
        ] {
            assert_eq!(file_name(asked), name, "{asked:?}");
        }
    }

    /// "invoice<RLO>fdp.exe" is shown as "invoiceexe.pdf".
    #[test]
    fn no_name_looks_like_another() {
        assert_eq!(file_name("invoice\u{202e}fdp.exe"), "invoicefdp.exe");
        assert_eq!(file_name("a\u{200b}\u{2066}b\u{feff}.txt"), "ab.txt");
    }

    #[test]
    fn devices_of_windows_are_no_names() {
        for (asked, name) in [("CON", "_CON"), ("nul.txt", "_nul.txt"), ("Com1.json", "_Com1.json")] {
            assert_eq!(file_name(asked), name);
        }
        assert_eq!(file_name("console.txt"), "console.txt");
        assert_eq!(file_name("com10"), "com10");
    }

    #[test]
    fn a_long_name_is_shortened_before_its_ending() {
        let name = file_name(&format!("{}.json", "ä".repeat(500)));
        assert!(name.len() <= 200 && name.ends_with("ä.json"), "{name}");
        assert!(file_name(&"x".repeat(5_000)).len() == 200);
    }
}
