//! Which rows of a long list are on the screen?

/// The rows to draw, and the room that all of them take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// The first row to draw.
    pub first: usize,
    /// The row behind the last one to draw.
    pub end: usize,
    /// Where the first drawn row stands, in pixels from the start of the list.
    pub offset: f64,
    /// The height of the whole list in pixels.
    pub height: f64,
}

/// A list whose rows have one height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct List {
    /// How many rows it has.
    pub count: usize,
    /// The height of a row in pixels.
    pub row: f64,
    /// How many rows beyond the visible ones are drawn on either side.
    pub beyond: usize,
}

/// The rows that a pane shows which is `scrolled` so far and has so much `room`, both in pixels. Whatever a browser
/// reports, the answer is within the list, and as many rows as fit the room.
pub fn window(list: List, scrolled: f64, room: f64) -> Window {
    let row = if list.row.is_finite() && list.row >= 1.0 { list.row } else { 1.0 };
    let rows = |pixels: f64| if pixels.is_finite() && pixels > 0.0 { pixels / row } else { 0.0 };
    // A float above the range of usize becomes the largest usize.
    let fit = rows(room).ceil() as usize;
    let top = (rows(scrolled).floor() as usize).min(list.count.saturating_sub(fit));
    let first = top.saturating_sub(list.beyond);
    // One more, since the first and the last row may be seen in part.
    let end = top.saturating_add(fit).saturating_add(1).saturating_add(list.beyond).min(list.count);
    Window { first, end, offset: first as f64 * row, height: list.count as f64 * row }
}

/// How far a pane must be scrolled so that a row is wholly seen: as little as possible.
pub fn reveal(list: List, place: usize, scrolled: f64, room: f64) -> f64 {
    let start = place as f64 * list.row;
    let end = start + list.row;
    if start < scrolled || list.row > room {
        start
    } else if end > scrolled + room {
        end - room
    } else {
        scrolled
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIST: List = List { count: 5000, row: 28.0, beyond: 4 };

    #[test]
    fn the_rows_on_the_screen_and_some_beyond() {
        let cases = [
            (0.0, 280.0, 0, 15),
            (28.0, 280.0, 0, 16),
            (280.0, 280.0, 6, 25),
            (290.0, 280.0, 6, 25),
            (4990.0 * 28.0, 280.0, 4986, 5000),
            // Beyond the end, as with a list that has become shorter.
            (1e12, 280.0, 4986, 5000),
            (-50.0, 280.0, 0, 15),
            (f64::NAN, 280.0, 0, 15),
            (0.0, 0.0, 0, 5),
        ];
        for (scrolled, room, first, end) in cases {
            let window = window(LIST, scrolled, room);
            assert_eq!((window.first, window.end), (first, end), "{scrolled} {room}");
            assert_eq!(window.offset, first as f64 * 28.0);
            assert_eq!(window.height, 140_000.0);
        }
    }

    #[test]
    fn an_empty_list_has_no_rows() {
        let window = window(List { count: 0, ..LIST }, 100.0, 280.0);
        assert_eq!((window.first, window.end, window.height), (0, 0, 0.0));
    }

    #[test]
    fn a_row_is_revealed_with_as_little_scrolling_as_possible() {
        assert_eq!(reveal(LIST, 3, 0.0, 280.0), 0.0);
        assert_eq!(reveal(LIST, 10, 0.0, 280.0), 28.0);
        assert_eq!(reveal(LIST, 3, 280.0, 280.0), 84.0);
    }

    proptest! {
        #[test]
        fn what_is_seen_is_drawn_and_little_more(
            count in 0_usize..200_000, scrolled in 0.0..5_000_000.0_f64, room in 0.0..2000.0_f64,
        ) {
            let list = List { count, ..LIST };
            let window = window(list, scrolled, room);
            prop_assert!(window.first <= window.end && window.end <= count);
            prop_assert!(window.end - window.first <= (room / 28.0).ceil() as usize + 1 + 2 * list.beyond);
            let seen = (scrolled / 28.0) as usize..((scrolled + room) / 28.0).ceil() as usize;
            if seen.end <= count {
                prop_assert!(window.first <= seen.start && seen.end <= window.end);
            }
        }
    }
}
