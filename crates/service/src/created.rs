//! When was something made, by an RFC 3339 text?

/// Milliseconds since 1970-01-01 UTC; `None` where the text is no such time. A leap second is the second after it.
pub(crate) fn milliseconds(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let separated = bytes.get(4) == Some(&b'-')
        && bytes.get(7) == Some(&b'-')
        && matches!(bytes.get(10), Some(b'T' | b't' | b' '))
        && bytes.get(13) == Some(&b':')
        && bytes.get(16) == Some(&b':');
    if !separated || !text.is_ascii() {
        return None;
    }
    let (year, month, day) = (number(&bytes[..4])?, number(&bytes[5..7])?, number(&bytes[8..10])?);
    let (hour, minute, second) =
        (number(&bytes[11..13])?, number(&bytes[14..16])?, number(bytes.get(17..19)?)?);
    if day < 1 || day > days_of(year, month)? || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (fraction, zone) = fraction(&bytes[19..])?;
    let seconds = (days(year, month, day) * 24 + hour) * 3_600 + minute * 60 + second - offset(zone)?;
    Some(seconds * 1_000 + fraction)
}

/// Milliseconds of `.123456…`, and what follows.
fn fraction(rest: &[u8]) -> Option<(i64, &[u8])> {
    let Some(digits) = rest.strip_prefix(b".") else { return Some((0, rest)) };
    let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut first = digits[..count.min(3)].to_vec();
    first.resize(3, b'0');
    (count > 0).then_some((number(&first)?, &digits[count..]))
}

/// Seconds by which a zone is ahead of UTC.
fn offset(zone: &[u8]) -> Option<i64> {
    match zone {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), hour @ .., b':', m1, m2] if hour.len() == 2 => {
            let (hour, minute) = (number(hour)?, number(&[*m1, *m2])?);
            let ahead = hour * 3_600 + minute * 60;
            (hour <= 23 && minute <= 59).then_some(if *sign == b'-' { -ahead } else { ahead })
        }
        _ => None,
    }
}

fn number(digits: &[u8]) -> Option<i64> {
    digits
        .iter()
        .all(u8::is_ascii_digit)
        .then(|| digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
}

fn days_of(year: i64, month: i64) -> Option<i64> {
    match month {
        2 if is_leap(year) => Some(29),
        2 => Some(28),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days from 1970-01-01 to a day of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let leaps = |year: i64| year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let before: i64 = (1..month).filter_map(|month| days_of(year, month)).sum();
    (year - 1970) * 365 + leaps(year - 1) - leaps(1969) + before + day - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers are what `date --utc --date=… +%s%3N` says.
    #[test]
    fn times_are_those_of_date() {
        let cases = [
            ("1970-01-01T00:00:00Z", 0),
            ("2025-11-24T16:00:00Z", 1_764_000_000_000),
            ("2024-02-29T23:59:59.999Z", 1_709_251_199_999),
            ("2024-03-01T01:30:00.5+05:30", 1_709_236_800_500),
            ("2000-01-01t00:00:00-08:00", 946_713_600_000),
            ("1969-12-31T23:59:59Z", -1_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000),
            ("2023-08-18T06:02:11.123456789Z", 1_692_338_531_123),
        ];
        for (text, expected) in cases {
            assert_eq!(milliseconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        let bad = [
            "",
            "yesterday",
            "2025-11-24",
            "2025-11-24T16:00:00",
            "2025-13-01T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "2025-01-01T24:00:00Z",
            "2025-01-01T00:00:00.Z",
            "2025-01-01T00:00:00+5:30",
            "2025-01-01T00:00",
            "2025-01-01T00:00:00+24:00",
            "२०२५-01-01T00:00:00Z",
            "2025-01-01T00:00:00ZZ",
            "+025-01-01T00:00:00Z",
        ];
        for text in bad {
            assert_eq!(milliseconds(text), None, "{text}");
        }
    }
}
