//! Servers, clients and a kind of job, shared by jobtray's integration tests and benchmarks.
//!
//! # Layout
//!
//! - [`server`]: a server inside the test's process, over the `memory:` store or a file.
//! - [`program`]: the built program, as a process of its own.
//! - [`assistant`]: the MCP client of rmcp.
//! - [`film`]: a kind of job that tests claim themselves.
//! - [`timed`]: jobs on a worker of their own, timed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test fails where something is not as it must be"
)]

pub mod assistant;
pub mod film;
pub mod program;
pub mod server;
pub mod timed;
