//! The kinds as the server runs them.

use super::setup::Setup;
use super::{KINDS, install_messages};
use crate::queue::KindRegistry;
use crate::studio::Studio;
use crate::ui::{Page, SceneView};
use crate::worker::JobHandlers;
use std::sync::Arc;

/// Every kind: what the queue needs to know about it, and the handler that runs its jobs. Also installs their messages.
#[must_use]
pub fn registry(studio: &Studio, setup: &Setup) -> (KindRegistry, JobHandlers) {
    install_messages();
    let (mut specs, mut handlers) = (Vec::new(), JobHandlers::default());
    for module in KINDS {
        for kind in module.server.create(studio, setup) {
            handlers.add(kind.spec.kind(), kind.handler);
            specs.push(kind.spec);
        }
    }
    (KindRegistry::new(specs), handlers)
}

/// The pages of the kinds, in the order of the top navigation.
pub fn pages() -> impl Iterator<Item = &'static Page> {
    KINDS.iter().flat_map(|module| module.server.pages)
}

/// What the kinds that work on scenes add to their pages.
pub fn scene_views() -> impl Iterator<Item = SceneView> {
    KINDS.iter().filter_map(|module| module.server.scene_view)
}

/// Puts what the pages of the kinds need into the context of a request.
#[must_use]
pub fn page_context(setup: Setup) -> Arc<dyn Fn() + Send + Sync> {
    Arc::new(move || {
        for module in KINDS {
            (module.server.provide)(&setup);
        }
    })
}
