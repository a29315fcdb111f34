//! The kinds `part_tree` and `stage_plan`: read a vessel of Kerbal Space Program.
//!
//! # Layout
//!
//! - `message`: the texts of both kinds in each language, for server and browser
//! - `picture`: how the tray shows it
//! - `spec`: what the queue needs to know about the kinds, and how a job is prepared
//! - `craft_folder`: the folder of craft and save files
//! - `input`: what may be asked for, and what the row stores of it
//! - `handler`: runs the job in a thread, with its progress and checkpoints · `error`: why it ends without a result
//! - `confidence`: what a stage plan says about its figures, in the reader's language
//! - `page_texts`: the texts of the pages
//! - `view`: the pages, and the form that starts a job
//!
//! The crate `craft` reads the files and calculates the results.

#[cfg(feature = "ssr")]
mod confidence;
#[cfg(feature = "ssr")]
mod craft_folder;
#[cfg(feature = "ssr")]
mod error;
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

#[cfg(feature = "ssr")]
pub use craft_folder::CraftFolder;
pub use message::VesselMessage;
#[cfg(feature = "ssr")]
pub use spec::VesselKind;

use super::module::KindModule;
#[cfg(feature = "ssr")]
use super::server_part::{CreatedKind, ServerPart};

/// The names of the kinds.
pub const PART_TREE: &str = "part_tree";
pub const STAGE_PLAN: &str = "stage_plan";

pub(super) const MODULE: KindModule = KindModule {
    messages: &[VesselMessage::ENTRIES],
    pictures: picture::PICTURES,
    #[cfg(feature = "ssr")]
    server: ServerPart::new(|_, setup| {
        let craft = CraftFolder::at(&setup.craft);
        vec![
            CreatedKind::new(VesselKind::part_tree(craft.clone())),
            CreatedKind::new(VesselKind::stage_plan(craft)),
        ]
    })
    .with_pages(view::PAGES)
    .with_context(|setup| leptos::prelude::provide_context(CraftFolder::at(&setup.craft))),
};
