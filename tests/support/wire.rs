//! What went over a connection? Requests and answers of HTTP/1.1 (RFC 9112), as far as counting them takes.

/// What a stream of answers is in the middle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// A status line or a header line.
    Head,
    /// So many bytes of a body are still to come.
    Body(u64),
    /// The line with the size of a chunk.
    Size,
    /// So many bytes of a chunk, and the line end after it, are still to come.
    Chunk(u64),
    /// The lines after the last chunk.
    Trailer,
}

/// What was seen in a piece of a stream of answers.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    /// An answer begins, with this status.
    Begins(u16),
    /// So many bytes of its body.
    Body(u64),
    /// It ends.
    Ends,
}

/// A reader of a stream of answers.
#[derive(Debug)]
pub struct Answers {
    at: At,
    line: Vec<u8>,
    status: u16,
    length: Option<u64>,
    chunked: bool,
}

impl Answers {
    /// Before the first byte.
    pub fn begin() -> Self {
        Self { at: At::Head, line: Vec::new(), status: 0, length: None, chunked: false }
    }

    /// Reads the next piece. `bodiless` says whether the answer whose head has just ended is one to a HEAD.
    pub fn read(&mut self, mut piece: &[u8], mut bodiless: impl FnMut() -> bool) -> Vec<Seen> {
        let mut seen = Vec::new();
        while !piece.is_empty() {
            match self.at {
                At::Body(left) => {
                    let taken = left.min(piece.len() as u64);
                    piece = &piece[usize::try_from(taken).unwrap_or(piece.len())..];
                    seen.push(Seen::Body(taken));
                    self.at = At::Body(left - taken);
                    self.end_if(left == taken, &mut seen);
                }
                At::Chunk(left) => {
                    let taken = left.min(piece.len() as u64);
                    piece = &piece[usize::try_from(taken).unwrap_or(piece.len())..];
                    // Two bytes of it are the line end.
                    seen.push(Seen::Body(taken.min(left.saturating_sub(2))));
                    self.at = if left == taken { At::Size } else { At::Chunk(left - taken) };
                }
                At::Head | At::Size | At::Trailer => {
                    let end = piece.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
                    let (line, rest) = piece.split_at(end.unwrap_or(piece.len()));
                    self.line.extend_from_slice(line);
                    piece = rest;
                    if end.is_some() {
                        let line =
                            String::from_utf8_lossy(&std::mem::take(&mut self.line)).trim_end().to_owned();
                        self.line_ended(&line, &mut bodiless, &mut seen);
                    }
                }
            }
        }
        seen
    }

    fn line_ended(&mut self, line: &str, bodiless: &mut impl FnMut() -> bool, seen: &mut Vec<Seen>) {
        match self.at {
            At::Head if line.starts_with("HTTP/") => {
                self.status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
                (self.length, self.chunked) = (None, false);
            }
            At::Head if line.is_empty() => {
                if self.status / 100 == 1 {
                    return;
                }
                seen.push(Seen::Begins(self.status));
                let none = bodiless() || matches!(self.status, 204 | 304);
                self.at = match self.length {
                    _ if none => At::Body(0),
                    _ if self.chunked => At::Size,
                    length => At::Body(length.unwrap_or(0)),
                };
                self.end_if(self.at == At::Body(0), seen);
            }
            At::Head => {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                match name.to_ascii_lowercase().as_str() {
                    "content-length" => self.length = value.trim().parse().ok(),
                    "transfer-encoding" => self.chunked = value.to_ascii_lowercase().contains("chunked"),
                    _ => {}
                }
            }
            At::Size => {
                let digits = line.split(';').next().unwrap_or_default().trim();
                let size = u64::from_str_radix(digits, 16).unwrap_or(0);
                self.at = if size == 0 { At::Trailer } else { At::Chunk(size + 2) };
            }
            At::Trailer if line.is_empty() => self.end_if(true, seen),
            At::Trailer | At::Body(_) | At::Chunk(_) => {}
        }
    }

    fn end_if(&mut self, ended: bool, seen: &mut Vec<Seen>) {
        if ended {
            self.at = At::Head;
            seen.push(Seen::Ends);
        }
    }
}

/// The requests whose first lines stand in a piece: (method, target). Counted clients send no bodies.
pub fn requests(text: &str) -> Vec<(String, String)> {
    let firsts = text.lines().filter_map(|line| line.strip_suffix(" HTTP/1.1"));
    firsts
        .filter_map(|line| line.split_once(' '))
        .map(|(method, target)| (method.to_owned(), target.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Statuses, and the length of each body, of a stream that comes in pieces of this length.
    fn read(stream: &str, piece: usize, heads: &[bool]) -> Vec<(u16, u64)> {
        let (mut answers, mut heads) = (Answers::begin(), heads.iter());
        let (mut found, mut open) = (Vec::new(), None);
        for piece in stream.as_bytes().chunks(piece) {
            for seen in answers.read(piece, || *heads.next().unwrap_or(&false)) {
                match (seen, &mut open) {
                    (Seen::Begins(status), none @ None) => *none = Some((status, 0)),
                    (Seen::Body(bytes), Some((_, sum))) => *sum += bytes,
                    (Seen::Ends, whole) => found.push(whole.take().expect("it began")),
                    (seen, open) => panic!("{seen:?} within {open:?}"),
                }
            }
        }
        assert_eq!(open, None, "the last answer ends");
        found
    }

    /// RFC 9112: 6.3 (length of a body), 7.1 (chunks, with an extension and a trailer); RFC 9110 9.3.2 (HEAD), 15.2
    /// (100), 15.3.5 (204), 15.4.5 (304).
    const STREAM: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello\
        HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n4\r\nWiki\r\n5;name=value\r\npedia\r\n0\r\nExpires: 0\r\n\r\n\
        HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n\
        HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\
        HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n\
        HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}";

    #[test]
    fn answers_are_told_apart_however_they_come() {
        let wanted = [(200, 5), (200, 9), (200, 0), (204, 0), (304, 0), (404, 2)];
        for piece in [1, 2, 3, 7, 64, STREAM.len()] {
            assert_eq!(read(STREAM, piece, &[false, false, true]), wanted, "in pieces of {piece}");
        }
    }

    #[test]
    fn requests_are_counted_by_their_first_lines() {
        let text =
            "GET /v2/ HTTP/1.1\r\nHost: a\r\n\r\nHEAD /v2/a/manifests/1 HTTP/1.1\r\nAccept: x/y\r\n\r\n";
        let wanted = [("GET", "/v2/"), ("HEAD", "/v2/a/manifests/1")];
        let wanted: Vec<_> = wanted.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(requests(text), wanted);
    }
}
