//! The list of kinds that the server can run.

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

/// The pages of the kinds that have any, in the order of the top navigation.
pub const PAGES: &[&[Page]] = &[scene::PAGES, story::PAGES, vessel::PAGES];

/// What each kind that works on scenes adds to their pages.
pub const SCENE_VIEWS: &[SceneView] = &[scene::SCENE_VIEW];

/// The operator's configuration of the kinds.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The folder of craft and save files.
    pub craft: PathBuf,
    /// The folder of the scripts that `script` jobs may run; without it the kind is off.
    pub scripts: Option<PathBuf>,
    /// The limits of each script.
    pub script_limits: script::ScriptLimits,
}

/// Every kind: its specification for the queue, and its handler. Also installs the messages of the kinds.
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
