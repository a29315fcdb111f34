//! The kind `story`: the built-in writer makes a story in chapters.
//!
//! # Layout
//! - `message`: its texts in each language, for server and browser
//! - `picture`: how the tray shows it
//! - `spec`: what the queue needs to know about the kind, and how a job is prepared
//! - `input`: what may be asked for, and what the row stores of it
//! - `handler`: runs the job, with a checkpoint after each chapter
//! - `markdown`: front matter, last line and file name; `html`: the same text for its page
//! - `finished`: a finished story, as lists show it
//! - `page_texts`: the texts of its pages
//! - `view`: the pages, and the form that starts a job
//!
//! The story itself comes from the crate `narrator`.

#[cfg(feature = "ssr")]
mod finished;
#[cfg(feature = "ssr")]
mod handler;
#[cfg(feature = "ssr")]
mod html;
#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
mod markdown;
mod message;
#[cfg(feature = "ssr")]
mod page_texts;
mod picture;
#[cfg(feature = "ssr")]
mod spec;
#[cfg(feature = "ssr")]
mod view;

pub use message::StoryMessage;
#[cfg(feature = "ssr")]
pub use spec::StoryKind;

use super::module::KindModule;
#[cfg(feature = "ssr")]
use super::server_part::{CreatedKind, ServerPart};

/// The name of the kind.
pub const KIND: &str = "story";

pub(super) const MODULE: KindModule = KindModule {
    messages: &[StoryMessage::ENTRIES],
    pictures: &[picture::PICTURE],
    #[cfg(feature = "ssr")]
    server: ServerPart::new(|studio, _| vec![CreatedKind::new(StoryKind::new(studio.clone()))])
        .with_pages(view::PAGES),
};
