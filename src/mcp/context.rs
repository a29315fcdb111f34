//! What every request of every client can reach.

mod job_subscriptions;
pub mod ready_notices;

pub use job_subscriptions::{JobChanges, JobSubscriptions};

use super::render::listed_names::ListedNames;
use super::render::text::TextRenderer;
use crate::queue::{Artifacts, Caller, Queue};
use crate::studio::Studio;
use ready_notices::ReadyNotices;
use std::sync::Arc;

#[derive(Clone)]
pub struct McpContext {
    pub queue: Queue,
    pub studio: Studio,
    /// The only user in local mode.
    pub local: Caller,
    pub artifacts: Artifacts,
    /// The origin of our pages, such as `http://127.0.0.1:3000`.
    pub site: String,
    pub subscriptions: JobSubscriptions,
    pub ready_notices: Arc<ReadyNotices>,
    pub names: ListedNames,
}

impl McpContext {
    pub fn renderer(&self) -> TextRenderer<'_> {
        TextRenderer::new(&self.site)
    }
}
