//! The kinds `part_tree` and `stage_plan`: read a vessel of Kerbal Space Program.
//!
//! # Layout
//!
//! - `message`: the texts of both kinds in each language, for server and browser
//! - `spec`: what the queue needs to know about the kinds, and how a job is prepared
//! - `input`: what may be asked for, and what the row stores of it
//! - `handler`: runs the job in a thread, with its progress and checkpoints · `error`: why it ends without a result
//! - `confidence`: what a stage plan says about its figures, in the reader's language
//! - `view`: the pages, and the form that starts a job
//!
//! The crate `craft` reads the files and calculates the results.

#[cfg(feature = "ssr")]
mod confidence;
#[cfg(feature = "ssr")]
mod error;
#[cfg(feature = "ssr")]
mod handler;
#[cfg(feature = "ssr")]
mod input;
mod message;
#[cfg(feature = "ssr")]
mod spec;
#[cfg(feature = "ssr")]
mod view;

pub use message::VesselMessage;
#[cfg(feature = "ssr")]
pub use spec::VesselKind;
#[cfg(feature = "ssr")]
pub use view::PAGES;
