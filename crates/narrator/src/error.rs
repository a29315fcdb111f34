//! Why a story cannot be written.

/// Why a story cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The premise has no chapters.
    #[error("a story needs at least one chapter")]
    NoChapters,
    /// Chapters count from 0.
    #[error("there is no chapter {chapter}: the story has {chapters}")]
    NoSuchChapter { chapter: usize, chapters: usize },
}
