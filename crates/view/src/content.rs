//! How is a small blob shown?
//!
//! By its bytes first: what is no text is shown as bytes, whatever its type says. Nothing is ever run or rendered as
//! markup; Markdown and HTML are text like any other.

use oci::MediaType;

/// As what a blob is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Content {
    /// JSON, with its colours.
    Json,
    /// YAML, as text.
    Yaml,
    /// Markdown, as text.
    Markdown,
    /// Any other text.
    Text,
    /// Bytes.
    Binary,
}

/// As what a blob of this type and file name is shown. The name is that of the annotation
/// `org.opencontainers.image.title`.
pub fn content(media_type: Option<&MediaType>, name: Option<&str>, bytes: &[u8]) -> Content {
    let Some(text) = text_of(bytes) else { return Content::Binary };
    let essence = media_type.map(MediaType::essence).unwrap_or_default();
    by_type(&essence)
        .or_else(|| by_name(name.unwrap_or_default()))
        .filter(|content| *content != Content::Json || is_like_json(text))
        .unwrap_or(if is_like_json(text) && essence != "text/plain" { Content::Json } else { Content::Text })
}

/// The text of a blob; `None` where it is none: no UTF-8, or with control characters that no text has.
pub fn text_of(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}');
    (!text.chars().any(odd)).then_some(text)
}

fn by_type(essence: &str) -> Option<Content> {
    match essence {
        "application/json" | "text/json" => Some(Content::Json),
        "application/yaml" | "application/x-yaml" | "text/yaml" | "text/x-yaml" | "text/vnd.yaml" => {
            Some(Content::Yaml)
        }
        "text/markdown" | "text/x-markdown" => Some(Content::Markdown),
        essence if essence.ends_with("+json") => Some(Content::Json),
        essence if essence.ends_with("+yaml") => Some(Content::Yaml),
        _ => None,
    }
}

fn by_name(name: &str) -> Option<Content> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "json" | "intoto" | "sarif" => Some(Content::Json),
        "yaml" | "yml" => Some(Content::Yaml),
        "md" | "markdown" => Some(Content::Markdown),
        _ => None,
    }
}

/// Whether a text begins and ends as a JSON object or list. More than one value in a row, as in lines of JSON, is text.
fn is_like_json(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
    let closed = |open, close| text.starts_with(open) && text.ends_with(close);
    (closed('{', '}') || closed('[', ']')) && !text.contains("}\n{")
}

/// One line of a dump: where it stands, its bytes in hex, and the characters that they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HexLine {
    /// `00000010`
    pub offset: String,
    /// `7f 45 4c 46 …`
    pub hex: String,
    /// `.ELF…`
    pub text: String,
}

/// Bytes of one line.
pub const HEX_LINE: usize = 16;

/// The line of a dump that begins at a number of lines. `None` behind the end.
pub fn hex_line(bytes: &[u8], line: usize) -> Option<HexLine> {
    let start = line.checked_mul(HEX_LINE)?;
    let row = bytes.get(start..bytes.len().min(start + HEX_LINE)).filter(|row| !row.is_empty())?;
    let hex = row.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
    let printable = |byte: &u8| if (0x20..0x7f).contains(byte) { char::from(*byte) } else { '.' };
    Some(HexLine { offset: format!("{start:08x}"), hex, text: row.iter().map(printable).collect() })
}

#[cfg(test)]
mod tests {
    use std::{io::Write, process::Stdio};

    use super::*;

    #[test]
    fn the_type_decides_among_texts() {
        use Content::*;
        let cases: [(&str, &str, &[u8], Content); 20] = [
            ("application/json", "", b"{\"a\":1}", Json),
            ("application/spdx+json", "", b" [1]\n", Json),
            ("Application/VND.oci.image.config.v1+JSON; charset=utf-8", "", b"{}", Json),
            ("application/json", "", b"<html>Sign in</html>", Text),
            ("application/json", "", b"", Text),
            ("application/x-yaml", "", b"a: 1", Yaml),
            ("application/vnd.x.config+yaml", "", b"a: 1", Yaml),
            ("text/markdown", "", b"# <script>alert(1)</script>", Markdown),
            ("text/html", "", b"<script>alert(1)</script>", Text),
            ("text/plain", "", b"{\"a\":1}", Text),
            ("application/octet-stream", "", b"{\"a\":1}", Json),
            ("application/octet-stream", "README.MD", b"# x", Markdown),
            ("application/octet-stream", "values.yml", b"a: 1", Yaml),
            ("", "sbom.json", b"{}", Json),
            ("", "notes.txt", b"x", Text),
            ("application/x-ndjson", "", b"{\"a\":1}\n{\"a\":2}\n", Text),
            ("application/json", "", b"\x1f\x8b\x08\x00", Binary),
            ("text/plain", "", b"a\0b", Binary),
            ("text/plain", "", b"\xff\xfea\0", Binary),
            ("text/plain", "", "Grüße\t\x1b[1m\r\n".as_bytes(), Text),
        ];
        for (media_type, name, bytes, wanted) in cases {
            let media_type = MediaType::from(media_type);
            assert_eq!(
                content(Some(&media_type), Some(name), bytes),
                wanted,
                "{media_type} {name} {bytes:?}"
            );
        }
        assert_eq!(content(None, None, b"{}"), Json);
    }

    #[test]
    fn lines_of_bytes_are_those_of_od() {
        let bytes: Vec<u8> = (0..=255).chain(*b"end").collect();
        let mut od = std::process::Command::new("od");
        let od = od.args(["-An", "-v", "-t", "x1"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut od = od.unwrap();
        od.stdin.take().unwrap().write_all(&bytes).unwrap();
        let answer = String::from_utf8(od.wait_with_output().unwrap().stdout).unwrap();
        let wanted: Vec<_> = answer.lines().map(str::trim).collect();
        let found: Vec<_> = (0..).map_while(|line| hex_line(&bytes, line)).collect();
        assert_eq!(found.iter().map(|line| line.hex.as_str()).collect::<Vec<_>>(), wanted);
        assert_eq!((found[4].offset.as_str(), found[4].text.as_str()), ("00000040", "@ABCDEFGHIJKLMNO"));
        assert_eq!((found[16].offset.as_str(), found[16].text.as_str()), ("00000100", "end"));
        assert_eq!(hex_line(&[], 0), None);
        assert_eq!(hex_line(&bytes, usize::MAX), None);
    }
}
