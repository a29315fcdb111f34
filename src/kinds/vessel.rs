//! The kinds `part_tree` and `stage_plan`: read a vessel of Kerbal Space Program.
//!
//! # Layout
//!
//! - `input`: what may be asked, and its errors
//! - `run`: the job, with its progress and checkpoints · `error`: why it ends without a result
//! - `messages`: what a stage plan says about its figures, in the reader's language
//!
//! What a file means and what follows from it is calculated by the crate `craft`.

mod error;
mod input;
mod messages;
mod run;
mod view;

pub use view::PAGES;

use crate::i18n::{Lang, Translation, job};
use crate::job::{Action, JobId, Text};
use crate::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use crate::routes;
use crate::studio::CraftFolder;
use crate::validation::check_name;
use craft::printable;
use input::Order;
use serde_json::Value;

/// The names of the kinds.
const PART_TREE: &str = "part_tree";
const STAGE_PLAN: &str = "stage_plan";
/// The page of a result.
const PAGE: &str = "/vessels/{id}";
/// The page with the craft folder and the latest results.
const VESSELS: &str = "/vessels";

/// Seconds per megabyte of file, from the claim to the result on disk, and seconds that any file takes: the
/// line through the medians of `benches/vessel.rs`, 38 ms for a craft of 4.7 MB and 163 ms for a save of 42 MB,
/// on a virtual machine with 2 cores.
const SECONDS_PER_MEGABYTE: f64 = 0.0034;
const SECONDS_AT_LEAST: f64 = 0.02;

/// Reads vessels and makes one kind of result of them.
pub struct VesselKind {
    made: Made,
    folder: CraftFolder,
}

/// What is made of a vessel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    PartTree,
    StagePlan,
}

impl VesselKind {
    /// The kind `part_tree`.
    #[must_use]
    pub fn part_tree(folder: CraftFolder) -> Self {
        let made = Made::PartTree;
        Self { made, folder }
    }

    /// The kind `stage_plan`.
    #[must_use]
    pub fn stage_plan(folder: CraftFolder) -> Self {
        let made = Made::StagePlan;
        Self { made, folder }
    }
}

impl KindSpec for VesselKind {
    fn kind(&self) -> &'static str {
        match self.made {
            Made::PartTree => PART_TREE,
            Made::StagePlan => STAGE_PLAN,
        }
    }

    fn label(&self) -> Translation {
        match self.made {
            Made::PartTree => Translation::new("Part tree", "Arbre des pièces"),
            Made::StagePlan => Translation::new("Stage plan", "Plan des étages"),
        }
    }

    fn input_schema(&self) -> Value {
        input::schema()
    }

    fn result_schema(&self) -> Option<&'static str> {
        Some(match self.made {
            Made::PartTree => include_str!("vessel/part_tree.schema.json"),
            Made::StagePlan => include_str!("vessel/stage_plan.schema.json"),
        })
    }

    fn action(&self) -> Action {
        Action::Open
    }

    fn prepare<'a>(&'a self, _: &'a Caller, input: Value) -> Preparing<'a> {
        Box::pin(async move {
            let order = input::read(input)?;
            let folder = self.folder.clone();
            let looked = tokio::task::spawn_blocking(move || {
                input::check(&order, &folder).map(|found| (order, found))
            });
            let looked = looked.await;
            let (order, (name, bytes)) =
                looked.map_err(|error| QueueError::Unavailable(error.to_string()))??;
            let name_text = Text::new(match self.made {
                Made::PartTree => "name.part_tree",
                Made::StagePlan => "name.stage_plan",
            });
            let name_text = name_text.with("vessel", called(name, &order));
            Ok(Prepared {
                name: job::say(Lang::En, Some(&name_text), self.kind()),
                name_text: Some(name_text),
                estimate_seconds: Some(estimate(bytes)),
                refs: Vec::new(),
                input: serde_json::to_value(order)
                    .map_err(|error| input::invalid("", &error.to_string()))?,
            })
        })
    }

    fn page(&self, id: &JobId) -> String {
        routes::with_id(PAGE, id)
    }
}

/// The vessel's name in the name of its job; without one, the name of its file.
fn called(name: Option<String>, order: &Order) -> String {
    let name = name.unwrap_or_else(|| order.file_stem().to_owned());
    let name = printable(&name);
    if name.trim().is_empty() || check_name(&name).is_err() {
        return "?".to_owned();
    }
    name
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an estimate of files of some megabytes"
)]
fn estimate(bytes: u64) -> f64 {
    SECONDS_AT_LEAST + SECONDS_PER_MEGABYTE * bytes as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::input::{Given, Order};
    use super::{called, estimate};

    #[test]
    fn a_job_is_named_after_its_vessel_or_else_after_its_file() {
        let order = |given| Order {
            given,
            vessel: None,
        };
        let craft = |name: &str| order(Given::Craft(name.to_owned()));
        for (name, order, expected) in [
            (Some("Kerbal X"), craft("Ships/a.craft"), "Kerbal X"),
            (None, craft("Ships/VAB/a.b.craft"), "a.b"),
            (None, order(Given::Text("x".to_owned())), "?"),
            (Some(" "), craft("a.craft"), "?"),
            (Some("<b>x</b>"), craft("a.craft"), "?"),
        ] {
            assert_eq!(called(name.map(str::to_owned), &order), expected);
        }
    }

    #[test]
    fn a_larger_file_takes_longer() {
        assert!(estimate(42_000_000) > 2.0 * estimate(4_700_000));
    }
}
