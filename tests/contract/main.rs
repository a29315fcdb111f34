//! The contract of the store, as stories that run on a database file and in memory.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod stage;

mod completed;
mod faults;
mod leases;
mod lifecycle;
mod old_database;
mod settings;
mod submitting;
mod watching;
