//! How long ago is that?
//!
//! RFC 3339 read without a calendar's crate, which would be most of the wasm; times are milliseconds since 1970.

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Reads a date and time of RFC 3339, section 5.6. `None` where it is none: a day that no month has, a missing offset.
pub fn read(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let number = |from: usize, length: usize| -> Option<i64> {
        let digits = bytes.get(from..from + length)?;
        digits.iter().try_fold(0, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'))
        })
    };
    let is = |at: usize, wanted: &[u8]| bytes.get(at).is_some_and(|byte| wanted.contains(byte));
    let marks = is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":");
    let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
    let (hour, minute, second) = (number(11, 2)?, number(14, 2)?, number(17, 2)?);
    // A leap second is the last of its minute, and counts as the one after it.
    let fits = (1..=12).contains(&month)
        && day >= 1
        && day <= days_of(year, month)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !marks || !fits {
        return None;
    }
    let mut at = 19;
    let mut fraction = 0;
    if is(at, b".") {
        let digits = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let kept = digits.min(3);
        fraction = number(at + 1, kept)? * [100, 10, 1][kept - 1];
        at += 1 + digits;
    }
    let offset = match bytes.get(at..)? {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
            let (hours, minutes) = (number(at + 1, 2)?, number(at + 4, 2)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let offset = hours * HOUR + minutes * MINUTE;
            if *sign == b'-' { -offset } else { offset }
        }
        _ => return None,
    };
    let of_day = hour * HOUR + minute * MINUTE + second * 1000 + fraction;
    Some(days_since_1970(year, month, day) * DAY + of_day - offset)
}

fn days_of(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// By the proleptic Gregorian calendar. Years are counted from March, so that the leap day is a year's last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

/// How long ago, as short as a column of a table needs it: `3 h`, `2 d`, `5 mo`, `now`; and in words where it is odd:
/// in the future, or the zero of a clock that a reproducible build was given.
pub fn ago(then: i64, now: i64) -> String {
    let words = |key: &str| crate::text(&format!("time.{key}"), &[]);
    if is_no_time(then) {
        return words("unset");
    }
    let age = now.saturating_sub(then);
    // Clocks of two machines differ by minutes.
    if age < -5 * MINUTE {
        return crate::text("time.future", &[("time", &span(age.saturating_neg()))]);
    }
    if age < MINUTE { words("now") } else { span(age) }
}

/// A length of time in its largest whole unit.
fn span(milliseconds: i64) -> String {
    // Months and years by their mean length: 30.44 and 365.24 days.
    const UNITS: [(&str, i64); 6] = [
        ("year", 31_556_952_000),
        ("month", 2_629_746_000),
        ("week", 7 * DAY),
        ("day", DAY),
        ("hour", HOUR),
        ("minute", MINUTE),
    ];
    let large = |(name, length): &(&str, i64)| {
        // Weeks are for what is too old for days and too young for months; `13 d` says more than `1 w`.
        let least = if *name == "week" { 2 * length } else { *length };
        milliseconds >= least
    };
    let (name, length) = UNITS.iter().find(|unit| large(unit)).unwrap_or(&UNITS[5]);
    let count = crate::words::count(u64::try_from(milliseconds / length).unwrap_or_default());
    crate::text(&format!("time.{name}"), &[("count", &count)])
}

/// Whether a time is one that builders write so that the same input gives the same bytes: the start of 1970 or 1980,
/// or Go's zero time, year 1.
pub fn is_no_time(time: i64) -> bool {
    matches!(time, 0 | 315_532_800_000 | -62_135_596_800_000)
}

/// Day and time as written in a table's second line or a tooltip: `2024-05-17 08:30 UTC`.
pub fn written(time: i64) -> String {
    let days = time.div_euclid(DAY);
    let of_day = time.rem_euclid(DAY);
    let (year, month, day) = date(days);
    let (hour, minute) = (of_day / HOUR, of_day % HOUR / MINUTE);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02} UTC")
}

fn date(days: i64) -> (i64, i64, i64) {
    // From the first of March of year 0; 146,097 days are 400 years.
    let days = days.saturating_add(719_468);
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_examples_of_the_rfc() {
        // RFC 3339, section 5.8; seconds by `date -u -d … +%s`.
        let cases = [
            ("1985-04-12T23:20:50.52Z", 482_196_050_520),
            ("1996-12-19T16:39:57-08:00", 851_042_397_000),
            ("1990-12-31T23:59:60Z", 662_688_000_000),
            ("1990-12-31T15:59:60-08:00", 662_688_000_000),
            ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130),
            ("1970-01-01T00:00:00Z", 0),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000),
            ("2024-02-29t00:00:00z", 1_709_164_800_000),
            ("2015-10-31T22:22:56.015925234Z", 1_446_330_176_015),
        ];
        for (text, milliseconds) in cases {
            assert_eq!(read(text), Some(milliseconds), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        let cases = [
            "",
            "2024",
            "2024-05-17",
            "2024-05-17T08:30:00",
            "2024-05-17T08:30Z",
            "2023-02-29T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-00-01T00:00:00Z",
            "2024-04-31T00:00:00Z",
            "2024-05-17T24:00:00Z",
            "2024-05-17T08:60:00Z",
            "2024-05-17T08:30:61Z",
            "2024-05-17T08:30:00.Z",
            "2024-05-17T08:30:00+1:00",
            "2024-05-17T08:30:00+24:00",
            "2024-05-17T08:30:00ZZ",
            "2024-05-17T08:30:00 CEST",
            "yesterday",
            "２024-05-17T08:30:00Z",
            "2024-05-17T08:30:00.5",
        ];
        for text in cases {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn ages_are_short() {
        let cases = [
            (0, "now"),
            (59_999, "now"),
            (-4 * MINUTE, "now"),
            (MINUTE, "1 min"),
            (59 * MINUTE, "59 min"),
            (3 * HOUR + 59 * MINUTE, "3 h"),
            (DAY, "1 d"),
            (13 * DAY, "13 d"),
            (14 * DAY, "2 w"),
            (30 * DAY, "4 w"),
            (31 * DAY, "1 mo"),
            (160 * DAY, "5 mo"),
            (365 * DAY, "11 mo"),
            (366 * DAY, "1 y"),
            (4000 * DAY, "10 y"),
            (-6 * MINUTE, "in 6 min"),
            (-800 * DAY, "in 2 y"),
        ];
        let now = 1_800_000_000_000;
        for (age, words) in cases {
            assert_eq!(ago(now - age, now), words, "{age}");
        }
        for unset in ["1970-01-01T00:00:00Z", "1980-01-01T00:00:00Z", "0001-01-01T00:00:00Z"] {
            assert_eq!(ago(read(unset).unwrap(), now), "not set", "{unset}");
        }
    }

    #[test]
    fn days_are_those_of_the_systems_calendar() {
        let seconds = [
            -62_135_596_800_i64,
            -1,
            0,
            951_782_400,
            1_709_164_800,
            1_715_934_600,
            4_107_542_399,
            253_402_300_799,
        ];
        for second in seconds {
            let answer = Command::new("date")
                .args(["-u", "-d", &format!("@{second}"), "+%Y-%m-%d %H:%M UTC"])
                .output();
            let wanted = String::from_utf8(answer.unwrap().stdout).unwrap();
            assert_eq!(written(second * 1000), wanted.trim(), "{second}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(minutes in -1_035_593_280_i64..4_223_371_680) {
            let text = written(minutes * MINUTE).replace(" UTC", ":00Z").replace(' ', "T");
            prop_assert_eq!(read(&text), Some(minutes * MINUTE), "{}", text);
        }

        #[test]
        fn any_text_and_any_time_is_taken(text in "[0-9TZ:.+-]{0,30}", then in any::<i64>(), now in any::<i64>()) {
            let _ = (read(&text), ago(then, now), written(then));
        }
    }
}
