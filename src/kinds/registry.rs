//! The list of kinds that the server can do.

use super::vessel::{self, VesselKind};
use super::{MESSAGES, scene, script, story};
use crate::i18n;
use crate::queue::{KindRegistry, KindSpec};
use crate::studio::{CraftFolder, Studio};
use crate::ui::{Page, SceneView};
use crate::worker::{JobHandler, JobHandlers};
use std::path::PathBuf;
use std::sync::Arc;
use supervisor::Supervisor;

/// The pages of each kind that has some, in the order of the top navigation.
pub const PAGES: &[&[Page]] = &[scene::PAGES, story::PAGES, vessel::PAGES];

/// What each kind that works on scenes adds to their pages.
pub const SCENE_VIEWS: &[SceneView] = &[scene::SCENE_VIEW];

/// What the operator set for kinds of work.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// Craft and save files.
    pub craft: PathBuf,
    /// The scripts that `script` jobs may run; without it the kind is off.
    pub scripts: Option<PathBuf>,
    /// What each of those scripts may use.
    pub script_limits: script::ScriptLimits,
}

/// Every kind: what the queue must know of it, and what does its work. Also makes their messages known.
#[must_use]
pub fn registry(studio: &Studio, setup: &Setup) -> (KindRegistry, JobHandlers) {
    i18n::install(MESSAGES);
    let craft = CraftFolder::at(&setup.craft);
    let list = KindList::default()
        .with(scene::SceneKind::new(studio.clone()))
        .with(story::StoryKind::new(studio.clone()))
        .with(VesselKind::part_tree(craft.clone()))
        .with(VesselKind::stage_plan(craft))
        .with(script::ScriptKind::new(
            setup.scripts.clone(),
            setup.script_limits,
            Supervisor::this_program(),
        ));
    (KindRegistry::new(list.specs), list.handlers)
}

#[derive(Default)]
struct KindList {
    specs: Vec<Arc<dyn KindSpec>>,
    handlers: JobHandlers,
}

impl KindList {
    fn with<K: KindSpec + JobHandler + 'static>(mut self, kind: K) -> Self {
        let kind = Arc::new(kind);
        self.handlers.add(kind.kind(), Arc::clone(&kind) as _);
        self.specs.push(kind);
        self
    }
}
