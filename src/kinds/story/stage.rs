//! What a chapter is for.

/// What a chapter does for the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Opening,
    Complication,
    Turn,
    Climax,
    Ending,
}

impl Stage {
    /// The stage of a chapter among so many: the turn comes after three fifths of the way.
    pub fn of(chapter: usize, chapters: usize) -> Self {
        match chapters - 1 - chapter.min(chapters - 1) {
            _ if chapter == 0 => Self::Opening,
            0 => Self::Ending,
            1 => Self::Climax,
            _ if chapters >= 5 && chapter == (chapters * 3).div_ceil(5) - 1 => Self::Turn,
            _ => Self::Complication,
        }
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Complication => "complication",
            Self::Turn => "turn",
            Self::Climax => "climax",
            Self::Ending => "ending",
        }
    }
}
