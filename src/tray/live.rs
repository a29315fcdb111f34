//! The live connection to the server, and the server's clock.
//!
//! # Layout
//! - [`connection`]: the socket, and polling where no socket opens
//! - [`backoff`]: the delay before the next attempt; pure
//! - [`server_clock`]: the server's time by the browser's clocks; pure
//! - [`clock`]: the present as the page shows it
//! - [`ticker`]: moves the present while somebody can see it

pub mod backoff;
pub mod clock;
pub mod connection;
pub mod server_clock;
pub mod ticker;
