//! The kind `story`: the built-in writer makes a story of chapters.

use crate::studio::Studio;

/// Writes stories.
#[derive(Clone)]
pub struct StoryKind {
    studio: Studio,
}

impl StoryKind {
    pub fn new(studio: Studio) -> Self {
        Self { studio }
    }

    /// Where the cast's characters come from.
    pub fn studio(&self) -> &Studio {
        &self.studio
    }
}
