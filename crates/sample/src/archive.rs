//! How are files packed, with the same bytes on every machine? A tar archive in a gzip stream.
//!
//! Nothing is compressed: the deflate blocks are "stored" ones, which every reader takes (RFC 1951, 3.2.4), and
//! the archive is the POSIX ustar format. No library's next version can change a byte of it.

/// A file of an archive. A name that ends in `/` is a folder.
pub(crate) struct File {
    /// Where it is, without a slash at the beginning.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) text: String,
    /// Permissions, as in `0o644`.
    pub(crate) mode: u32,
}

impl File {
    pub(crate) fn new(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, text: text.into(), mode: 0o644 }
    }

    pub(crate) fn program(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, text: text.into(), mode: 0o755 }
    }

    pub(crate) fn folder(name: &'static str) -> Self {
        Self { name, text: String::new(), mode: 0o755 }
    }

    /// A file of so many bytes that stand for data. Another seed gives other bytes.
    pub(crate) fn data(name: &'static str, seed: u32, length: usize) -> Self {
        // The generator of "Numerical Recipes"; its upper bits as hexadecimal digits, in lines of 64.
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut state = seed;
        let text = (1..=length).map(|at| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if at % 65 == 0 { '\n' } else { char::from(DIGITS[(state >> 28) as usize]) }
        });
        Self::new(name, text.collect::<String>())
    }
}

/// 2026-01-15T09:00:00Z, the time of every file.
const MODIFIED: u64 = 1_768_467_600;
const BLOCK: usize = 512;

/// The files as a tar archive.
pub(crate) fn tar(files: &[File]) -> Vec<u8> {
    let mut archive = Vec::new();
    for file in files {
        archive.extend_from_slice(&header(file));
        archive.extend_from_slice(file.text.as_bytes());
        archive.resize(archive.len().next_multiple_of(BLOCK), 0);
    }
    // Two empty blocks end an archive.
    archive.resize(archive.len() + 2 * BLOCK, 0);
    archive
}

fn header(file: &File) -> [u8; BLOCK] {
    let mut header = [0; BLOCK];
    let mut put = |at: usize, text: &str| header[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, file.name);
    put(100, &format!("{:07o}", file.mode));
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{:011o}", file.text.len()));
    put(136, &format!("{MODIFIED:011o}"));
    put(148, "        ");
    put(156, if file.name.ends_with('/') { "5" } else { "0" });
    put(257, "ustar\0");
    put(263, "00");
    put(265, "root");
    put(297, "root");
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

/// The bytes as a gzip stream of stored blocks (RFC 1952).
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    const LARGEST: usize = 0xffff;
    // No name, no time, an unknown system: nothing of this machine.
    let mut stream = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let blocks = bytes.len().div_ceil(LARGEST).max(1);
    for at in 0..blocks {
        let block = &bytes[at * LARGEST..bytes.len().min((at + 1) * LARGEST)];
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(at + 1 == blocks));
        stream.extend_from_slice(&length.to_le_bytes());
        stream.extend_from_slice(&(!length).to_le_bytes());
        stream.extend_from_slice(block);
    }
    stream.extend_from_slice(&crc32(bytes).to_le_bytes());
    // The length modulo 2^32, as the format wants it.
    stream.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    stream
}

fn crc32(bytes: &[u8]) -> u32 {
    let fold = |crc: u32, &byte: &u8| (crc >> 8) ^ CRC_OF_BYTE[usize::from(crc as u8 ^ byte)];
    !bytes.iter().fold(u32::MAX, fold)
}

const CRC_OF_BYTE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        let (mut crc, mut bit) = (byte as u32, 0);
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_catalogue_of_crcs() {
        // The check value of CRC-32/ISO-HDLC.
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn tar_reads_the_archive() {
        let files = [File::folder("app/"), File::program("app/greet", "#!/bin/sh\necho hello\n")];
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("layer.tar.gz");
        std::fs::write(&path, gzip(&tar(&files))).unwrap();
        let run = |arguments: &[&str]| {
            let output = std::process::Command::new("tar")
                .args(arguments)
                .current_dir(folder.path())
                .output()
                .unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap()
        };
        assert_eq!(run(&["-tzf", "layer.tar.gz"]), "app/\napp/greet\n");
        assert_eq!(run(&["-xzOf", "layer.tar.gz", "app/greet"]), "#!/bin/sh\necho hello\n");
        assert!(run(&["-tvzf", "layer.tar.gz"]).contains("-rwxr-xr-x root/root"));
    }
}
