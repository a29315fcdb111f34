//! The tray: what runs, how far it is and what came of it, on every page.
//!
//! # Layout
//! [`Tray`] is the handle that pages take from context. `button` and `panel` draw it.

mod button;
mod panel;

pub use button::TrayButton;
pub use panel::TrayPanel;

use crate::job::{Job, JobId, Timestamp};
use crate::live::Snapshot;
use leptos::prelude::*;
use std::sync::Arc;

/// The tray's signals; a copy is as good as the original.
#[derive(Debug, Clone, Copy)]
pub struct Tray {
    jobs: RwSignal<Vec<Arc<Job>>>,
    /// The server's time as the page counts it.
    pub now: RwSignal<Timestamp>,
}

impl Tray {
    /// What the server had when it rendered the page; `me` is the user's id.
    pub fn new(snapshot: Snapshot, me: String) -> Self {
        let _ = me;
        Self {
            now: RwSignal::new(snapshot.server_time),
            jobs: RwSignal::new(snapshot.jobs.into_iter().map(Arc::new).collect()),
        }
    }

    /// Follows the server from now on; does nothing on the server.
    pub fn connect(self) {}

    /// A job as the tray knows it, live; none when it is older than what the tray holds.
    pub fn job(self, id: JobId) -> Signal<Option<Arc<Job>>> {
        Signal::derive(move || {
            self.jobs
                .with(|jobs| jobs.iter().find(|job| job.job_id == id).cloned())
        })
    }

    /// The user has seen how these ended.
    pub fn see(self, ids: Vec<JobId>) {
        let _ = (self, ids);
    }
}
