//! Reads a craft or save file from beginning to end, and keeps what was requested.
//!
//! It keeps the parts of one vessel and the names of all vessels, which is a few hundred kilobytes of a save of
//! 50 MB. The only text in memory is the current line and the block of one part.

mod craft;
mod fuel_ducts;
mod modules;
mod raw_part;
mod save;

use crate::config_node::{Document, Event, Reader};
use crate::error::Error;
use crate::names::{NameList, printable};
use crate::vessel::{MAX_PARTS, Source, Vessel};
use raw_part::RawPart;
use std::io::BufRead;
use std::ops::ControlFlow;

/// Vessels of a save file whose names are kept.
const MAX_VESSELS: usize = 10_000;
/// Names that an error lists.
const LISTED: usize = 20;

/// Prefix of names that the game looks up in its own table. Its stock crafts have such names, which mean nothing
/// without the table.
const LOCALIZED: &str = "#autoLOC_";

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// A craft, by its name, which may be empty.
    Craft(String),
    /// The vessels of a save.
    Save(Vec<SavedVessel>),
}

/// A vessel of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedVessel {
    pub name: String,
    /// The persistent id.
    pub pid: String,
}

/// The progress of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadProgress {
    /// Parts kept.
    pub parts: usize,
    pub bytes: u64,
}

/// A callback for the progress of reading, which may stop it.
type OnProgress<'a> = &'a mut dyn FnMut(ReadProgress) -> ControlFlow<()>;

/// Reads the vessel with that name or persistent id. Without one, reads the only vessel of the file.
pub fn read_vessel(input: impl BufRead, wanted: Option<&str>) -> Result<Vessel, Error> {
    read_vessel_with_progress(input, wanted, &mut |_| ControlFlow::Continue(()))
}

/// Like [`read_vessel`]. Calls `on_progress` after each part and vessel; [`ControlFlow::Break`] ends reading with
/// [`Error::Stopped`].
pub fn read_vessel_with_progress(
    input: impl BufRead,
    wanted: Option<&str>,
    on_progress: OnProgress<'_>,
) -> Result<Vessel, Error> {
    let mut reading = Reading::new(input, Keep::Vessel(wanted), on_progress);
    reading.file()?;
    reading.vessel(wanted)
}

/// Lists the vessels in a file. A craft file is read only up to its first part.
pub fn list_vessels(input: impl BufRead) -> Result<Contents, Error> {
    let mut on_progress = |_| ControlFlow::Continue(());
    let mut reading = Reading::new(input, Keep::Names, &mut on_progress);
    reading.file()?;
    reading.contents()
}

/// The only vessel of a save with that name or persistent id. Without one, its only vessel.
pub fn choose_vessel<'a>(
    vessels: &'a [SavedVessel],
    wanted: Option<&str>,
) -> Result<&'a SavedVessel, Error> {
    let matching: Vec<_> = match wanted {
        None => vessels.iter().collect(),
        Some(wanted) => (vessels.iter())
            .filter(|one| one.name == wanted || one.pid == wanted)
            .collect(),
    };
    let names = |vessels: &mut dyn Iterator<Item = &'a SavedVessel>| {
        NameList::new(vessels.map(|one| one.name.as_str()), LISTED)
    };
    match (&matching[..], wanted) {
        ([one], _) => Ok(one),
        ([], Some(_)) => Err(Error::UnknownVessel {
            vessels: names(&mut vessels.iter()),
        }),
        ([], None) => Err(Error::NoVessel),
        (several, Some(_)) => Err(Error::AmbiguousName {
            pids: NameList::new(several.iter().map(|one| one.pid.as_str()), LISTED),
        }),
        (several, None) => Err(Error::SeveralVessels {
            vessels: names(&mut several.iter().copied()),
        }),
    }
}

/// Checks that the requested vessel, if any, is the one in the craft file.
pub fn check_craft_name(name: &str, wanted: Option<&str>) -> Result<(), Error> {
    match wanted {
        Some(wanted) if wanted != name => Err(Error::OtherCraft {
            vessel: printable(name),
        }),
        _ => Ok(()),
    }
}

struct Reading<'a, R> {
    reader: Reader<R>,
    keep: Keep<'a>,
    on_progress: OnProgress<'a>,
    document: Document,
    craft: Head,
    has_craft_parts: bool,
    /// The parts that are kept and, for a save, the head of the vessel that they belong to.
    parts: Vec<RawPart>,
    kept: Option<Head>,
    vessels: Vec<SavedVessel>,
}

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keep<'a> {
    /// Only the names of vessels.
    Names,
    /// Also the parts of the vessel with that name, or of the only vessel.
    Vessel(Option<&'a str>),
}

/// The values before the parts.
#[derive(Debug, Default)]
struct Head {
    name: String,
    version: String,
    root: String,
    stage: String,
}

/// The blocks of the outer levels.
enum Block {
    Part,
    Vessel,
    Other,
}

impl<'a, R: BufRead> Reading<'a, R> {
    fn new(input: R, keep: Keep<'a>, on_progress: OnProgress<'a>) -> Self {
        Self {
            reader: Reader::new(input),
            keep,
            on_progress,
            document: Document::default(),
            craft: Head::default(),
            has_craft_parts: false,
            parts: Vec::new(),
            kept: None,
            vessels: Vec::new(),
        }
    }

    /// Reads the outermost level, and the levels of a save above its vessels.
    fn file(&mut self) -> Result<(), Error> {
        loop {
            let depth = self.reader.depth();
            let block = match self.reader.next_event()? {
                None => return Ok(()),
                Some(Event::Close) => continue,
                Some(Event::Value { name, value }) => {
                    match name {
                        "ship" if depth == 0 && !value.starts_with(LOCALIZED) => {
                            value.clone_into(&mut self.craft.name);
                        }
                        "version" if depth <= 1 => value.clone_into(&mut self.craft.version),
                        _ => {}
                    }
                    continue;
                }
                Some(Event::Open(name)) => match (depth, name) {
                    (0, "GAME" | "FLIGHTSTATE") | (1, "FLIGHTSTATE") => continue,
                    (0, "PART") => Block::Part,
                    (0..=2, "VESSEL") => Block::Vessel,
                    _ => Block::Other,
                },
            };
            match block {
                Block::Part if self.keep == Keep::Names => {
                    self.has_craft_parts = true;
                    return Ok(());
                }
                Block::Part => {
                    self.has_craft_parts = true;
                    self.part(None)?;
                }
                Block::Vessel => self.saved_vessel()?,
                Block::Other => self.reader.skip()?,
            }
            self.report()?;
        }
    }

    /// Reads one vessel of a save. Its name comes before its parts.
    fn saved_vessel(&mut self) -> Result<(), Error> {
        let inside = self.reader.depth();
        let (mut head, mut pid) = (Head::default(), String::new());
        let mut kept: Option<bool> = None;
        while self.reader.depth() >= inside {
            let depth = self.reader.depth();
            let part = match self.reader.next_event()? {
                Some(Event::Value { name, value }) if depth == inside => {
                    match name {
                        "name" => value.clone_into(&mut head.name),
                        "pid" => value.clone_into(&mut pid),
                        "root" => value.clone_into(&mut head.root),
                        "stg" => value.clone_into(&mut head.stage),
                        _ => {}
                    }
                    continue;
                }
                Some(Event::Open(name)) => name == "PART",
                _ => continue,
            };
            let keep = *kept.get_or_insert_with(|| match self.keep {
                Keep::Names => false,
                Keep::Vessel(None) => self.vessels.is_empty(),
                // A second vessel of that name makes the choice ambiguous, which is an error later. So its parts
                // are not needed.
                Keep::Vessel(Some(wanted)) => {
                    self.kept.is_none() && (head.name == wanted || pid == wanted)
                }
            });
            if part && keep {
                self.part(Some(self.parts.len()))?;
            } else {
                self.reader.skip()?;
            }
            self.report()?;
        }
        if self.vessels.len() == MAX_VESSELS {
            return Err(Error::ManyVessels { limit: MAX_VESSELS });
        }
        let name = head.name.clone();
        if kept == Some(true) {
            self.kept = Some(head);
        }
        self.vessels.push(SavedVessel { name, pid });
        Ok(())
    }

    /// Reads a part whose block was just opened, with its index in the vessel.
    fn part(&mut self, place: Option<usize>) -> Result<(), Error> {
        if self.parts.len() == MAX_PARTS {
            return Err(Error::ManyParts { limit: MAX_PARTS });
        }
        self.reader.block(&mut self.document)?;
        let node = self.document.root();
        self.parts.push(match place {
            None => craft::part(node)?,
            Some(place) => save::part(node, place)?,
        });
        Ok(())
    }

    fn report(&mut self) -> Result<(), Error> {
        let progress = ReadProgress {
            parts: self.parts.len(),
            bytes: self.reader.bytes(),
        };
        match (self.on_progress)(progress) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Stopped),
        }
    }

    fn contents(self) -> Result<Contents, Error> {
        match (self.has_craft_parts, self.vessels.is_empty()) {
            (true, _) => Ok(Contents::Craft(self.craft.name)),
            (false, false) => Ok(Contents::Save(self.vessels)),
            (false, true) => Err(Error::NoVessel),
        }
    }

    fn vessel(self, wanted: Option<&str>) -> Result<Vessel, Error> {
        let (head, from, (parts, root)) = if self.has_craft_parts {
            check_craft_name(&self.craft.name, wanted)?;
            (self.craft, Source::Craft, craft::link(self.parts)?)
        } else {
            let chosen = choose_vessel(&self.vessels, wanted)?;
            let Some(head) = self.kept.filter(|_| !self.parts.is_empty()) else {
                let vessel = printable(&chosen.name);
                return Err(Error::NoParts { vessel });
            };
            let linked = save::link(self.parts, &head.root)?;
            let version = self.craft.version;
            (Head { version, ..head }, Source::Save, linked)
        };
        let vessel = Vessel {
            name: head.name,
            from,
            game_version: head.version,
            parts,
            root,
            last_fired_stage: head.stage.parse().ok(),
        };
        vessel.check()?;
        Ok(vessel)
    }
}
