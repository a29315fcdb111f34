//! Reading a craft or save file from its beginning to its end, keeping what was asked for.
//!
//! Kept are the parts of one vessel and the names of all of them: of a save of 50 MB some hundred
//! kilobytes. The line that is being read and the block of one part are the only text in memory.

use super::config_node::{Document, Event, Reader};
use super::error::shown;
use super::model::{MOST_PARTS, Vessel};
use super::raw_part::RawPart;
use super::{VesselError, craft, save};
use crate::job::Text;
use crate::studio::vessel::Source;
use std::io::BufRead;

/// Vessels of a save file whose names are kept.
const MOST_VESSELS: usize = 10_000;
/// Names that a sentence lists.
const LISTED: usize = 20;

/// How a name begins that the game has in a table of its own: its own crafts have such, and their files are
/// called as they are.
const TRANSLATED: &str = "#autoLOC_";

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// A craft, by its name.
    Craft(String),
    /// The vessels of a save.
    Save(Vec<Entry>),
}

/// A vessel of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub pid: String,
}

/// Says how far the reading came, in parts kept and bytes read; false stops it.
pub type Progress<'a> = &'a mut dyn FnMut(usize, u64) -> bool;

/// Reads the vessel of that name or persistent id, or the only one where none is named.
pub fn read(
    input: impl BufRead,
    wanted: Option<&str>,
    progress: Progress<'_>,
) -> Result<Vessel, VesselError> {
    let mut reading = Reading::new(input, Keep::Vessel(wanted), progress);
    reading.file()?;
    reading.vessel(wanted)
}

/// Looks through a file for what is in it; a craft is read no further than to its first part.
pub fn look(input: impl BufRead, progress: Progress<'_>) -> Result<Contents, VesselError> {
    let mut reading = Reading::new(input, Keep::Names, progress);
    reading.file()?;
    reading.contents()
}

/// The one vessel that is meant, among those of a save.
pub fn choose<'a>(entries: &'a [Entry], wanted: Option<&str>) -> Result<&'a Entry, VesselError> {
    let named: Vec<_> = match wanted {
        None => entries.iter().collect(),
        Some(wanted) => (entries.iter())
            .filter(|one| one.name == wanted || one.pid == wanted)
            .collect(),
    };
    match (&named[..], wanted) {
        ([one], _) => Ok(one),
        ([], Some(_)) => Err(listing("failure.vessel_no_vessel", entries, |one| {
            &one.name
        })),
        ([], None) => Err(VesselError::new("failure.vessel_nothing")),
        (several, Some(_)) => Err(listing("failure.vessel_same_name", several, |one| &one.pid)),
        (several, None) => Err(listing("failure.vessel_several", several, |one| &one.name)),
    }
}

fn listing<T>(key: &str, all: &[T], said: impl Fn(&T) -> &str) -> VesselError {
    let mut names: Vec<_> = all
        .iter()
        .take(LISTED)
        .map(|one| shown(said(one)))
        .collect();
    if all.len() > LISTED {
        names.push(format!("… (+{})", all.len() - LISTED));
    }
    VesselError::File(Text::new(key).with("names", names.join(", ")))
}

struct Reading<'a, R> {
    reader: Reader<R>,
    keep: Keep<'a>,
    progress: Progress<'a>,
    document: Document,
    craft: Head,
    craft_parts: bool,
    /// The parts that are kept, and those of what vessel of a save they are.
    parts: Vec<RawPart>,
    kept: Option<Head>,
    entries: Vec<Entry>,
}

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keep<'a> {
    /// Names of vessels alone.
    Names,
    /// The parts too, of the vessel of that name or of the only one.
    Vessel(Option<&'a str>),
}

/// What stands before the parts.
#[derive(Debug, Default)]
struct Head {
    name: String,
    version: String,
    root: String,
    stage: String,
}

impl<'a, R: BufRead> Reading<'a, R> {
    fn new(input: R, keep: Keep<'a>, progress: Progress<'a>) -> Self {
        Self {
            reader: Reader::new(input),
            keep,
            progress,
            document: Document::default(),
            craft: Head::default(),
            craft_parts: false,
            parts: Vec::new(),
            kept: None,
            entries: Vec::new(),
        }
    }

    /// The outermost level, and those of a save above its vessels.
    fn file(&mut self) -> Result<(), VesselError> {
        loop {
            let depth = self.reader.depth();
            let block = match self.reader.next()? {
                None => return Ok(()),
                Some(Event::Close) => continue,
                Some(Event::Value { name, value }) => {
                    match name {
                        "ship" if depth == 0 && !value.starts_with(TRANSLATED) => {
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
                    self.craft_parts = true;
                    return Ok(());
                }
                Block::Part => {
                    self.craft_parts = true;
                    self.part(None)?;
                }
                Block::Vessel => self.save_vessel()?,
                Block::Other => self.reader.skip()?,
            }
            self.go_on()?;
        }
    }

    /// One vessel of a save; its name comes before its parts.
    fn save_vessel(&mut self) -> Result<(), VesselError> {
        let inside = self.reader.depth();
        let (mut head, mut pid) = (Head::default(), String::new());
        let mut kept: Option<bool> = None;
        while self.reader.depth() >= inside {
            let depth = self.reader.depth();
            let part = match self.reader.next()? {
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
                Keep::Vessel(None) => self.entries.is_empty(),
                // With another of that name, which is meant is not clear: neither is kept.
                Keep::Vessel(Some(wanted)) => {
                    self.kept.is_none() && (head.name == wanted || pid == wanted)
                }
            });
            if part && keep {
                self.part(Some(self.parts.len()))?;
            } else {
                self.reader.skip()?;
            }
            self.go_on()?;
        }
        if self.entries.len() == MOST_VESSELS {
            return Err(VesselError::new("failure.vessel_many_vessels"));
        }
        let name = head.name.clone();
        if kept == Some(true) {
            self.kept = Some(head);
        }
        self.entries.push(Entry { name, pid });
        Ok(())
    }

    /// A part whose block was just opened, at its place in a save's vessel or in a craft.
    fn part(&mut self, place: Option<usize>) -> Result<(), VesselError> {
        if self.parts.len() == MOST_PARTS {
            return Err(VesselError::at(
                "failure.vessel_many_parts",
                MOST_PARTS as u64,
            ));
        }
        self.reader.block(&mut self.document)?;
        let node = self.document.root();
        self.parts.push(match place {
            None => craft::part(node)?,
            Some(place) => save::part(node, place)?,
        });
        Ok(())
    }

    fn go_on(&mut self) -> Result<(), VesselError> {
        if (self.progress)(self.parts.len(), self.reader.bytes()) {
            Ok(())
        } else {
            Err(VesselError::Stopped)
        }
    }

    fn contents(self) -> Result<Contents, VesselError> {
        match (self.craft_parts, self.entries.is_empty()) {
            (true, _) => Ok(Contents::Craft(self.craft.name)),
            (false, false) => Ok(Contents::Save(self.entries)),
            (false, true) => Err(VesselError::new("failure.vessel_nothing")),
        }
    }

    fn vessel(self, wanted: Option<&str>) -> Result<Vessel, VesselError> {
        let (head, from, (parts, root)) = if self.craft_parts {
            check_craft_name(&self.craft.name, wanted)?;
            (self.craft, Source::Craft, craft::link(self.parts)?)
        } else {
            let chosen = choose(&self.entries, wanted)?;
            let Some(head) = self.kept.filter(|_| !self.parts.is_empty()) else {
                return Err(VesselError::of("failure.vessel_no_parts", &chosen.name));
            };
            let linked = save::link(self.parts, &head.root)?;
            let version = self.craft.version;
            (Head { version, ..head }, Source::Save, linked)
        };
        let vessel = Vessel {
            name: head.name,
            from,
            game_version: head.version,
            fired: head.stage.parse().ok(),
            parts,
            root,
        };
        vessel.check()?;
        Ok(vessel)
    }
}

/// A craft file has one vessel: who names another is told.
pub fn check_craft_name(name: &str, wanted: Option<&str>) -> Result<(), VesselError> {
    match wanted {
        Some(wanted) if wanted != name => Err(VesselError::of("failure.vessel_other_craft", name)),
        _ => Ok(()),
    }
}

enum Block {
    Part,
    Vessel,
    Other,
}
