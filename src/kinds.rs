//! A folder for each kind of job, and the only list of them.
//!
//! Server and browser share the messages and the pictures of each kind; the rest belongs to the server.
//!
//! # Layout
//! - `scene`, `script`, `story`, `vessel`: the folders
//! - `module`, `server_part`: what the list takes from each, for both and for the server alone
//! - `registry`: the kinds as the server runs them; `setup`: the operator's configuration of them

pub mod module;
#[cfg(feature = "ssr")]
mod registry;
pub mod scene;
pub mod script;
#[cfg(feature = "ssr")]
pub mod server_part;
#[cfg(feature = "ssr")]
mod setup;
pub mod story;
pub mod vessel;

#[cfg(feature = "ssr")]
pub use registry::{page_context, pages, registry, scene_views};
#[cfg(feature = "ssr")]
pub use setup::Setup;

use crate::i18n;
use crate::job::KindPicture;
use module::KindModule;

/// The list of kinds, in the order of the top navigation.
#[rustfmt::skip]
static KINDS: &[KindModule] = &[
    scene::MODULE,
    story::MODULE,
    vessel::MODULE,
    script::MODULE,
];

/// Makes the messages of every kind known, which rows hold as keys.
pub fn install_messages() {
    i18n::install(KINDS.iter().flat_map(|kind| kind.messages).copied());
}

/// The pictures of a kind.
pub fn picture(kind: &str) -> Option<&'static KindPicture> {
    let mut pictures = KINDS.iter().flat_map(|module| module.pictures);
    pictures.find(|picture| picture.kind == kind)
}

/// The names of the kinds.
pub fn names() -> impl Iterator<Item = &'static str> {
    let pictures = KINDS.iter().flat_map(|module| module.pictures);
    pictures.map(|picture| picture.kind)
}
