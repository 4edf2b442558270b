//! What the tests of the whole product share: programs, windows, pages, and waiting.
#![allow(
    clippy::print_stderr,
    reason = "tests tell on standard error what they skip and what a window showed"
)]

pub mod app;
pub mod axe;
pub mod cdp;
pub mod clipboard;
pub mod driver;
pub mod figure;
pub mod images;
pub mod memory;
pub mod page;
pub mod peers;
pub mod pictures;
pub mod process;
pub mod push;
pub mod wait;
pub mod wire;
