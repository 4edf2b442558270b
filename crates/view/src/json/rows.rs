//! In which rows does a document stand, and what is each stretch of a row?

use super::{
    LONGEST,
    token::{Kind, Token, tokens},
};

/// A longer line is cut into rows of at most this many bytes: browsers do not lay out a line of megabytes.
pub const LONGEST_ROW: usize = 2_000;

/// One row of a text. Small, since there may be millions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The number of the line that begins here, from 1; 0 where a long line goes on.
    pub number: u32,
    /// Its first byte.
    pub start: u32,
    /// The byte behind its last; the line feed is not part of it.
    pub end: u32,
}

/// A stretch of a row: its text and what it is; `None` for white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span<'a> {
    /// What it is. A token that goes on in the next row has its kind in both.
    pub kind: Option<Kind>,
    /// Its text.
    pub text: &'a str,
    /// Its first byte in the document.
    pub start: usize,
}

/// A text in rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The whole text, as it was given.
    pub text: String,
    /// Its rows. Without the line feeds that end lines, they are the text.
    pub rows: Vec<Row>,
    /// How many lines it has. A line feed at the end begins no further line.
    pub lines: u32,
    /// The length of the longest row in characters.
    pub columns: usize,
    /// What stands in it, in order; empty where it is plain.
    pub tokens: Vec<Token>,
}

impl Page {
    /// Divides a text that is no JSON: its rows have one span each. Of a text beyond 4 GiB only the first rows.
    pub fn plain(text: String) -> Self {
        let mut page = Self { text, ..Self::default() };
        let mut start = 0;
        for line in page.text.split_inclusive('\n') {
            page.lines += 1;
            let mut number = page.lines;
            let end = start + line.strip_suffix('\n').unwrap_or(line).len();
            let mut from = start;
            loop {
                let to = cut(&page.text, from, end);
                let (Ok(first), Ok(last)) = (u32::try_from(from), u32::try_from(to)) else { return page };
                page.columns = page.columns.max(page.text[from..to].chars().count());
                page.rows.push(Row { number, start: first, end: last });
                number = 0;
                from = to;
                if from >= end {
                    break;
                }
            }
            start += line.len();
        }
        page
    }

    /// Divides JSON, or what should be JSON. A text beyond 4 MiB stays plain.
    pub fn json(text: String) -> Self {
        let tokens = if text.len() > LONGEST { Vec::new() } else { tokens(&text).collect() };
        Self { tokens, ..Self::plain(text) }
    }

    /// Whether a line is so long that it was cut.
    pub fn has_long_lines(&self) -> bool {
        self.rows.len() > self.lines as usize
    }

    /// The spans of a row, in order and without gaps.
    pub fn spans(&self, row: Row) -> Vec<Span<'_>> {
        let (start, end) = (row.start as usize, row.end as usize);
        let first = self.tokens.partition_point(|token| token.end <= row.start);
        let mut spans = Vec::new();
        let mut at = start;
        let mut push = |kind, from: usize, to: usize| {
            if let Some(text) = self.text.get(from..to).filter(|text| !text.is_empty()) {
                spans.push(Span { kind, text, start: from });
            }
        };
        for token in self.tokens[first..].iter().take_while(|token| token.start < row.end) {
            let (from, to) = (token.range().start.max(start), token.range().end.min(end));
            push(None, at, from);
            push(Some(token.kind), from, to);
            at = to;
        }
        push(None, at, end);
        spans
    }

    /// The place of the row in which a byte of the text stands; of the last row for a byte behind the text.
    pub fn row_of(&self, byte: usize) -> usize {
        self.rows.partition_point(|row| row.end as usize <= byte).min(self.rows.len().saturating_sub(1))
    }
}

/// Where a row that begins at `from` ends: at `end`, or before it at a character boundary.
fn cut(text: &str, from: usize, end: usize) -> usize {
    if end - from <= LONGEST_ROW { end } else { text.floor_char_boundary(from + LONGEST_ROW) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(page: &Page) -> Vec<(u32, String)> {
        let row = |row: &Row| page.spans(*row).iter().map(|span| span.text).collect();
        page.rows.iter().map(|each| (each.number, row(each))).collect()
    }

    #[test]
    fn lines_are_those_of_the_text() {
        let cases: [(&str, &[&str]); 6] = [
            ("", &[]),
            ("a", &["a"]),
            ("a\n", &["a"]),
            ("a\n\nb", &["a", "", "b"]),
            ("\n", &[""]),
            ("a\r\nb", &["a\r", "b"]),
        ];
        for (text, lines) in cases {
            let page = Page::json(text.to_owned());
            let wanted: Vec<_> = (1..).zip(lines.iter().map(|line| (*line).to_owned())).collect();
            assert_eq!(shown(&page), wanted, "{text:?}");
            assert_eq!(page.lines as usize, lines.len());
        }
    }

    #[test]
    fn spans_know_what_and_where_they_are() {
        let page = Page::json("{ \"a\":\n 1}".to_owned());
        let spans: Vec<_> = page
            .rows
            .iter()
            .flat_map(|row| page.spans(*row))
            .map(|span| (span.kind, span.text, span.start))
            .collect();
        let wanted = [
            (Some(Kind::Mark(b'{')), "{", 0),
            (None, " ", 1),
            (Some(Kind::Key), "\"a\"", 2),
            (Some(Kind::Mark(b':')), ":", 5),
            (None, " ", 7),
            (Some(Kind::Number), "1", 8),
            (Some(Kind::Mark(b'}')), "}", 9),
        ];
        assert_eq!(spans, wanted);
        assert_eq!((page.row_of(2), page.row_of(8), page.row_of(99)), (0, 1, 1));
    }

    #[test]
    fn plain_text_has_one_span_a_line() {
        let page = Page::plain("<html>: \"x\"\n{}".to_owned());
        let spans: Vec<_> = page.rows.iter().map(|row| page.spans(*row).len()).collect();
        assert_eq!(spans, [1, 1]);
    }

    #[test]
    fn long_lines_are_cut_between_characters() {
        let text = format!("\"{}\"\nx", "ä".repeat(3000));
        let page = Page::json(text.clone());
        assert!(page.has_long_lines());
        assert_eq!(page.lines, 2);
        assert_eq!(page.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 0, 0, 0, 2]);
        assert!(page.rows.iter().all(|row| (row.end - row.start) as usize <= LONGEST_ROW));
        let whole: String = shown(&page).into_iter().map(|(_, text)| text).collect();
        assert_eq!(whole, text.replace('\n', ""));
        assert!(page.rows[..4].iter().all(|row| page.spans(*row)[0].kind == Some(Kind::Text)));
    }

    proptest! {
        #[test]
        fn rows_joined_by_line_feeds_are_the_text(text in "[\\[\\]{}:,\"\\\\a1ä \\t\\r\\n]{0,60}") {
            let page = Page::json(text.clone());
            let lines: Vec<_> = shown(&page).into_iter().map(|(_, text)| text).collect();
            prop_assert_eq!(lines.join("\n"), text.strip_suffix('\n').unwrap_or(&text));
        }
    }
}
