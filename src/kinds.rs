//! One file a kind of work.

pub mod story;
