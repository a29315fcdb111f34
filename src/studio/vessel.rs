//! What the vessel readers make: the part tree and the stage plan of a vessel, as their files have them.
//!
//! The shapes are published as JSON Schemas, see [`schema`]; a test holds results against them.

use crate::job::Text;
use serde::{Deserialize, Serialize};

/// The `format` of a part tree's file.
pub const PART_TREE: &str = "jobtray.part_tree/1";
/// The `format` of a stage plan's file.
pub const STAGE_PLAN: &str = "jobtray.stage_plan/1";

/// The published JSON Schema of a kind's results.
pub fn schema(kind: &str) -> Option<&'static str> {
    match kind {
        "part_tree" => Some(include_str!("vessel/part_tree.schema.json")),
        "stage_plan" => Some(include_str!("vessel/stage_plan.schema.json")),
        _ => None,
    }
}

/// Which vessel was read, and from what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VesselFacts {
    pub name: String,
    pub from: Source,
    /// The version of the game that wrote the file, as it says; empty where it does not.
    pub game_version: String,
    pub parts: usize,
    /// Part names that the part table does not have, the most frequent first.
    pub unknown_parts: Vec<PartCount>,
}

/// What a vessel was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A craft file of the editors.
    Craft,
    /// A vessel of a save file.
    Save,
}

/// Parts of one name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartCount {
    pub name: String,
    /// What the game calls it, where the part table has it; else the name.
    pub title: String,
    pub count: usize,
}

/// The parts of a vessel by their links.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartTree {
    pub format: String,
    pub vessel: VesselFacts,
    /// The index of the root part in `parts`.
    pub root: usize,
    /// Links from the root to the part that is farthest from it.
    pub depth: usize,
    /// In the order of the file.
    pub parts: Vec<TreePart>,
    /// Indices of parts that were placed together, two at least a group.
    pub symmetry_groups: Vec<Vec<usize>>,
    /// All resources of the vessel.
    pub resources: Vec<Amount>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TreePart {
    /// As the file identifies it.
    pub id: String,
    pub name: String,
    pub title: String,
    /// By the part table; none for a part that it does not have.
    pub category: Option<String>,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    pub attachment: Attachment,
    /// Its stage in the game's list (`istg`), also where nothing of it is activated; none below 0.
    pub stage: Option<i32>,
    /// Index of its group in `symmetryGroups`.
    pub symmetry_group: Option<usize>,
    pub resources: Vec<Amount>,
}

/// How a part is held by its parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Attachment {
    Root,
    /// Node to node; `node` is the part's own, where the file names it.
    Stack {
        node: Option<String>,
    },
    Surface,
}

/// So many units of a resource, of at most so many.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Amount {
    pub name: String,
    pub amount: f64,
    pub max_amount: f64,
}

/// How far a figure can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    Exact,
    Estimated,
    Unknown,
}

/// A figure, how far it can be trusted, and why no further.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// None where it is unknown.
    pub value: Option<f64>,
    /// What it is at least, where it is unknown and that much is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    pub certainty: Certainty,
    pub reasons: Vec<Reason>,
}

/// A reason in English, and as a key and arguments for another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    #[serde(flatten)]
    pub said: Text,
    pub text: String,
}

/// The stages of a vessel in the order in which they fire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StagePlan {
    pub format: String,
    pub vessel: VesselFacts,
    pub stages: Vec<Stage>,
    pub total: Total,
    /// What holds for the whole plan.
    pub notes: Vec<Reason>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// The game's number; the highest fires first.
    pub number: i32,
    /// What is activated when it fires.
    pub activates: Vec<PartCount>,
    /// What is left behind when it fires.
    pub drops: Vec<PartCount>,
    /// Parts of the vessel once it has fired.
    pub parts: usize,
    /// Of these, what the next drop leaves behind; all of them where nothing is dropped any more.
    pub own_parts: Vec<PartCount>,
    /// Engines that burn in it.
    pub engines: Vec<PartCount>,
    /// Tonnes of the whole vessel once it has fired.
    pub wet_mass: Figure,
    /// Tonnes of the whole vessel at the end of its burn.
    pub dry_mass: Figure,
    /// Metres a second.
    pub delta_v_vacuum: Figure,
    pub delta_v_sea_level: Figure,
    /// Thrust over weight at 9.80665 m/s² when its burn begins.
    pub twr_vacuum: Figure,
    pub twr_sea_level: Figure,
    /// Seconds at full thrust.
    pub burn_time: Figure,
    /// Its burn, cut where engines go out.
    pub phases: Vec<Phase>,
}

/// A part of a burn during which the same engines burn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Phase {
    pub engines: Vec<PartCount>,
    /// Kilonewtons in vacuum.
    pub thrust: f64,
    /// Seconds of specific impulse in vacuum, of all engines together.
    pub isp: f64,
    /// Seconds.
    pub burn_time: f64,
    /// Metres a second in vacuum.
    pub delta_v: f64,
    /// Tonnes at its beginning, as far as they are known, and at its end.
    pub start_mass: f64,
    pub end_mass: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Total {
    /// Tonnes before anything is fired.
    pub mass: Figure,
    pub delta_v_vacuum: Figure,
    pub delta_v_sea_level: Figure,
    pub burn_time: Figure,
}
