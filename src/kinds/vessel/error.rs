//! Why a file is no vessel, as a sentence that the reader's language has too.

use crate::i18n::{Lang, job::say};
use crate::job::{FailureCode, Text};
use crate::studio::CraftError;
use crate::worker::Stop;
use std::fmt;
use std::io;

/// Why a vessel cannot be read.
#[derive(Debug)]
pub enum VesselError {
    /// The file's fault: a sentence of ours.
    File(Text),
    /// The disk's fault.
    Io(io::Error),
    /// Somebody wished the reading to stop.
    Stopped,
}

impl VesselError {
    /// A sentence without gaps.
    pub fn new(key: &str) -> Self {
        Self::File(Text::new(key))
    }

    /// A sentence about a line.
    pub fn at(key: &str, line: u64) -> Self {
        Self::File(Text::new(key).with("line", line))
    }

    /// A sentence with a name in its gap.
    pub fn of(key: &str, name: &str) -> Self {
        Self::File(Text::new(key).with("name", shown(name)))
    }
}

/// A name from a file as a sentence can hold it: no control characters, and not too long.
pub fn shown(name: &str) -> String {
    const LONGEST: usize = 80;
    let plain = name.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut shown: String = plain.take(LONGEST).collect();
    if name.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

impl fmt::Display for VesselError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(text) => f.write_str(&say(Lang::En, Some(text), &text.key)),
            Self::Io(error) => error.fmt(f),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}

impl std::error::Error for VesselError {}

impl From<io::Error> for VesselError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<VesselError> for Stop {
    fn from(error: VesselError) -> Self {
        match error {
            VesselError::Io(error) => error.into(),
            VesselError::Stopped => Self::Requested,
            VesselError::File(ref text) => Self::Failed {
                code: FailureCode::InvalidInput,
                summary: error.to_string(),
                text: Some(text.clone()),
            },
        }
    }
}

impl From<CraftError> for VesselError {
    fn from(error: CraftError) -> Self {
        match error {
            CraftError::Io(error) => Self::Io(error),
            CraftError::Name | CraftError::Missing | CraftError::Outside => {
                Self::new("failure.vessel_no_file")
            }
            CraftError::TooLarge => Self::new("failure.vessel_large_file"),
        }
    }
}
