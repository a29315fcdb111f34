//! One file a kind of work, and the list of them.

pub mod scene;
pub mod script;
pub mod story;
pub mod vessel;

use crate::queue::{Catalogue, KindSpec};
use crate::studio::{CraftFolder, Studio};
use crate::worker::{Kind, Runners};
use std::path::PathBuf;
use std::sync::Arc;
use vessel::VesselKind;

/// Folders of the operator's own that kinds read.
#[derive(Debug, Clone, Default)]
pub struct Folders {
    /// Craft and save files.
    pub craft: PathBuf,
    /// The scripts that `script` jobs may run; without it the kind is off.
    pub scripts: Option<PathBuf>,
}

/// Every kind that this program can do: what the queue must know of it, and what does its work.
#[must_use]
pub fn catalogue(studio: &Studio, folders: &Folders) -> (Catalogue, Runners) {
    let craft = CraftFolder::at(&folders.craft);
    let list = List::default()
        .with(scene::SceneKind::new(studio.clone()))
        .with(story::StoryKind::new(studio.clone()))
        .with(VesselKind::part_tree(craft.clone()))
        .with(VesselKind::stage_plan(craft))
        .with(script::ScriptKind::new(
            folders.scripts.clone(),
            script::Limits::default(),
            script::this_program(),
        ));
    (Catalogue::new(list.specs), list.runners)
}

#[derive(Default)]
struct List {
    specs: Vec<Arc<dyn KindSpec>>,
    runners: Runners,
}

impl List {
    fn with<K: KindSpec + Kind + 'static>(mut self, kind: K) -> Self {
        let kind = Arc::new(kind);
        self.runners.add(kind.kind(), Arc::clone(&kind) as _);
        self.specs.push(kind);
        self
    }
}
