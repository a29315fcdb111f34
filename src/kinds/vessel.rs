//! The kinds `part_tree` and `stage_plan`: read a vessel of the Kerbal Space Program.
//!
//! # Layout
//!
//! - `input`: what may be asked, and its errors
//! - `config_node`: the game's text, event by event · `reading`: a file from its beginning to its end
//! - `raw_part`: what both kinds of file say of a part, with `modules` and `ducts` · `craft`, `save`: what
//!   each has of its own, and how it links parts · `model`: the vessel that both give
//! - `parts`: the part table · `tree`: the part tree · `plan`: the stage plan
//! - `run`: the job, with its progress and checkpoints · `error`: why a file is no vessel

mod config_node;
mod craft;
mod ducts;
mod error;
mod input;
mod model;
mod modules;
mod parts;
mod plan;
mod raw_part;
mod reading;
mod run;
mod save;
#[cfg(test)]
mod tests;
mod tree;
mod view;

pub use error::VesselError;
pub use view::PAGES;

use crate::i18n::{Lang, Translation, job};
use crate::job::{Action, JobId, Text};
use crate::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use crate::routes;
use crate::studio::CraftFolder;
use crate::validation::check_name;
use error::shown;
use input::Order;
use serde_json::Value;

/// The names of the kinds.
const PART_TREE: &str = "part_tree";
const STAGE_PLAN: &str = "stage_plan";
/// The page of a result.
const PAGE: &str = "/vessels/{id}";
/// The page with the craft folder and the latest results.
const VESSELS: &str = "/vessels";

/// Seconds that a megabyte of file takes, from the claim to the result on the disk, and those that
/// any file takes: the line through the medians of `benches/vessel.rs`, 38 ms for a craft of 4.7 MB and
/// 163 ms for a save of 42 MB, on a virtual machine with 2 cores.
const SECONDS_A_MEGABYTE: f64 = 0.0034;
const SECONDS_AT_LEAST: f64 = 0.02;

/// Reads vessels, and makes one thing of them.
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

/// What the vessel is called in a job's name: by itself, else after its file.
fn called(name: Option<String>, order: &Order) -> String {
    let name = name.unwrap_or_else(|| order.file_stem().to_owned());
    let name = shown(&name);
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
    SECONDS_AT_LEAST + SECONDS_A_MEGABYTE * bytes as f64 / 1e6
}
