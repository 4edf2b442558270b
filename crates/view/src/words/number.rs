//! How is a number written?

/// A whole number with thousands separators: `5,000`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// A length in bytes with the unit that fits, 1 KB being 1,000 bytes as docker writes it: `1.2 MB`.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["KB", "MB", "GB", "TB", "PB", "EB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    // Tenths of the unit, rounded half up; what rounds to 1,000 of a unit is 1 of the next.
    let mut unit_bytes: u128 = 1000;
    let mut index = 0;
    let bytes = u128::from(bytes);
    let rounded = |unit: u128, parts: u128| (bytes * parts + unit / 2) / unit;
    while index + 1 < UNITS.len() && rounded(unit_bytes, 1) >= 1000 {
        unit_bytes *= 1000;
        index += 1;
    }
    let tenths = rounded(unit_bytes, 10);
    if tenths >= 1000 || tenths % 10 == 0 {
        format!("{} {}", rounded(unit_bytes, 1), UNITS[index])
    } else {
        format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[index])
    }
}

/// A length in bytes, short and exact: `1.2 MB (1,234,567 bytes)`.
pub fn exact_size(bytes: u64) -> String {
    let exact = crate::text("size.bytes", &[("count", &count(bytes))]);
    if bytes < 1000 { exact } else { format!("{} ({exact})", size(bytes)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1234567, "1,234,567"),
            (u64::MAX, "18,446,744,073,709,551,615"),
        ];
        for (number, written) in cases {
            assert_eq!(count(number), written);
        }
    }

    #[test]
    fn sizes_have_decimal_units() {
        let cases = [
            (0, "0 B"),
            (2, "2 B"),
            (999, "999 B"),
            (1000, "1 KB"),
            (1049, "1 KB"),
            (1050, "1.1 KB"),
            (1234, "1.2 KB"),
            (99_949, "99.9 KB"),
            (99_950, "100 KB"),
            (123_456, "123 KB"),
            (999_499, "999 KB"),
            (999_500, "1 MB"),
            (4_194_304, "4.2 MB"),
            (1_500_000_000, "1.5 GB"),
            (u64::MAX, "18.4 EB"),
        ];
        for (bytes, written) in cases {
            assert_eq!(size(bytes), written, "{bytes}");
        }
    }

    #[test]
    fn exact_sizes_say_every_byte() {
        assert_eq!(exact_size(1), "1 byte");
        assert_eq!(exact_size(419), "419 bytes");
        assert_eq!(exact_size(1_234_567), "1.2 MB (1,234,567 bytes)");
    }
}
