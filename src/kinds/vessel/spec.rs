//! What the queue needs to know about the kinds, and how a job is prepared.

use super::input::{self, Input, StoredVesselInput};
use super::{PART_TREE, STAGE_PLAN, VesselMessage};
use crate::i18n::{Translate, Translation};
use crate::job::{Action, JobId};
use crate::kinds::vessel::craft_folder::CraftFolder;
use crate::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use crate::routes;
use crate::validation::{check_name, read_input, schema_of};
use craft::printable;
use serde_json::{Value, json};

/// The page of a result.
pub const PAGE: &str = "/vessels/{id}";
/// The page with the craft folder and the latest results.
pub const VESSELS: &str = "/vessels";

/// Seconds per megabyte of file, from the claim to the result on disk, and seconds that any file takes: the
/// line through the medians of `benches/vessel.rs`, 38 ms for a craft of 4.7 MB and 163 ms for a save of 42 MB,
/// on a virtual machine with 2 cores.
const SECONDS_PER_MEGABYTE: f64 = 0.0034;
const SECONDS_AT_LEAST: f64 = 0.02;

/// Reads vessels and makes one kind of result from them.
pub struct VesselKind {
    pub(super) made: VesselOutput,
    pub(super) folder: CraftFolder,
}

/// What is made from a vessel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VesselOutput {
    PartTree,
    StagePlan,
}

impl VesselKind {
    /// The kind `part_tree`.
    #[must_use]
    pub fn part_tree(folder: CraftFolder) -> Self {
        let made = VesselOutput::PartTree;
        Self { made, folder }
    }

    /// The kind `stage_plan`.
    #[must_use]
    pub fn stage_plan(folder: CraftFolder) -> Self {
        let made = VesselOutput::StagePlan;
        Self { made, folder }
    }
}

impl KindSpec for VesselKind {
    fn kind(&self) -> &'static str {
        match self.made {
            VesselOutput::PartTree => PART_TREE,
            VesselOutput::StagePlan => STAGE_PLAN,
        }
    }

    fn label(&self) -> Translation {
        match self.made {
            VesselOutput::PartTree => Translation::new("Part tree", "Arbre des pièces"),
            VesselOutput::StagePlan => Translation::new("Stage plan", "Plan des étages"),
        }
    }

    fn input_schema(&self) -> Value {
        schema_of::<Input>()
    }

    fn result_schema(&self) -> Option<&'static str> {
        Some(match self.made {
            VesselOutput::PartTree => include_str!("part_tree.schema.json"),
            VesselOutput::StagePlan => include_str!("stage_plan.schema.json"),
        })
    }

    fn action(&self) -> Action {
        Action::Open
    }

    fn prepare<'a>(&'a self, _: &'a Caller, input: Value) -> Preparing<'a> {
        Box::pin(async move {
            let stored = read_input::<Input>(&input)?.stored()?;
            let folder = self.folder.clone();
            let preview = tokio::task::spawn_blocking(move || {
                input::preview(&stored, &folder).map(|preview| (stored, preview))
            });
            let preview = preview.await;
            let (stored, (name, bytes)) =
                preview.map_err(|error| QueueError::Unavailable(error.to_string()))??;
            let vessel = vessel_name(name, &stored);
            let name = match self.made {
                VesselOutput::PartTree => VesselMessage::PartTreeName { vessel },
                VesselOutput::StagePlan => VesselMessage::StagePlanName { vessel },
            };
            Ok(Prepared {
                name: name.english(),
                name_text: Some(name.text()),
                estimate_seconds: Some(estimate(bytes)),
                refs: Vec::new(),
                input: json!(stored),
            })
        })
    }

    fn page(&self, id: &JobId) -> String {
        routes::with_id(PAGE, id)
    }
}

/// The name of the vessel for the name of its job; if the vessel has none, the name of its file.
fn vessel_name(name: Option<String>, input: &StoredVesselInput) -> String {
    let name = name.unwrap_or_else(|| input.file_stem().to_owned());
    let name = printable(&name);
    if name.trim().is_empty() || check_name(&name).is_err() {
        return "?".to_owned();
    }
    name
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an estimate for files of a few megabytes"
)]
fn estimate(bytes: u64) -> f64 {
    SECONDS_AT_LEAST + SECONDS_PER_MEGABYTE * bytes as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::super::input::{Source, StoredVesselInput};
    use super::{estimate, vessel_name};

    #[test]
    fn a_job_is_named_after_its_vessel_or_else_after_its_file() {
        let input = |source| StoredVesselInput {
            source,
            vessel: None,
        };
        let craft = |name: &str| input(Source::Craft(name.to_owned()));
        for (name, input, expected) in [
            (Some("Kerbal X"), craft("Ships/a.craft"), "Kerbal X"),
            (None, craft("Ships/VAB/a.b.craft"), "a.b"),
            (None, input(Source::Text("x".to_owned())), "?"),
            (Some(" "), craft("a.craft"), "?"),
            (Some("<b>x</b>"), craft("a.craft"), "?"),
        ] {
            assert_eq!(vessel_name(name.map(str::to_owned), &input), expected);
        }
    }

    #[test]
    fn a_larger_file_takes_longer() {
        assert!(estimate(42_000_000) > 2.0 * estimate(4_700_000));
    }
}
