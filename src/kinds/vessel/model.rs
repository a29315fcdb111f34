//! A vessel as both kinds of file give it: parts, linked into one tree.

use super::VesselError;
use super::parts::has_its_parents_priority;
use crate::studio::vessel::{Amount, Attachment, Source};

/// Parts of one vessel.
pub const MOST_PARTS: usize = 20_000;

/// What a stage counts for in the priority of a tank; what a person sets (`resPri`) counts for one each.
const STAGE_PRIORITY: i64 = 10;

/// A vessel whose parts are one tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Vessel {
    pub name: String,
    pub from: Source,
    pub game_version: String,
    pub parts: Vec<Part>,
    pub root: usize,
    /// Of a vessel in flight, the stage that was fired last: what belongs to it and to those before
    /// it has happened.
    pub fired: Option<i32>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub id: String,
    pub name: String,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    pub attachment: Attachment,
    /// Its stack nodes, each with the part there.
    pub nodes: Vec<(String, usize)>,
    /// The part on whose surface it was placed.
    pub surface: Option<usize>,
    pub symmetry: Vec<usize>,
    pub staging: Staging,
    /// Whether the file says that it decouples, which heat shields can be told to.
    pub decouples: bool,
    /// Whether it is a docking port that lets go in its stage.
    pub undocks: bool,
    pub resources: Vec<Stored>,
    /// What a person set on top of the priority that a tank has by its stage.
    pub priority_offset: i32,
    /// Tonnes that the craft file adds to what the part weighs by itself.
    pub added_mass: f64,
    /// Tonnes without resources, where the file says them.
    pub mass: Option<f64>,
    /// Whether fuel passes through it, where that was switched.
    pub crossfeed: Option<bool>,
    /// Part of its thrust that an engine is limited to.
    pub thrust_limit: f64,
    /// Of a fuel duct, where it leads.
    pub target: Target,
}

/// What a part holds of a resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    pub amount: Amount,
    /// Whether anything may be drawn from it.
    pub flows: bool,
}

/// The other end of a fuel duct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// It was never connected, or this is no duct.
    Nowhere,
    Part(usize),
    /// The file names a part that cannot be found.
    Lost,
}

/// What a file says of a part's stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staging {
    /// The stage in which it is activated; below 0 never.
    pub stage: i32,
    /// Whether the staging list shows it.
    pub listed: bool,
    /// Whether it was taken out of staging.
    pub off: bool,
}

impl Vessel {
    /// Of the tanks that an engine can draw from, those of the highest priority empty first.
    pub fn priority(&self, at: usize) -> i64 {
        let part = &self.parts[at];
        // An engine with a tank of its own is lit long before that tank goes.
        let of_parent = part.parent.filter(|_| has_its_parents_priority(&part.name));
        let stage = self.parts[of_parent.unwrap_or(at)].staging.stage;
        i64::from(stage) * STAGE_PRIORITY + i64::from(part.priority_offset)
    }

    /// Checks that every part is reached from the root, without calling itself.
    pub fn check(&self) -> Result<(), VesselError> {
        let mut reached = vec![false; self.parts.len()];
        let mut next = vec![self.root];
        while let Some(at) = next.pop() {
            if !std::mem::replace(&mut reached[at], true) {
                next.extend(&self.parts[at].children);
            }
        }
        match reached.iter().position(|reached| !reached) {
            None => Ok(()),
            Some(lost) => {
                let id = &self.parts[lost].id;
                Err(VesselError::of("failure.vessel_cycle", id))
            }
        }
    }

    /// The parts below one, itself first, each before those below it.
    pub fn below(&self, part: usize) -> Vec<usize> {
        let mut all = vec![part];
        let mut at = 0;
        while at < all.len() {
            all.extend(&self.parts[all[at]].children);
            at += 1;
        }
        all
    }
}
