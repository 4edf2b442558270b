//! How are bytes that are no text shown?

/// Bytes in one row.
pub(super) const IN_ROW: usize = 16;

/// How many rows so many bytes take.
pub(super) fn rows(bytes: usize) -> usize {
    bytes.div_ceil(IN_ROW)
}

/// One row: its offset, its bytes in hex, and the same as ASCII with a dot for what is not printable.
pub(super) fn row(bytes: &[u8], index: usize) -> String {
    let start = index.saturating_mul(IN_ROW);
    let row = bytes.get(start..bytes.len().min(start.saturating_add(IN_ROW))).unwrap_or_default();
    let mut hex = String::with_capacity(IN_ROW * 3 + 1);
    for (place, byte) in row.iter().enumerate() {
        if place == IN_ROW / 2 {
            hex.push(' ');
        }
        hex.push_str(&format!("{byte:02x} "));
    }
    let text: String =
        row.iter().map(|byte| if (0x20..0x7f).contains(byte) { char::from(*byte) } else { '.' }).collect();
    format!("{start:08x}  {hex:<49} {text}")
}
