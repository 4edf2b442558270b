//! Which files lie beside a file, compressed, so that a host need not compress them at each request?

use std::{fs, io::Write, path::Path};

use crate::{
    failure::{Failure, at},
    files,
};

/// Smaller files gain nothing.
const LEAST: usize = 512;

/// Puts `.br` and `.gz` beside every file of a folder.
pub(super) fn beside(folder: &Path) -> Result<(), Failure> {
    for path in files::under(folder)? {
        let bytes = fs::read(&path).map_err(at(&path))?;
        if bytes.len() < LEAST {
            continue;
        }
        let with = |extension: &str| {
            let mut name = path.clone().into_os_string();
            name.push(extension);
            name
        };
        fs::write(with(".br"), brotli(&bytes).map_err(at(&path))?).map_err(at(&path))?;
        fs::write(with(".gz"), gzip(&bytes).map_err(at(&path))?).map_err(at(&path))?;
    }
    Ok(())
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    // Quality 11 and a window of 4 MiB: the smallest that every browser reads.
    let mut writer = brotli::CompressorWriter::new(&mut out, 64 << 10, 11, 22);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(out)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}
