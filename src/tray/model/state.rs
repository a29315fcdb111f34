//! The reducer of the tray: its state, and how a message changes it.

use super::alert::{Alert, alerts};
use super::batch::Batch;
use super::partial_snapshot::PartialSnapshot;
use super::rows::PanelRows;
use super::running_order::RunningOrder;
use super::times::since;
use super::totals::totals;
use super::update::StateUpdate;
use crate::job::{Job, JobId, JobState, RequestedState, Summary, Timestamp, in_order_of};
use crate::live::{Cursor, MAX_FINISHED, Message, Snapshot};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

/// An unknown job that ended longer than this before the latest message does not alert: it was sent because something
/// else about it changed.
const LATE_END: Duration = Duration::from_secs(10);

/// The jobs of one user and scope, as of a cursor.
#[derive(Debug, Clone)]
pub struct TrayState {
    user_id: String,
    epoch: String,
    cursor: Cursor,
    /// The server's time of the latest message.
    server_time: Timestamp,
    jobs: HashMap<JobId, Arc<Job>>,
    seen: HashSet<JobId>,
    batch: Batch,
    running: RunningOrder,
    partial: Option<PartialSnapshot>,
}

impl TrayState {
    /// The state from which the server rendered the page. `user_id` is the user whose jobs alert.
    pub fn new(snapshot: Snapshot, user_id: String) -> Self {
        let jobs = snapshot.jobs.into_iter();
        let mut state = Self {
            user_id,
            epoch: snapshot.epoch,
            cursor: snapshot.cursor,
            server_time: snapshot.server_time,
            jobs: jobs
                .map(|job| (job.job_id.clone(), Arc::new(job)))
                .collect(),
            seen: snapshot.seen.into_iter().collect(),
            batch: Batch::default(),
            running: RunningOrder::default(),
            partial: None,
        };
        state.derive(&mut StateUpdate::default());
        state
    }

    /// Applies a message. A job is replaced only by a newer version, so a repeated or late message changes nothing.
    pub fn apply(&mut self, message: Message) -> StateUpdate {
        match message {
            Message::Snapshot {
                epoch,
                cursor,
                server_time,
                jobs,
                more,
            } => {
                let part = PartialSnapshot {
                    epoch,
                    cursor,
                    jobs,
                };
                let update = self.add_part(part, more);
                self.advance(server_time);
                update
            }
            Message::Changes {
                cursor,
                server_time,
                jobs,
            } => {
                let update = self.change(cursor, jobs);
                self.advance(server_time);
                update
            }
            Message::Seen { job_ids } => self.mark_seen(job_ids),
            // Settings belong to no job.
            Message::Settings { .. } => StateUpdate::default(),
            Message::Alive { server_time, .. } => {
                // Its cursor may be ahead of changes that are not sent yet, so the position does not move.
                self.advance(server_time);
                StateUpdate::default()
            }
        }
    }

    /// A new connection starts over, so the parts of an unfinished snapshot are dropped.
    pub fn reconnect(&mut self) {
        self.partial = None;
    }

    /// The epoch and cursor that a new connection resumes from.
    pub fn position(&self) -> (&str, Cursor) {
        (&self.epoch, self.cursor)
    }

    /// The server's time of the latest message.
    pub fn server_time(&self) -> Timestamp {
        self.server_time
    }

    pub fn job(&self, id: &JobId) -> Option<&Arc<Job>> {
        self.jobs.get(id)
    }

    pub fn jobs(&self) -> impl Iterator<Item = &Arc<Job>> {
        self.jobs.values()
    }

    /// Whether a job belongs to the user.
    pub fn is_own(&self, job: &Job) -> bool {
        job.owner.id == self.user_id
    }

    /// Whether the user has seen how a job ended. Active and cancelled jobs count as seen.
    pub fn is_seen(&self, job: &Job) -> bool {
        !alerts(job.state) || self.seen.contains(&job.job_id)
    }

    /// Ended jobs that the user has not seen, the first to end at the front.
    pub fn unseen(&self) -> Vec<JobId> {
        let jobs = self.jobs.values().map(|job| &**job);
        let mut unseen: Vec<_> = jobs.filter(|job| !self.is_seen(job)).collect();
        in_order_of(Job::ended_at, &mut unseen);
        unseen.iter().map(|job| job.job_id.clone()).collect()
    }

    /// The totals of the button.
    pub fn totals(&self) -> Summary {
        totals(&self.jobs, &self.seen, &self.batch)
    }

    /// The rows of the panel, group by group.
    pub fn rows(&self) -> PanelRows {
        PanelRows::new(self.jobs.values().map(|job| &**job), self.running.ids())
    }

    /// The running job that will be done first.
    pub fn soonest(&self) -> Option<&JobId> {
        self.running.ids().first()
    }

    pub fn is_running(&self, id: &JobId) -> bool {
        self.running.ids().contains(id)
    }

    fn advance(&mut self, server_time: Timestamp) {
        self.server_time = self.server_time.max(server_time);
    }

    fn change(&mut self, cursor: Cursor, jobs: Vec<Job>) -> StateUpdate {
        if let Some(partial) = &mut self.partial {
            partial.jobs.extend(jobs.iter().cloned());
        }
        let mut update = StateUpdate::default();
        for job in jobs {
            self.insert(job, true, &mut update);
        }
        self.cursor = self.cursor.max(cursor);
        self.finish(&mut update);
        update
    }

    fn add_part(&mut self, part: PartialSnapshot, more: bool) -> StateUpdate {
        let partial = PartialSnapshot::add(self.partial.take(), part);
        if more {
            self.partial = Some(partial);
            return StateUpdate::default();
        }
        self.replace(partial)
    }

    /// Replaces the whole state by a complete snapshot.
    fn replace(&mut self, snapshot: PartialSnapshot) -> StateUpdate {
        let mut update = StateUpdate::default();
        let same_epoch = snapshot.epoch == self.epoch;
        if !same_epoch {
            // After a change of epoch, versions and cursors may be lower than before.
            self.epoch = snapshot.epoch;
            self.cursor = snapshot.cursor;
            self.batch.clear();
        }
        self.cursor = self.cursor.max(snapshot.cursor);
        let jobs = snapshot.jobs;
        let ids: HashSet<_> = jobs.iter().map(|job| job.job_id.clone()).collect();
        self.jobs.retain(|id, _| {
            let stays = ids.contains(id);
            if !stays {
                update.removed.push(id.clone());
            }
            stays
        });
        for job in jobs {
            // After a restart of the server the same jobs continue; after a restored backup they do not.
            let continues = match self.jobs.get(&job.job_id) {
                Some(known) => same_epoch || known.version < job.version || **known == job,
                None => true,
            };
            if !continues {
                self.jobs.remove(&job.job_id);
            }
            self.insert(job, continues, &mut update);
        }
        self.batch.retain(|id| ids.contains(id));
        self.finish(&mut update);
        update
    }

    fn insert(&mut self, job: Job, may_alert: bool, update: &mut StateUpdate) {
        let id = job.job_id.clone();
        let known = self.jobs.get(&id);
        if known.is_some_and(|known| known.version >= job.version) {
            return;
        }
        update.rows_changed |= known.is_none_or(|known| outline(known) != outline(&job));
        let is_news = match known {
            Some(known) => known.state != job.state || known.attempt != job.attempt,
            None => !self.seen.contains(&id) && self.ended_lately(&job),
        };
        if job.state.is_active() {
            self.seen.remove(&id);
        }
        let job = Arc::new(job);
        if alerts(job.state) && is_news && may_alert && self.is_own(&job) {
            let job = Arc::clone(&job);
            update.alerts.push(Alert { job });
        }
        self.jobs.insert(id.clone(), job);
        update.changed.push(id);
    }

    fn ended_lately(&self, job: &Job) -> bool {
        (job.finished_at).is_some_and(|end| since(end, self.server_time) < LATE_END)
    }

    fn mark_seen(&mut self, ids: Vec<JobId>) -> StateUpdate {
        let mut update = StateUpdate::default();
        for id in ids {
            let is_active = (self.jobs.get(&id)).is_some_and(|job| job.state.is_active());
            if !is_active && self.seen.insert(id.clone()) && self.jobs.contains_key(&id) {
                update.changed.push(id);
                update.rows_changed = true;
            }
        }
        update
    }

    fn finish(&mut self, update: &mut StateUpdate) {
        self.prune(update);
        self.derive(update);
    }

    /// Drops the oldest finished jobs outside the batch: a tab may stay open for weeks.
    fn prune(&mut self, update: &mut StateUpdate) {
        let finished = |job: &&Job| job.state.is_finished() && !self.batch.contains(&job.job_id);
        let jobs = self.jobs.values().map(|job| &**job);
        let mut finished: Vec<_> = jobs.filter(finished).collect();
        let excess = finished.len().saturating_sub(MAX_FINISHED as usize);
        if excess == 0 {
            return;
        }
        in_order_of(Job::ended_at, &mut finished);
        let old = finished[..excess].iter();
        let old: Vec<_> = old.map(|job| job.job_id.clone()).collect();
        for id in old {
            self.jobs.remove(&id);
            self.seen.remove(&id);
            update.changed.retain(|changed| *changed != id);
            update.removed.push(id);
        }
    }

    /// Updates the batch and the order, which depend on the jobs and on their previous values.
    fn derive(&mut self, update: &mut StateUpdate) {
        self.batch.update(&self.jobs);
        let reordered = self.running.update(&self.jobs);
        update.rows_changed |= !update.removed.is_empty() || reordered;
    }
}

/// Everything that a job's row shows, except progress.
fn outline(job: &Job) -> (JobState, u32, Option<RequestedState>, Option<Timestamp>) {
    (job.state, job.attempt, job.wanted, job.finished_at)
}

#[cfg(test)]
mod tests;
