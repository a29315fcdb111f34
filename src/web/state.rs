//! What every handler may need.

use super::submitted_forms::SubmittedForms;
use super::subscribe::{LiveBroadcasts, Pace};
use crate::mcp::Mcp;
use crate::queue::{Artifacts, Caller, Queue};
use crate::studio::Studio;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use std::path::Path;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// The state of the server; cheap to clone.
#[derive(Clone)]
pub struct WebState {
    pub queue: Queue,
    pub studio: Studio,
    /// The one creator of local mode, who needs no sign-in.
    pub local: Caller,
    /// `site_addr` is the address that the server is bound to: the guard compares with it.
    pub leptos: LeptosOptions,
    /// Puts what the pages of the kinds need into the context of a request; nothing by default.
    pub kinds_context: Arc<dyn Fn() + Send + Sync>,
    /// Cancelled when the server stops: live sockets and event streams end then.
    pub stopping: CancellationToken,
    pub pace: Pace,
    /// What assistants reach at `/mcp`.
    pub mcp: Mcp,
    pub(super) artifacts: Artifacts,
    pub(super) broadcasts: Arc<LiveBroadcasts>,
    pub(super) submitted_forms: Arc<SubmittedForms>,
}

impl WebState {
    #[must_use]
    pub fn new(
        queue: Queue,
        studio: Studio,
        local: Caller,
        leptos: LeptosOptions,
        data_dir: &Path,
    ) -> Self {
        Self {
            mcp: Mcp::new(
                queue.clone(),
                studio.clone(),
                local.clone(),
                data_dir,
                leptos.site_addr,
            ),
            artifacts: Artifacts::new(queue.clone(), data_dir),
            broadcasts: Arc::new(LiveBroadcasts::new(queue.clone())),
            queue,
            studio,
            local,
            leptos,
            kinds_context: Arc::new(|| ()),
            stopping: CancellationToken::new(),
            pace: Pace::default(),
            submitted_forms: Arc::default(),
        }
    }
}

impl FromRef<WebState> for LeptosOptions {
    fn from_ref(state: &WebState) -> Self {
        state.leptos.clone()
    }
}
