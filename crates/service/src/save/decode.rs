//! What was meant, where the registry encoded it in spite of `Accept-Encoding: identity`?
//!
//! A blob may itself be gzip, and its registry may call that its encoding: so what came is looked at first as it is,
//! and is only decoded where it does not hash to its digest (A-B7).

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write as _};
use std::path::Path;

use oci::{Digest, Hasher, Verification};

/// Bytes that are decoded at once.
const PIECE: usize = 256 << 10;

/// How long something of this length may be when it is encoded: what cannot be made shorter gets a little longer.
pub(super) fn most(stated: u64) -> u64 {
    stated.saturating_add(stated / 256).saturating_add(4 << 10)
}

/// Puts in the place of a file what it decodes to, where that hashes to the digest and is no longer than stated; with
/// what it hashes to. `None` where it does not, and the file is as it was.
pub(super) fn in_place(
    path: &Path,
    encoding: &str,
    stated: u64,
    digest: &Digest,
) -> io::Result<Option<(File, Hasher)>> {
    let Some(decoder) = registry::decode(encoding, File::open(path)?) else { return Ok(None) };
    let beside = path.with_extension("decoded.part");
    let file = OpenOptions::new().create(true).truncate(true).read(true).write(true).open(&beside)?;
    let hasher = pour(decoder.take(stated.saturating_add(1)), &file, digest);
    let fits = |hasher: &Hasher| hasher.clone().finish(digest) == Verification::Verified;
    match hasher {
        Ok(Some(hasher)) if fits(&hasher) => {
            fs::rename(beside, path)?;
            Ok(Some((file, hasher)))
        }
        other => {
            fs::remove_file(beside)?;
            other.map(|_| None)
        }
    }
}

/// Decodes to the end; `None` where the bytes were not encoded so.
fn pour(mut decoder: impl Read, mut to: &File, digest: &Digest) -> io::Result<Option<Hasher>> {
    let mut hasher = Hasher::new(&digest.algorithm());
    let mut piece = vec![0; PIECE];
    loop {
        match decoder.read(&mut piece) {
            Ok(0) => return Ok(Some(hasher)),
            Ok(read) => {
                hasher.update(&piece[..read]);
                to.write_all(&piece[..read])?;
            }
            Err(error) => match error.kind() {
                ErrorKind::Interrupted => {}
                ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof => {
                    return Ok(None);
                }
                _ => return Err(error),
            },
        }
    }
}
