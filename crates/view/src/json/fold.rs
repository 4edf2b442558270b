//! Which rows are shown while some objects and arrays are folded?

use super::{rows::Page, tree::Tree};

/// An object or an array that takes more than one row, and so can be folded into the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// It, by its place in the tree.
    pub container: u32,
    /// The row in which it opens.
    pub row: u32,
    /// The row in which it ends.
    pub last: u32,
    /// The byte at which its last row goes on when it is folded: its closing bracket.
    pub tail: u32,
    /// How deep it stands: 0 for the whole document.
    pub depth: u32,
}

/// What can be folded, by row; in each row the outermost.
pub fn folds(page: &Page, tree: &Tree) -> Vec<Fold> {
    let mut folds: Vec<Fold> = Vec::new();
    let mut depths: Vec<u32> = Vec::with_capacity(tree.containers.len());
    for (place, container) in (0..).zip(&tree.containers) {
        let depth = container.parent.map_or(0, |parent| depths[parent as usize] + 1);
        depths.push(depth);
        let (Some(open), Some(close)) =
            (page.tokens.get(container.open as usize), page.tokens.get(container.close as usize))
        else {
            continue;
        };
        let row = page.row_of(open.start as usize);
        let last = page.row_of(close.start as usize);
        let (Ok(row), Ok(last)) = (u32::try_from(row), u32::try_from(last)) else { continue };
        if last > row && folds.last().is_none_or(|before| before.row != row) {
            folds.push(Fold { container: place, row, last, tail: close.start, depth });
        }
    }
    folds
}

/// The rows that are left when some folds are closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// The closed ones that are not within another closed one: `(row, last)`.
    closed: Vec<(u32, u32)>,
    /// How many rows are hidden before each of them.
    before: Vec<u32>,
    /// How many rows are shown.
    pub count: usize,
}

impl Shown {
    /// What is shown of so many rows with these folds closed, which stand in the order of their rows.
    pub fn new(rows: usize, closed: impl Iterator<Item = Fold>) -> Self {
        let mut shown = Self::default();
        let mut hidden = 0_u32;
        for fold in closed {
            if shown.closed.last().is_some_and(|(_, last)| fold.row <= *last) {
                continue;
            }
            shown.closed.push((fold.row, fold.last));
            shown.before.push(hidden);
            hidden += fold.last - fold.row;
        }
        shown.count = rows.saturating_sub(hidden as usize);
        shown
    }

    /// The row at a place among those that are shown.
    pub fn row(&self, place: usize) -> usize {
        let behind = |index: usize| (self.closed[index].0 - self.before[index]) as usize;
        let mut low = 0;
        let mut high = self.closed.len();
        while low < high {
            let middle = usize::midpoint(low, high);
            if behind(middle) < place { low = middle + 1 } else { high = middle }
        }
        let hidden: u32 = match low.checked_sub(1) {
            Some(last) => self.before[last] + (self.closed[last].1 - self.closed[last].0),
            None => 0,
        };
        place + hidden as usize
    }

    /// The place of a row among those that are shown; of a hidden one that of the row into which it is folded.
    pub fn place(&self, row: usize) -> usize {
        let behind = self.closed.partition_point(|(first, _)| (*first as usize) < row);
        match behind.checked_sub(1) {
            Some(index) => {
                let (first, last) = self.closed[index];
                let before = self.before[index] as usize;
                if row <= last as usize {
                    first as usize - before
                } else {
                    row - before - (last - first) as usize
                }
            }
            None => row,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n \"a\": [{\n  \"b\": 1\n }],\n \"c\": {\n  \"d\": {\n  }\n },\n \"e\": {}\n}\n";

    fn rows(closed: &[u32]) -> Vec<usize> {
        let page = Page::json(TEXT.to_owned());
        let folds = folds(&page, &Tree::of(&page));
        let shown =
            Shown::new(page.rows.len(), folds.iter().copied().filter(|fold| closed.contains(&fold.row)));
        let rows: Vec<_> = (0..shown.count).map(|place| shown.row(place)).collect();
        for (place, row) in rows.iter().enumerate() {
            assert_eq!(shown.place(*row), place, "{closed:?}");
        }
        rows
    }

    #[test]
    fn in_each_row_the_outermost_can_be_folded() {
        let page = Page::json(TEXT.to_owned());
        let folds = folds(&page, &Tree::of(&page));
        let found: Vec<_> = folds.iter().map(|fold| (fold.row, fold.last, fold.depth)).collect();
        assert_eq!(found, [(0, 9, 0), (1, 3, 1), (4, 7, 1), (5, 6, 2)]);
        assert_eq!(&TEXT[folds[1].tail as usize..][..3], "],\n");
    }

    #[test]
    fn what_is_folded_is_left_out() {
        assert_eq!(rows(&[]), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(rows(&[1]), [0, 1, 4, 5, 6, 7, 8, 9]);
        assert_eq!(rows(&[1, 4]), [0, 1, 4, 8, 9]);
        assert_eq!(rows(&[4, 5]), [0, 1, 2, 3, 4, 8, 9], "one fold within another hides no more");
        assert_eq!(rows(&[0, 1, 4]), [0]);
        let page = Page::json(TEXT.to_owned());
        let all = folds(&page, &Tree::of(&page));
        let shown = Shown::new(10, all.into_iter().filter(|fold| fold.row == 4));
        assert_eq!(shown.place(6), 4, "a hidden row stands where it is folded");
    }

    #[test]
    fn twenty_thousand_folds_are_no_matter() {
        let text = format!("[{}]", "{\n\"a\":1\n},\n".repeat(20_000));
        let page = Page::json(text);
        let folds = folds(&page, &Tree::of(&page));
        let shown = Shown::new(page.rows.len(), folds.iter().copied().filter(|fold| fold.depth == 1));
        // The first object opens in the row of the array, which is folded as a whole or not at all.
        assert_eq!(shown.count, page.rows.len() - 2 * 19_999);
    }
}
