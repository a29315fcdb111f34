//! Which jobs an island is about.

use crate::job::{Job, JobId};
use crate::tray::{Row, Tray};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A choice among the tray's jobs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    All,
    /// Those of a kind.
    Kind(String),
    /// Those that refer to something, such as `scene:ID`.
    Ref(String),
    Job(JobId),
}

/// Jobs as they stood when the tray's rows last moved: their states are true, their progress is
/// not news.
pub type Jobs = Memo<Vec<Arc<Job>>>;

impl About {
    pub fn covers(&self, job: &Job) -> bool {
        match self {
            Self::All => true,
            Self::Kind(kind) => job.kind == *kind,
            Self::Ref(to) => job.refs.contains(to),
            Self::Job(id) => job.job_id == *id,
        }
    }

    /// These jobs, in the tray's order.
    pub fn jobs(self) -> Jobs {
        let tray = expect_context::<Tray>();
        Memo::new(move |_| {
            let rows = tray.rows.get().rows;
            (rows.into_iter())
                .filter_map(|row| match row {
                    Row::Job(id) => tray.job(id).get_untracked(),
                    _ => None,
                })
                .filter(|job| self.covers(job))
                .collect()
        })
    }
}
