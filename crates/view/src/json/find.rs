//! Where does a text have what is looked for?

use std::ops::Range;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// Where, in order.
    pub places: Vec<Range<usize>>,
    /// Whether there are more than were looked for.
    pub more: bool,
}

/// Finds a text in another one, whatever the case of its ASCII letters: the first so many places.
pub fn find(text: &str, wanted: &str, most: usize) -> Hits {
    let mut hits = Hits::default();
    if wanted.is_empty() {
        return hits;
    }
    let (text, wanted) = (text.to_ascii_lowercase(), wanted.to_ascii_lowercase());
    for (start, part) in text.match_indices(&wanted) {
        if hits.places.len() == most {
            hits.more = true;
            break;
        }
        hits.places.push(start..start + part.len());
    }
    hits
}

impl Hits {
    /// Those that touch a stretch of the text.
    pub fn within(&self, stretch: &Range<usize>) -> &[Range<usize>] {
        let first = self.places.partition_point(|hit| hit.end <= stretch.start);
        let end = self.places.partition_point(|hit| hit.start < stretch.end);
        self.places.get(first..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_whatever_the_case_and_where_it_stands() {
        let hits = find("Linux, linux, ÄLINUX", "LiNuX", 10);
        assert_eq!(hits.places, [0..5, 7..12, 16..21]);
        assert!(!hits.more);
        assert_eq!(hits.within(&(4..8)), [0..5, 7..12]);
        assert_eq!(hits.within(&(5..7)), []);
    }

    #[test]
    fn no_more_than_wanted() {
        let hits = find("aaaa", "a", 3);
        assert_eq!((hits.places.len(), hits.more), (3, true));
        assert_eq!(find("aaa", "", 3), Hits::default());
    }
}
