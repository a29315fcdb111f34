//! Craft and save files of Kerbal Space Program: parts, part trees and stage plans.
//!
//! A file of any size is read once, line by line. Memory holds one line, the block of one part, and the parts of the
//! requested vessel. Figures come from the file and from a table of the stock parts. Each has a confidence, and the
//! reasons for it as data. The figures of a part that is not in the table are unknown.
//!
//! ```
//! let text = "ship = Acorn\nPART\n{\n\tpart = mk1pod.v2_1\n}\n";
//! let vessel = craft::read_vessel(text.as_bytes(), None)?;
//! let tree = craft::part_tree(&vessel);
//! assert_eq!(tree.parts[0].title, "Mk1 Command Pod");
//! let plan = craft::stage_plan(&vessel)?;
//! assert_eq!(plan.total.mass.confidence, craft::Confidence::Estimated);
//! # Ok::<(), craft::Error>(())
//! ```
//!
//! The crate does no I/O of its own: callers pass a reader. It describes one vessel at a time and no flight: no
//! drag, no steering, no orbits.
//!
//! # Layout
//!
//! - [`config_node`]: the game's text format, event by event or as a document
//! - `file`: a craft or save file from beginning to end, with the two ways in which they name and link parts
//! - `vessel`: a vessel from either kind of file
//! - [`part_table`]: mass, capacity and engines of the stock parts; densities of resources
//! - `part_tree`, `stage_plan`: the two results, and `summary`, which both contain
//! - `figure`: a figure with its confidence and the reasons for it
//! - `error`: why a file cannot be read · `names`: names from files, made printable

pub mod config_node;
mod error;
mod figure;
mod file;
mod names;
pub mod part_table;
mod part_tree;
mod stage_plan;
mod summary;
#[cfg(test)]
mod tests;
mod vessel;

pub use error::Error;
pub use figure::{Assumption, Confidence, Figure, Reason, Statement};
pub use file::{
    Contents, ReadProgress, SavedVessel, check_craft_name, choose_vessel, list_vessels,
    read_vessel, read_vessel_with_progress,
};
pub use names::{NameList, printable};
pub use part_tree::{PartTree, TreePart, part_tree};
pub use stage_plan::{
    Phase, PlanProgress, Stage, StagePlan, Total, stage_plan, stage_plan_with_progress,
};
pub use summary::{PartCount, VesselSummary};
pub use vessel::{Amount, Attachment, DuctEnd, Part, ResourceLoad, Source, Staging, Vessel};
