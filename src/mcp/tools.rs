//! The tools.
//!
//! # Layout
//! - [`definitions`]: the descriptions of the tools, and the tool with a given name
//! - [`arguments`]: the arguments of each tool; [`error`]: why a call failed
//! - [`call`]: who calls, and what is added to every answer
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
