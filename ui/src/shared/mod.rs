//! What do several screens show in the same way?

pub(crate) mod age;
pub(crate) mod copy;
pub(crate) mod digest;
pub(crate) mod empty_state;
pub(crate) mod error_state;
pub(crate) mod filter;
pub(crate) mod growing;
pub(crate) mod icon;
pub(crate) mod kind;
pub(crate) mod kv;
pub(crate) mod listing;
pub(crate) mod memory;
pub(crate) mod modal;
pub(crate) mod pin;
pub(crate) mod rows;
pub(crate) mod save;
pub(crate) mod seen;
pub(crate) mod tabs;
pub(crate) mod task;
