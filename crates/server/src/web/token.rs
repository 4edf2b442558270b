//! Does the asker know the launch token?
//!
//! The token is made anew at every start, and shown once, in the fragment of the first URL: a fragment is never
//! sent, so it is in no log and no `Referer`. It travels in a header and never in a cookie, because cookies ignore
//! ports and every other local server would receive it.

use std::{
    fmt,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use subtle::ConstantTimeEq;

/// The request header that carries the token.
pub const TOKEN_HEADER: &str = "x-ociscope-token";

/// After so many wrong tokens in a row each further one has to wait.
pub const WRONG_TOKENS: u32 = 10;

/// How long it has to wait.
pub const WRONG_TOKEN_DELAY: Duration = Duration::from_secs(1);

/// 256 random bits, as 64 hexadecimal digits.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new one from the operating system.
    ///
    /// # Errors
    /// The operating system gives no random bytes.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// The text, for the one URL that shows it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn is(&self, given: &[u8]) -> bool {
        // Unequal lengths differ at once; the length is no secret.
        self.0.as_bytes().ct_eq(given).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What a given token is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// The right one.
    Right,
    /// Wrong or missing.
    Wrong,
    /// Wrong, like many before it.
    WrongAgain,
}

/// The token and how often it was missed.
#[derive(Debug)]
pub(crate) struct Lock {
    token: Token,
    missed: AtomicU32,
}

impl Lock {
    pub(crate) fn new(token: Token) -> Self {
        Self { token, missed: AtomicU32::new(0) }
    }

    /// A right token counts at any time: a stale tab that keeps asking must not shut out the user.
    pub(crate) fn judge(&self, given: Option<&[u8]>) -> Judgement {
        if given.is_some_and(|given| self.token.is(given)) {
            self.missed.store(0, Ordering::Relaxed);
            return Judgement::Right;
        }
        match self.missed.fetch_add(1, Ordering::Relaxed) {
            missed if missed < WRONG_TOKENS => Judgement::Wrong,
            _ => {
                // Stays where it is, and so cannot wrap around.
                self.missed.store(WRONG_TOKENS, Ordering::Relaxed);
                Judgement::WrongAgain
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_256_bits_and_new_each_time() {
        let (one, two) = (Token::new().unwrap(), Token::new().unwrap());
        assert_eq!(one.reveal().len() * 4, 256);
        assert!(one.reveal().bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_ne!(one.reveal(), two.reveal());
        assert_eq!(format!("{one:?}"), "Token(…)");
    }

    #[test]
    fn only_the_whole_token_is_right() {
        let token = Token::new().unwrap();
        let text = token.reveal().to_owned();
        let lock = Lock::new(token);
        for wrong in
            ["", &text[..63], &format!("{text}0"), &text.to_ascii_uppercase().replace(['0', '1'], "2")]
        {
            assert_eq!(lock.judge(Some(wrong.as_bytes())), Judgement::Wrong, "{wrong}");
        }
        assert_eq!(lock.judge(None), Judgement::Wrong);
        assert_eq!(lock.judge(Some(text.as_bytes())), Judgement::Right);
    }
}
