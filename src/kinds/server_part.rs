//! What the server has of a kind, and the browser has not.

use super::setup::Setup;
use crate::queue::KindSpec;
use crate::studio::Studio;
use crate::ui::{Page, SceneView};
use crate::worker::JobHandler;
use std::sync::Arc;

/// Pages and handlers of one folder of kinds.
pub struct ServerPart {
    pub pages: &'static [Page],
    /// What it adds to the pages that show a scene.
    pub scene_view: Option<SceneView>,
    pub create: fn(&Studio, &Setup) -> Vec<CreatedKind>,
}

/// A kind that is ready to take jobs.
pub struct CreatedKind {
    pub spec: Arc<dyn KindSpec>,
    pub handler: Arc<dyn JobHandler>,
}

impl CreatedKind {
    pub fn new<K: KindSpec + JobHandler + 'static>(kind: K) -> Self {
        let kind = Arc::new(kind);
        Self {
            spec: Arc::clone(&kind) as _,
            handler: kind,
        }
    }
}
