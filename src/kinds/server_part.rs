//! The server-only part of a kind.

use super::setup::Setup;
use crate::queue::KindSpec;
use crate::studio::Studio;
use crate::ui::{Page, SceneView};
use crate::worker::JobHandler;
use std::sync::Arc;

/// Creates the kinds of a folder from what the server has and what the operator set.
pub type CreateKinds = fn(&Studio, &Setup) -> Vec<CreatedKind>;

/// Handlers and pages of one folder of kinds.
pub struct ServerPart {
    pub(super) create: CreateKinds,
    pub(super) pages: &'static [Page],
    pub(super) scene_view: Option<SceneView>,
    pub(super) provide: fn(&Setup),
}

impl ServerPart {
    /// Kinds without pages.
    pub const fn new(create: CreateKinds) -> Self {
        Self {
            create,
            pages: &[],
            scene_view: None,
            provide: |_| (),
        }
    }

    /// The kinds of the folder.
    pub fn create(&self, studio: &Studio, setup: &Setup) -> Vec<CreatedKind> {
        (self.create)(studio, setup)
    }

    #[must_use]
    pub const fn with_pages(mut self, pages: &'static [Page]) -> Self {
        self.pages = pages;
        self
    }

    /// What it adds to the pages that show a scene.
    #[must_use]
    pub const fn with_scene_view(mut self, view: SceneView) -> Self {
        self.scene_view = Some(view);
        self
    }

    /// Puts what its pages need of the operator's configuration into the context of a request.
    #[must_use]
    pub const fn with_context(mut self, provide: fn(&Setup)) -> Self {
        self.provide = provide;
        self
    }
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
