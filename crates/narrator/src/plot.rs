//! The plot point of each chapter.

/// The role of a chapter in the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlotPoint {
    Opening,
    Complication,
    Turn,
    Climax,
    Ending,
}

impl PlotPoint {
    /// The plot point of a chapter, counted from 0. From five chapters on, the turn comes after three fifths of them.
    pub fn of(chapter: usize, chapters: usize) -> Self {
        match chapters - 1 - chapter.min(chapters - 1) {
            _ if chapter == 0 => Self::Opening,
            0 => Self::Ending,
            1 => Self::Climax,
            _ if chapters >= 5 && chapter == (chapters * 3).div_ceil(5) - 1 => Self::Turn,
            _ => Self::Complication,
        }
    }

    /// Its name in the pools of the lexicon.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plot_points_follow_the_length_of_the_story() {
        let initials = |chapters| -> String {
            (0..chapters)
                .map(|chapter| &PlotPoint::of(chapter, chapters).as_str()[..2])
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(initials(1), "op");
        assert_eq!(initials(2), "op en");
        assert_eq!(initials(3), "op cl en");
        assert_eq!(initials(5), "op co tu cl en");
        assert_eq!(initials(10), "op co co co co tu co co cl en");
    }
}
