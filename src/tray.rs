//! The tray: what runs, how far it is and what came of it, on every page.
//!
//! # Layout
//! - [`Tray`]: the handle that pages take from context
//! - [`state`], `order`, [`face`], `line`: pure; what is known, in which order, and what is said of it
//! - [`actions`]: server functions for what a person does to a job
//! - `link`, `backoff`: the live connection; `ticks`: the seconds that pass
//! - `button`, `ring`, `panel`, `row`, `buttons`, `icons`, `announcer`, `refusal`: the views

pub mod actions;
mod announcer;
mod backoff;
mod button;
mod buttons;
pub mod face;
mod icons;
mod line;
mod link;
mod order;
mod panel;
mod refusal;
mod ring;
mod row;
#[cfg(test)]
mod sample;
pub mod state;
mod ticks;

pub use button::TrayButton;
pub use buttons::JobButtons;
pub use order::{Group, Row, Rows};
pub use panel::{EachRow, TrayPanel};
pub use refusal::{RefusalNote, say_refusal};
pub use row::{JobBar, JobFix, JobRow, JobStep, JobTimes};

use crate::browser;
use crate::job::{Job, JobId, JobState, Scope, Summary, Timestamp, Wish};
use crate::live::{Message, Snapshot};
use actions::ActionError;
use face::Connection;
use leptos::prelude::*;
use state::{Alert, State};
use std::collections::HashMap;
use std::sync::Arc;
use ticks::ServerClock;

/// The tray's signals; a copy is as good as the original.
///
/// Each job has a signal of its own, so that a change of one redraws its row and nothing else.
#[derive(Clone, Copy)]
pub struct Tray {
    scope: Scope,
    state: StoredValue<State>,
    clock: StoredValue<ServerClock>,
    jobs: RwSignal<HashMap<JobId, ArcRwSignal<Arc<Job>>>>,
    /// The numbers of the button.
    pub summary: RwSignal<Summary>,
    /// The lines of the panel.
    pub rows: RwSignal<Rows>,
    /// Counts on when a job appears, goes, or changes in more than its progress.
    pub moved: RwSignal<u32>,
    /// What ended and was not seen yet.
    pub unseen: RwSignal<Vec<JobId>>,
    /// How the page stands with the server.
    pub connection: RwSignal<Connection>,
    /// The server's time as the page counts it: moves while somebody can see it move.
    pub now: RwSignal<Timestamp>,
    /// The server's time of the latest message: how old the data is.
    pub heard: RwSignal<Timestamp>,
    /// Whether somebody may be looking at the page.
    pub visible: RwSignal<bool>,
    /// Whether the panel is open.
    pub open: RwSignal<bool>,
    /// The latest ends to tell, each once.
    pub alerts: RwSignal<Vec<Alert>>,
    /// Why the latest button did nothing.
    pub refusal: RwSignal<Option<ActionError>>,
}

impl Tray {
    /// What the server had of a scope when it rendered the page; `me` is the user's id.
    pub fn new(snapshot: Snapshot, me: String, scope: Scope) -> Self {
        let now = snapshot.server_time;
        let state = State::from_snapshot(snapshot, me);
        let jobs = (state.jobs())
            .map(|job| (job.job_id.clone(), ArcRwSignal::new(job.clone())))
            .collect();
        Self {
            scope,
            jobs: RwSignal::new(jobs),
            summary: RwSignal::new(state.summary()),
            rows: RwSignal::new(state.rows()),
            moved: RwSignal::new(0),
            unseen: RwSignal::new(state.unseen()),
            connection: RwSignal::new(Connection::Connecting),
            now: RwSignal::new(now),
            heard: RwSignal::new(now),
            visible: RwSignal::new(browser::is_visible()),
            open: RwSignal::new(false),
            alerts: RwSignal::new(Vec::new()),
            clock: StoredValue::new(ServerClock::default()),
            refusal: RwSignal::new(None),
            state: StoredValue::new(state),
        }
    }

    /// Follows the server from now on; does nothing on the server.
    pub fn connect(self) {
        Effect::new(move || {
            link::start(self);
            ticks::start(self);
        });
    }

    /// A job as the tray knows it, live; none when it is older than what the tray holds.
    pub fn job(self, id: JobId) -> Signal<Option<Arc<Job>>> {
        Signal::derive(move || {
            let job = self.jobs.with(|jobs| jobs.get(&id).cloned());
            job.map(|job| job.get())
        })
    }

    /// Seconds until all that is not paused is done; none when that cannot be known.
    fn all_done_in(self, now: Timestamp) -> Option<f64> {
        // It moves whenever a job does.
        self.summary.track();
        self.state
            .with_value(|state| line::all_done_in(state.jobs().map(|job| &**job), now))
    }

    /// Whether the user has not seen yet how a job ended.
    pub fn is_unseen(self, id: &JobId) -> bool {
        self.unseen.with(|unseen| unseen.contains(id))
    }

    /// The user has seen how these ended; those that were seen before cost nothing.
    pub fn see(self, ids: &[JobId]) {
        let news: Vec<_> = self.unseen.with_untracked(|unseen| {
            (ids.iter().filter(|id| unseen.contains(id)).cloned()).collect()
        });
        if !news.is_empty() {
            buttons::see(&news);
            self.apply(Message::Seen { job_ids: news });
        }
    }

    /// Takes a message into the state, and moves exactly the signals that differ.
    pub fn apply(self, message: Message) {
        let (applied, summary, rows, unseen, heard) = {
            let mut state = self.state.write_value();
            let applied = state.apply(message);
            let summary = state.summary();
            (
                applied,
                summary,
                state.rows(),
                state.unseen(),
                state.server_time(),
            )
        };
        self.set_jobs(&applied.changed, &applied.gone);
        set(self.summary, summary);
        set(self.rows, rows);
        set(self.unseen, unseen);
        set(self.heard, heard);
        if !applied.alerts.is_empty() {
            self.alerts.set(applied.alerts);
        }
    }

    /// One job as an answer of the server has it.
    fn take(self, job: Job) {
        // The cursor stays where it is: nothing is known of other jobs.
        self.apply(Message::Changes {
            cursor: 0,
            server_time: self.heard.get_untracked(),
            jobs: vec![job],
        });
    }

    fn set_jobs(self, changed: &[JobId], gone: &[JobId]) {
        let mut new = Vec::new();
        let mut moved = !gone.is_empty();
        self.state.with_value(|state| {
            for job in changed.iter().filter_map(|id| state.job(id)) {
                let known = (self.jobs).with_untracked(|jobs| jobs.get(&job.job_id).cloned());
                match known {
                    Some(signal) => {
                        let old = signal.get_untracked();
                        if !Arc::ptr_eq(&old, job) {
                            moved |= stand(&old) != stand(job);
                            signal.set(job.clone());
                        }
                    }
                    None => new.push(job.clone()),
                }
            }
        });
        moved |= !new.is_empty();
        if !new.is_empty() || !gone.is_empty() {
            self.jobs.update(|jobs| {
                for job in new {
                    jobs.insert(job.job_id.clone(), ArcRwSignal::new(job));
                }
                for id in gone {
                    jobs.remove(id);
                }
            });
        }
        if moved {
            self.moved.update(|count| *count = count.wrapping_add(1));
        }
    }

    /// All jobs that the tray holds, in no order. It is read again when [`Tray::moved`] moves.
    pub fn all(self) -> Vec<Arc<Job>> {
        self.state
            .with_value(|state| state.jobs().cloned().collect())
    }
}

/// What of a job is more than progress.
fn stand(job: &Job) -> (JobState, u32, Option<Wish>) {
    (job.state, job.attempt, job.wanted)
}

/// Sets a signal where it differs: nothing is drawn again for nothing.
fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}
