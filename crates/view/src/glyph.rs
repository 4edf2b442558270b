//! Which picture stands for a digest?
//!
//! Same digest, same picture: 5 by 5 cells, mirrored left to right, in one of six inks. It is made from bytes that
//! the short text beside it does not show. It helps to compare and never proves equality.

use oci::Digest;

/// The picture of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Which of the six inks: 0 to 5.
    pub ink: u8,
    /// Rows from the top, cells from the left: whether each is lit.
    pub cells: [[bool; 5]; 5],
}

/// Shown where no window of the digest is neither nearly empty nor full.
const NO_WINDOW: u16 = 0x5555;

/// The picture of a digest. A digest that is no hex of at least 16 bytes is drawn from its characters instead.
pub fn glyph(digest: &Digest) -> Glyph {
    let bytes = hex_bytes(digest.encoded())
        .filter(|bytes| bytes.len() >= 16)
        .unwrap_or_else(|| digest.encoded().bytes().collect());
    let ink = bytes.get(4).map_or(0, |byte| byte % 6);
    let window = bytes
        .windows(2)
        .skip(5)
        .map(|pair| ((u16::from(pair[0]) << 8) | u16::from(pair[1])) & 0x7fff)
        .find(|window| is_even(*window))
        .unwrap_or(NO_WINDOW);
    Glyph { ink, cells: std::array::from_fn(|row| std::array::from_fn(|column| is_lit(window, row, column))) }
}

impl Glyph {
    /// The lit cells as one SVG path in a box of 19 by 19: cells of 3 by 3 from (2, 2).
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (row, cells) in self.cells.iter().enumerate() {
            for (column, _) in cells.iter().enumerate().filter(|(_, lit)| **lit) {
                path.push_str(&format!("M{} {}h3v3h-3z", 2 + 3 * column, 2 + 3 * row));
            }
        }
        path
    }
}

fn is_lit(window: u16, row: usize, column: usize) -> bool {
    window >> (3 * row + column.min(4 - column)) & 1 == 1
}

/// Whether 9 to 17 of the 25 cells are lit, and one of them on the outer column.
fn is_even(window: u16) -> bool {
    let lit: usize =
        (0..15).filter(|bit| window >> bit & 1 == 1).map(|bit| if bit % 3 == 2 { 1 } else { 2 }).sum();
    let edge = window & 0b001_001_001_001_001 != 0;
    (9..=17).contains(&lit) && edge
}

fn hex_bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.chars().map(|c| c.to_digit(16)).collect::<Option<Vec<_>>>()?;
    let pairs = digits.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs.map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(digest: &str) -> (u8, String) {
        let glyph = glyph(&digest.parse().unwrap());
        let rows =
            glyph.cells.map(|row| row.map(|lit| if lit { '#' } else { '.' }).iter().collect::<String>());
        (glyph.ink, rows.join(" "))
    }

    #[test]
    fn the_pictures_of_the_design_language() {
        let cases = [
            (
                "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                1,
                "##### ..#.. #.#.# #...# ##.##",
            ),
            (
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                2,
                "..#.. ##.## ..... .###. #####",
            ),
            (&format!("sha256:{}", "0".repeat(64)), 0, "#.#.# .#.#. #.#.# .#.#. #.#.#"),
            (&format!("sha256:{}", "f".repeat(64)), 3, "#.#.# .#.#. #.#.# .#.#. #.#.#"),
        ];
        for (digest, ink, rows) in cases {
            assert_eq!(draw(digest), (ink, rows.to_owned()), "{digest}");
        }
    }

    #[test]
    fn the_path_draws_each_lit_cell_once() {
        let glyph = glyph(&format!("sha256:{}", "0".repeat(64)).parse().unwrap());
        let lit = glyph.cells.iter().flatten().filter(|lit| **lit).count();
        let path = glyph.path();
        assert_eq!(path.matches('M').count(), lit);
        assert!(path.starts_with("M2 2h3v3h-3zM8 2h3v3h-3zM14 2h3v3h-3zM5 5h3v3h-3z"), "{path}");
    }

    #[test]
    fn a_digest_of_another_kind_has_a_picture_too() {
        draw("md5:x");
        draw("future:no_hex=but_valid");
        draw(&format!("sha512:{}", "a".repeat(128)));
    }
}
