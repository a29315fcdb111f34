//! The store's contract, told as stories that run on a file and in memory.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod stage;

mod bad_days;
mod leases;
mod lifecycle;
mod old_database;
mod settings;
mod submitting;
mod watching;
