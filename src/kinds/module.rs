//! What the list of kinds takes from each folder.

#[cfg(feature = "ssr")]
use super::server_part::ServerPart;
use crate::i18n::Entry;
use crate::job::KindPicture;

/// One folder of kinds: usually one kind, or several that share input and pages.
pub struct KindModule {
    /// The messages that rows of its jobs hold as keys.
    pub messages: &'static [&'static [Entry]],
    /// How the tray shows each of its kinds.
    pub pictures: &'static [KindPicture],
    #[cfg(feature = "ssr")]
    pub server: ServerPart,
}
