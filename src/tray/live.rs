//! The live connection to the server, and the server's clock.
//!
//! # Layout
//! - [`connection`]: the socket, and polling where no socket opens
//! - [`backoff`]: the delay before the next attempt; pure
//! - [`server_clock`]: the server's time by the browser's clocks; pure
//! - [`clock`]: the current time as the page shows it
//! - [`ticker`]: advances that time while the page is visible

pub mod backoff;
pub mod clock;
pub mod connection;
pub mod server_clock;
pub mod ticker;
