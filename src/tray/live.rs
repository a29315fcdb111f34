//! The connection to the server, and the server's clock.

pub mod backoff;
pub mod clock;
pub mod connection;
