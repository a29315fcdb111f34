//! The tools.
//!
//! # Layout
//! - [`definitions`]: the tools as a client reads them before it calls one, and the tool of a name
//! - [`arguments`]: what a tool is called with; [`error`]: why a call failed
//! - [`call`]: who calls, and what every answer gets besides
//! - [`dispatch`]: the tools that do not depend on a kind: [`commands`], [`reads`], [`lists`], [`wait`];
//!   [`start`]: those that start jobs
//! - [`artifact`]: the files that jobs made

pub mod arguments;
pub mod artifact;
pub mod call;
mod commands;
pub mod definitions;
pub mod dispatch;
pub mod error;
mod lists;
mod reads;
pub mod start;
mod wait;
