//! The kind `script`: runs a file of the operator's scripts folder and follows it.
//!
//! # Layout
//! - `message`: its texts in each language, for server and browser
//! - `spec`: what the queue needs to know about the kind, and how a job is prepared
//! - `input`: what a caller may ask for · `folder`: which files may run · `limits`: what they may use
//! - `handler`: starts or resumes a script · `running_script`: follows it to its end
//! - `output`: what it prints, within limits · `failure`: what its end means for the job
//!
//! The `supervisor` crate controls the script and every process that it starts, and documents what can escape.
//! The `progress` crate reads progress from what the script prints.

#[cfg(feature = "ssr")]
mod failure;
#[cfg(feature = "ssr")]
mod folder;
#[cfg(feature = "ssr")]
mod handler;
#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
mod limits;
mod message;
#[cfg(feature = "ssr")]
mod output;
#[cfg(feature = "ssr")]
mod running_script;
#[cfg(feature = "ssr")]
mod spec;

#[cfg(feature = "ssr")]
pub use limits::ScriptLimits;
pub use message::{ScriptMessage, ScriptOff, ScriptRule};
#[cfg(feature = "ssr")]
pub use spec::ScriptKind;
