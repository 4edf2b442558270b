//! `algorithm:encoded`, and whether bytes hash to it.
//!
//! Image specification, descriptor.md, "Digests" and "Registered Algorithms".

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256, Sha512};

/// The hash function that a digest names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// SHA-256: 64 lower-case hex digits. Every client must know it.
    Sha256,
    /// SHA-512: 128 lower-case hex digits.
    Sha512,
    /// Well-formed but not computed here: valid, and "cannot verify" (oci-rules A-N6).
    Other(String),
}

impl Algorithm {
    /// The name before the colon.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
            Self::Other(name) => name,
        }
    }
}

/// A digest that follows the grammar; registered algorithms also have their exact length in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest {
    text: String,
    colon: usize,
}

/// Why a text is no digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DigestError {
    /// No colon between algorithm and encoded part.
    #[error("a digest is written algorithm:encoded, and {0:?} has no colon")]
    NoColon(String),
    /// The part before the colon breaks the grammar.
    #[error("{0:?} is no digest algorithm: lower-case letters and digits, joined by + . _ or -")]
    Algorithm(String),
    /// The part after the colon is empty or breaks the grammar.
    #[error("{0:?} is no encoded digest: letters, digits, = _ and - only")]
    Encoded(String),
    /// A registered algorithm with the wrong number of digits, or digits that are no lower-case hex.
    #[error("a {algorithm} digest has exactly {expected} lower-case hex digits, not {actual:?}")]
    Hex {
        /// The registered algorithm.
        algorithm: &'static str,
        /// How many digits it has.
        expected: usize,
        /// The encoded part as given.
        actual: String,
    },
}

/// What comparing bytes with a digest showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// The bytes hash to the digest.
    Verified,
    /// They do not; this is what they hash to under the same algorithm.
    Mismatch(Digest),
    /// The algorithm is not computed here.
    CannotVerify,
}

impl Digest {
    /// The SHA-256 of bytes.
    pub fn sha256(bytes: &[u8]) -> Self {
        Self::of("sha256", &Sha256::digest(bytes))
    }

    /// The SHA-512 of bytes.
    pub fn sha512(bytes: &[u8]) -> Self {
        Self::of("sha512", &Sha512::digest(bytes))
    }

    fn of(algorithm: &str, hash: &[u8]) -> Self {
        use fmt::Write as _;
        let mut text = String::with_capacity(algorithm.len() + 1 + hash.len() * 2);
        text.push_str(algorithm);
        text.push(':');
        for byte in hash {
            write!(text, "{byte:02x}").expect("a String takes every write");
        }
        Self { colon: algorithm.len(), text }
    }

    /// The algorithm before the colon.
    pub fn algorithm(&self) -> Algorithm {
        match &self.text[..self.colon] {
            "sha256" => Algorithm::Sha256,
            "sha512" => Algorithm::Sha512,
            other => Algorithm::Other(other.to_owned()),
        }
    }

    /// The part after the colon.
    pub fn encoded(&self) -> &str {
        &self.text[self.colon + 1..]
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Compares whole bytes with this digest.
    pub fn verify(&self, bytes: &[u8]) -> Verification {
        let mut hasher = Hasher::new(&self.algorithm());
        hasher.update(bytes);
        hasher.finish(self)
    }
}

/// Hashes a stream piece by piece under the algorithm of the digest that is expected of it.
#[derive(Debug, Clone)]
pub struct Hasher(State);

#[derive(Debug, Clone)]
enum State {
    Sha256(Sha256),
    Sha512(Sha512),
    Unknown,
}

impl Hasher {
    /// A hasher for an algorithm; for one that is not computed here it counts as "cannot verify".
    pub fn new(algorithm: &Algorithm) -> Self {
        Self(match algorithm {
            Algorithm::Sha256 => State::Sha256(Sha256::new()),
            Algorithm::Sha512 => State::Sha512(Sha512::new()),
            Algorithm::Other(_) => State::Unknown,
        })
    }

    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            State::Sha256(hasher) => hasher.update(bytes),
            State::Sha512(hasher) => hasher.update(bytes),
            State::Unknown => {}
        }
    }

    /// Compares what was hashed with the expected digest.
    pub fn finish(self, expected: &Digest) -> Verification {
        let actual = match self.0 {
            State::Sha256(hasher) => Digest::of("sha256", &hasher.finalize()),
            State::Sha512(hasher) => Digest::of("sha512", &hasher.finalize()),
            State::Unknown => return Verification::CannotVerify,
        };
        if actual == *expected { Verification::Verified } else { Verification::Mismatch(actual) }
    }
}

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        let (algorithm, encoded) =
            text.split_once(':').ok_or_else(|| DigestError::NoColon(text.to_owned()))?;
        if !algorithm_is_well_formed(algorithm) {
            return Err(DigestError::Algorithm(algorithm.to_owned()));
        }
        if encoded.is_empty() || !encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"=_-".contains(&b)) {
            return Err(DigestError::Encoded(encoded.to_owned()));
        }
        let registered = match algorithm {
            "sha256" => Some(("sha256", 64)),
            "sha512" => Some(("sha512", 128)),
            "blake3" => Some(("blake3", 64)),
            _ => None,
        };
        if let Some((algorithm, expected)) = registered {
            let hex = encoded.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
            if encoded.len() != expected || !hex {
                return Err(DigestError::Hex { algorithm, expected, actual: encoded.to_owned() });
            }
        }
        Ok(Self { text: text.to_owned(), colon: algorithm.len() })
    }
}

/// `component (separator component)*` with components of `[a-z0-9]+` and separators of `[+._-]`.
fn algorithm_is_well_formed(algorithm: &str) -> bool {
    algorithm
        .split(['+', '.', '_', '-'])
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for Digest {
    type Error = DigestError;

    fn try_from(text: String) -> Result<Self, DigestError> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.text
    }
}
