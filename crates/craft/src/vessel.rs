//! A vessel from either kind of file: parts that are linked into one tree.

use crate::error::Error;
use crate::names::printable;
use crate::part_table::has_priority_of_parent;
use serde::{Deserialize, Serialize};

/// Parts of one vessel.
pub(crate) const MAX_PARTS: usize = 20_000;

/// How much each stage adds to the priority of a tank. Each step that a player sets (`resPri`) adds one.
const STAGE_PRIORITY: i64 = 10;

/// A vessel whose parts are one tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Vessel {
    /// Empty if the file does not name it.
    pub name: String,
    pub from: Source,
    /// The version of the game that wrote the file. Empty if the file does not say.
    pub game_version: String,
    /// In the order of the file. Parts refer to each other by their index here.
    pub parts: Vec<Part>,
    pub root: usize,
    /// For a vessel in flight, the stage that was fired last.
    pub last_fired_stage: Option<i32>,
}

/// The kind of file that a vessel was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A craft file of the editors.
    Craft,
    /// A vessel of a save file.
    Save,
}

/// A part of a vessel.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The identifier in the file.
    pub id: String,
    /// The name of its kind in the part table, such as `fuelTank`.
    pub name: String,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    pub attachment: Attachment,
    /// Its stack nodes, each with the part that is attached there.
    pub nodes: Vec<(String, usize)>,
    /// The part on whose surface it was placed.
    pub surface: Option<usize>,
    /// Parts that were placed together with it.
    pub symmetry: Vec<usize>,
    pub staging: Staging,
    /// Whether its decoupler module is in staging. That of a heat shield can be switched on and off.
    pub decouples: bool,
    /// Whether it is a docking port that undocks in its stage.
    pub undocks: bool,
    pub resources: Vec<ResourceLoad>,
    /// The priority that a player added to the one that a tank has by its stage.
    pub priority_offset: i32,
    /// Tonnes that a craft file adds to the part's own mass.
    pub added_mass: f64,
    /// Tonnes without resources, if the file says so.
    pub mass: Option<f64>,
    /// Whether fuel passes through it, if a player has switched that.
    pub crossfeed: Option<bool>,
    /// Share of its thrust that an engine is limited to, from 0 to 1.
    pub thrust_limit: f64,
    /// The other end, if the part is a fuel duct.
    pub duct_end: DuctEnd,
}

/// How a part is attached to its parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Attachment {
    /// It has no parent.
    Root,
    /// Node to node. `node` is the part's own node, if the file names it.
    Stack {
        node: Option<String>,
    },
    Surface,
}

/// A quantity of a resource, in units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Amount {
    pub name: String,
    pub amount: f64,
    /// The capacity.
    pub max_amount: f64,
}

/// A resource in a part.
#[derive(Debug, Clone, PartialEq)]
pub struct ResourceLoad {
    pub amount: Amount,
    /// Whether engines may draw from it.
    pub flows: bool,
}

/// The other end of a fuel duct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DuctEnd {
    /// The duct was never connected, or the part is not a duct.
    Nowhere,
    Part(usize),
    /// The file refers to a part that it does not have.
    Lost,
}

/// What a file says about a part's stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staging {
    /// The stage in which it is activated. A part below 0 is never activated.
    pub stage: i32,
    /// Whether the staging list shows it.
    pub listed: bool,
    /// Whether it was taken out of staging.
    pub disabled: bool,
}

impl Vessel {
    /// The priority of a tank. An engine drains the tanks with the highest priority first.
    pub(crate) fn priority(&self, at: usize) -> i64 {
        let part = &self.parts[at];
        // An engine with an internal tank fires long before that tank is dropped.
        let of_parent = part.parent.filter(|_| has_priority_of_parent(&part.name));
        let stage = self.parts[of_parent.unwrap_or(at)].staging.stage;
        i64::from(stage) * STAGE_PRIORITY + i64::from(part.priority_offset)
    }

    /// Checks, without recursion, that every part can be reached from the root.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let mut reached = vec![false; self.parts.len()];
        let mut next = vec![self.root];
        while let Some(at) = next.pop() {
            if !std::mem::replace(&mut reached[at], true) {
                next.extend(&self.parts[at].children);
            }
        }
        match reached.iter().position(|reached| !reached) {
            None => Ok(()),
            Some(lost) => Err(Error::Cycle {
                part: printable(&self.parts[lost].id),
            }),
        }
    }

    /// A part and all those below it, parents before their children.
    #[must_use]
    pub fn subtree(&self, part: usize) -> Vec<usize> {
        let mut all = vec![part];
        let mut at = 0;
        while at < all.len() {
            all.extend(&self.parts[all[at]].children);
            at += 1;
        }
        all
    }
}
