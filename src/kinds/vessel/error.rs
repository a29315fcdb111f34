//! Why a vessel job ends without a result.

use super::VesselMessage;
use crate::job::FailureCode;
use crate::kinds::vessel::craft_folder::CraftError;
use crate::worker::Stop;
use craft::Error;
use std::io;

/// Why a vessel job ends without a result.
#[derive(Debug)]
pub enum VesselError {
    /// The file has no such vessel, or no vessel that can be used.
    File(Error),
    /// The file is no longer in the craft folder, or has grown too large.
    Folder(CraftError),
    Disk(io::Error),
    /// The job was asked to stop.
    Stopped,
}

impl From<Error> for VesselError {
    fn from(error: Error) -> Self {
        match error {
            Error::Io(error) => Self::Disk(error),
            Error::Stopped => Self::Stopped,
            error => Self::File(error),
        }
    }
}

impl From<CraftError> for VesselError {
    fn from(error: CraftError) -> Self {
        match error {
            CraftError::Io(error) => Self::Disk(error),
            error => Self::Folder(error),
        }
    }
}

impl From<io::Error> for VesselError {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

impl From<VesselError> for Stop {
    fn from(error: VesselError) -> Self {
        let message = match error {
            VesselError::Disk(error) => return error.into(),
            VesselError::Stopped => return Self::Requested,
            VesselError::File(error) => message(&error),
            VesselError::Folder(CraftError::TooLarge) => VesselMessage::LargeFile,
            VesselError::Folder(_) => VesselMessage::NoFile,
        };
        Self::failed(FailureCode::InvalidInput, &message)
    }
}

/// The text for people of an error in a file.
pub fn message(error: &Error) -> VesselMessage {
    match error {
        Error::Binary { line } => VesselMessage::Binary { line: *line },
        Error::NotUtf8 { line } => VesselMessage::NotUtf8 { line: *line },
        Error::Utf16 => VesselMessage::Utf16,
        Error::LongLine { line } => VesselMessage::LongLine { line: *line },
        Error::DeepNesting { line } => VesselMessage::DeepNesting { line: *line },
        Error::LargeBlock { line } => VesselMessage::LargeBlock { line: *line },
        Error::StrayBrace { line } => VesselMessage::StrayBrace { line: *line },
        Error::UnclosedBlock { line } => VesselMessage::UnclosedBlock { line: *line },
        Error::NoVessel => VesselMessage::NoVessel,
        Error::ManyParts { limit } => VesselMessage::ManyParts { max: *limit },
        Error::ManyVessels { .. } => VesselMessage::ManyVessels,
        Error::ManyStages { limit } => VesselMessage::ManyStages { max: *limit },
        Error::InvalidPartId { id } => VesselMessage::InvalidPartId { name: id.clone() },
        Error::UnnamedPart { index } => VesselMessage::UnnamedPart { part: *index },
        Error::DuplicatePart { part } => VesselMessage::DuplicatePart { name: part.clone() },
        Error::MissingPart { part } => VesselMessage::MissingPart { name: part.clone() },
        Error::TwoParents { part } => VesselMessage::TwoParents { name: part.clone() },
        Error::NoRoot => VesselMessage::NoRoot,
        Error::TwoRoots { part } => VesselMessage::TwoRoots { name: part.clone() },
        Error::Cycle { part } => VesselMessage::Cycle { name: part.clone() },
        Error::NoParts { vessel } => VesselMessage::NoParts {
            name: vessel.clone(),
        },
        Error::OtherCraft { vessel } => VesselMessage::OtherCraft {
            name: vessel.clone(),
        },
        Error::UnknownVessel { vessels } => VesselMessage::UnknownVessel {
            names: vessels.to_string(),
        },
        Error::AmbiguousName { pids } => VesselMessage::AmbiguousName {
            names: pids.to_string(),
        },
        Error::SeveralVessels { vessels } => VesselMessage::SeveralVessels {
            names: vessels.to_string(),
        },
        Error::Io(_) | Error::Stopped => VesselMessage::Unreadable {
            problem: error.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{CraftError, Error, Stop, VesselError, message};
    use crate::i18n::Translate;

    #[test]
    fn a_file_that_is_gone_or_has_grown_has_a_failure_of_its_own() {
        for (error, summary) in [
            (CraftError::Missing, "no longer in the craft folder"),
            (CraftError::Outside, "no longer in the craft folder"),
            (CraftError::TooLarge, "larger than 64 MiB"),
        ] {
            let stop = Stop::from(VesselError::from(error)).to_string();
            assert!(stop.contains(summary), "{stop}");
        }
    }

    #[test]
    fn an_error_of_the_file_keeps_its_arguments() {
        let message = message(&Error::UnclosedBlock { line: 7 });
        let english = "The file is cut off: the block that begins on line 7 is never closed.";
        assert_eq!(message.english(), english);
        let text = message.text();
        assert_eq!(
            (text.key.as_str(), text.args["line"].as_str()),
            ("failure.vessel_unclosed", "7")
        );
    }
}
