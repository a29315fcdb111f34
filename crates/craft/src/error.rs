//! Why a file cannot be read as a vessel.

use crate::names::{NameList, printable};
use std::io;

/// Why a file cannot be read as a vessel, or why a vessel has no stage plan. Names in it are [`printable`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A line has a zero byte.
    #[error("line {line} contains bytes that are not text")]
    Binary { line: u64 },
    #[error("line {line} is not UTF-8")]
    NotUtf8 { line: u64 },
    /// The file begins with a byte order mark of UTF-16.
    #[error("the file is UTF-16, not UTF-8")]
    Utf16,
    #[error("line {line} is longer than 1 MiB")]
    LongLine { line: u64 },
    #[error("blocks are nested too deeply in line {line}")]
    DeepNesting { line: u64 },
    #[error("a block that reaches line {line} is larger than 8 MiB")]
    LargeBlock { line: u64 },
    #[error("line {line} closes a block that was never opened")]
    StrayBrace { line: u64 },
    /// The file ends within a block that begins in this line.
    #[error("the block that begins in line {line} is never closed")]
    UnclosedBlock { line: u64 },
    /// The file has neither a part nor a vessel.
    #[error("the file has neither a PART, as a craft has, nor a VESSEL, as a save has")]
    NoVessel,
    #[error("the vessel has more than {limit} parts")]
    ManyParts { limit: usize },
    #[error("the save has more than {limit} vessels")]
    ManyVessels { limit: usize },
    #[error("the vessel has more than {limit} stages")]
    ManyStages { limit: usize },
    /// A part of a craft file, whose id is a name and a number.
    #[error("a part has the id “{id}”, which is not like fuelTank_4293843072")]
    InvalidPartId { id: String },
    /// A part of a save, by its index in its vessel, counted from 0.
    #[error("part {index} of the vessel has no name")]
    UnnamedPart { index: usize },
    #[error("two parts have the id {part}")]
    DuplicatePart { part: String },
    #[error("a part is linked to {part}, which is not in the vessel")]
    MissingPart { part: String },
    #[error("two parts are linked to {part}, which can have one parent only")]
    TwoParents { part: String },
    #[error("the vessel has no root part: every part has a parent")]
    NoRoot,
    #[error("the craft is in pieces: {part} has no parent, and neither has the root")]
    TwoRoots { part: String },
    #[error("the part {part} is linked in a circle and cannot be reached from the root")]
    Cycle { part: String },
    #[error("the vessel {vessel} has no parts")]
    NoParts { vessel: String },
    /// A craft file contains one vessel, and another one was requested.
    #[error("the craft file holds one vessel, which is called {vessel}")]
    OtherCraft { vessel: String },
    #[error("no vessel of the save has that name; it has: {vessels}")]
    UnknownVessel { vessels: NameList },
    /// Several vessels have the requested name. Their persistent ids tell them apart.
    #[error("several vessels have that name; their persistent ids: {pids}")]
    AmbiguousName { pids: NameList },
    /// There are several vessels, and none was named.
    #[error("the save has several vessels: {vessels}")]
    SeveralVessels { vessels: NameList },
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The caller stopped it.
    #[error("stopped by the caller")]
    Stopped,
}

impl Error {
    pub(crate) fn missing_part(part: &str) -> Self {
        Self::MissingPart {
            part: printable(part),
        }
    }
}
