//! What only the server knows of a request, or can do to its answer.

#[cfg(not(feature = "ssr"))]
#[path = "request/browser.rs"]
mod side;
#[cfg(feature = "ssr")]
#[path = "request/server.rs"]
mod side;

pub use side::*;
