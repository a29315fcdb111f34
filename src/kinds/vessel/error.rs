//! Why a vessel job ends without a result, and how rows keep that.

use crate::i18n::{Lang, job::say};
use crate::job::{FailureCode, Text};
use crate::studio::CraftError;
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
    /// Somebody asked the job to stop.
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
        let (summary, text) = match error {
            VesselError::Disk(error) => return error.into(),
            VesselError::Stopped => return Self::Requested,
            VesselError::File(error) => (sentence(&error), text(&error)),
            VesselError::Folder(error) => {
                let text = Text::new(match error {
                    CraftError::TooLarge => "failure.vessel_large_file",
                    _ => "failure.vessel_no_file",
                });
                (say(Lang::En, Some(&text), &text.key), Some(text))
            }
        };
        Self::Failed {
            code: FailureCode::InvalidInput,
            summary,
            text,
        }
    }
}

/// An error of a file as an English sentence for people.
pub fn sentence(error: &Error) -> String {
    say(Lang::En, text(error).as_ref(), &error.to_string())
}

/// An error of a file for translation; none for errors that are not the file's.
fn text(error: &Error) -> Option<Text> {
    let plain = Text::new;
    let at = |key, line: &u64| Text::new(key).with("line", line);
    let limit = |key, limit: &usize| Text::new(key).with("line", limit);
    let named = |key, name: &String| Text::new(key).with("name", name);
    let listed = |key, names: &craft::NameList| Text::new(key).with("names", names);
    Some(match error {
        Error::Binary { line } => at("failure.vessel_binary", line),
        Error::NotUtf8 { line } => at("failure.vessel_not_utf8", line),
        Error::Utf16 => plain("failure.vessel_utf16"),
        Error::LongLine { line } => at("failure.vessel_long_line", line),
        Error::DeepNesting { line } => at("failure.vessel_deep", line),
        Error::LargeBlock { line } => at("failure.vessel_large_block", line),
        Error::StrayBrace { line } => at("failure.vessel_stray_brace", line),
        Error::UnclosedBlock { line } => at("failure.vessel_unclosed", line),
        Error::NoVessel => plain("failure.vessel_nothing"),
        Error::ManyParts { limit: most } => limit("failure.vessel_many_parts", most),
        Error::ManyVessels { .. } => plain("failure.vessel_many_vessels"),
        Error::ManyStages { limit: most } => limit("failure.vessel_many_stages", most),
        Error::InvalidPartId { id } => named("failure.vessel_part_id", id),
        Error::UnnamedPart { place } => limit("failure.vessel_no_name", place),
        Error::DuplicatePart { part } => named("failure.vessel_twice", part),
        Error::MissingPart { part } => named("failure.vessel_no_part", part),
        Error::TwoParents { part } => named("failure.vessel_two_parents", part),
        Error::NoRoot => plain("failure.vessel_no_root"),
        Error::TwoRoots { part } => named("failure.vessel_two_roots", part),
        Error::Cycle { part } => named("failure.vessel_cycle", part),
        Error::NoParts { vessel } => named("failure.vessel_no_parts", vessel),
        Error::OtherCraft { vessel } => named("failure.vessel_other_craft", vessel),
        Error::UnknownVessel { vessels } => listed("failure.vessel_no_vessel", vessels),
        Error::AmbiguousName { pids } => listed("failure.vessel_same_name", pids),
        Error::SeveralVessels { vessels } => listed("failure.vessel_several", vessels),
        Error::Io(_) | Error::Stopped => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{CraftError, Error, Stop, VesselError, sentence, text};

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
    fn an_error_of_the_file_is_a_sentence_with_its_arguments() {
        let error = Error::UnclosedBlock { line: 7 };
        let said = "The file is cut off: the block that begins in line 7 is never closed.";
        assert_eq!(sentence(&error), said);
        let text = text(&error).unwrap();
        assert_eq!(
            (text.key.as_str(), text.args["line"].as_str()),
            ("failure.vessel_unclosed", "7")
        );
    }
}
