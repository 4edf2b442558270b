//! Which rules are there, and how severe may each be?

use crate::Severity;

/// Every rule of the catalogue by its id, with the severities that its findings may have.
pub fn rules() -> impl Iterator<Item = (&'static str, Vec<Severity>)> {
    let lines = include_str!("rules.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split(',')).filter_map(|rule| {
        let (id, letters) = rule.trim().split_once(' ')?;
        let severities = letters.bytes().filter_map(|letter| match letter {
            b'E' => Some(Severity::Error),
            b'W' => Some(Severity::Warning),
            b'I' => Some(Severity::Info),
            _ => None,
        });
        Some((id, severities.collect()))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn the_catalogue_is_whole() {
        // Its own count, family by family: 231.
        let wanted = [
            ("JS", 9),
            ("MT", 26),
            ("AT", 9),
            ("EM", 8),
            ("DS", 19),
            ("AN", 17),
            ("CF", 20),
            ("LY", 8),
            ("IX", 18),
            ("SJ", 8),
            ("RF", 23),
            ("RG", 22),
            ("OL", 10),
            ("EC", 15),
            ("RT", 19),
        ];
        let mut families: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (id, severities) in rules() {
            let (family, number) = id.split_at(2);
            let new = families.entry(family).or_default().insert(number.parse().unwrap());
            assert!(new && number.len() == 3, "{id} stands there twice, or is no id");
            let distinct: BTreeSet<_> = severities.iter().collect();
            assert!(!severities.is_empty() && distinct.len() == severities.len(), "{id}: {severities:?}");
        }
        let found: BTreeMap<&str, usize> =
            families.iter().map(|(family, all)| (*family, all.len())).collect();
        assert_eq!(found, BTreeMap::from(wanted));
        for (family, numbers) in families {
            assert_eq!(numbers.last(), Some(&numbers.len()), "{family} has no gaps");
        }
    }
}
