//! The kind `script`: runs a file of the operator's scripts folder and follows it.
//!
//! # Layout
//! - `message`: its texts in each language, for server and browser
//! - `picture`: how the tray shows it
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
pub(super) mod limits;
mod message;
#[cfg(feature = "ssr")]
mod output;
mod picture;
#[cfg(feature = "ssr")]
mod running_script;
#[cfg(feature = "ssr")]
mod spec;

#[cfg(feature = "ssr")]
pub use limits::ScriptLimits;
pub use message::{ScriptMessage, ScriptOff, ScriptRule};
#[cfg(feature = "ssr")]
pub use spec::ScriptKind;

use super::module::KindModule;
#[cfg(feature = "ssr")]
use super::server_part::{CreatedKind, ServerPart};
#[cfg(feature = "ssr")]
use supervisor::Supervisor;

/// The name of the kind.
pub const KIND: &str = "script";

pub(super) const MODULE: KindModule = KindModule {
    messages: &[
        ScriptMessage::ENTRIES,
        ScriptOff::ENTRIES,
        ScriptRule::ENTRIES,
    ],
    pictures: &[picture::PICTURE],
    #[cfg(feature = "ssr")]
    server: ServerPart::new(|_, setup| {
        let scripts = setup.scripts.clone();
        let supervisor = Supervisor::this_program();
        vec![CreatedKind::new(ScriptKind::new(
            scripts,
            setup.script_limits,
            supervisor,
        ))]
    }),
};
