//! The kinds of job, one folder each, and the only list of them.
//!
//! Server and browser share the messages of each kind; the rest belongs to the server.

mod icons;
#[cfg(feature = "ssr")]
mod registry;
pub mod scene;
pub mod script;
pub mod story;
pub mod vessel;

#[cfg(feature = "ssr")]
pub use registry::{PAGES, SCENE_VIEWS, Setup, registry};

pub use icons::ICONS;

use crate::i18n::Entry;

/// The messages of every kind, for [`install`](crate::i18n::install).
pub const MESSAGES: &[&[Entry]] = &[
    scene::SceneMessage::ENTRIES,
    script::ScriptMessage::ENTRIES,
    script::ScriptOff::ENTRIES,
    script::ScriptRule::ENTRIES,
    story::StoryMessage::ENTRIES,
    vessel::VesselMessage::ENTRIES,
];
