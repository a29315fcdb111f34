//! The kind `scene`: renders a segment of a character's scene as a film.
//!
//! # Layout
//!
//! - `message`: its texts in each language, for server and browser
//! - `picture`: how the tray shows it
//! - `spec`: what the queue needs to know about the kind, and how a job is prepared
//! - `input`: what a caller may ask for
//! - `finished`: a finished segment, as pages show it
//! - `estimate`: how long rendering takes
//! - `handler`: runs the job, with its progress, log lines, failures and checkpoints
//! - `page_texts`: the texts of its pages
//! - `view`: the pages, and the form that starts a job
//!
//! The renderer is the crate `film`.

#[cfg(feature = "ssr")]
mod estimate;
#[cfg(feature = "ssr")]
mod finished;
#[cfg(feature = "ssr")]
mod handler;
#[cfg(feature = "ssr")]
mod input;
mod message;
#[cfg(feature = "ssr")]
mod page_texts;
mod picture;
#[cfg(feature = "ssr")]
mod spec;
#[cfg(feature = "ssr")]
mod view;

pub use message::SceneMessage;
#[cfg(feature = "ssr")]
pub use spec::SceneKind;

use super::module::KindModule;
#[cfg(feature = "ssr")]
use super::server_part::{CreatedKind, ServerPart};

/// The name of the kind.
pub const KIND: &str = "scene";

pub(super) const MODULE: KindModule = KindModule {
    messages: &[SceneMessage::ENTRIES],
    pictures: &[picture::PICTURE],
    #[cfg(feature = "ssr")]
    server: ServerPart::new(|studio, _| vec![CreatedKind::new(SceneKind::new(studio.clone()))])
        .with_pages(view::PAGES)
        .with_scene_view(view::SCENE_VIEW),
};
