//! What the tray knows, and how messages change it. Pure: no clock, no page, no network, so that
//! the server renders with the same code and tests need neither.

use super::rows::{self, Rows};
use crate::job::{
    Job, JobId, JobState, RequestedState, Summary, Timestamp, batch, in_order_of, overall_progress,
};
use crate::live::{Cursor, Message, Snapshot};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Finished jobs that a tray keeps, newest first; older ones are on the page of all jobs.
const KEPT_FINISHED: usize = 100;
/// An end may be told this long after a message that is later than it.
const LATE_SECONDS: f64 = 10.0;

/// The jobs of one user and scope, as of a cursor.
#[derive(Debug, Clone)]
pub struct State {
    me: String,
    epoch: String,
    cursor: Cursor,
    /// The server's time of the latest message.
    server_time: Timestamp,
    jobs: HashMap<JobId, Arc<Job>>,
    seen: HashSet<JobId>,
    batch: HashSet<JobId>,
    running: Vec<JobId>,
    arriving: Option<Arriving>,
}

/// A snapshot of which not all parts are here. What is shown stays until the last one, so that
/// no row vanishes for a moment.
#[derive(Debug, Clone)]
struct Arriving {
    epoch: String,
    cursor: Cursor,
    jobs: Vec<Job>,
}

/// What a message did.
#[derive(Debug, Default, PartialEq)]
pub struct Applied {
    /// Jobs that are new or differ from before.
    pub changed: Vec<JobId>,
    /// Jobs that the tray no longer holds.
    pub gone: Vec<JobId>,
    /// A job appeared, went, was seen or changed in more than its progress, or the order did.
    pub moved: bool,
    pub alerts: Vec<Alert>,
}

/// One end of a job of the user's own, to be told once.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    pub job: Arc<Job>,
}

impl Alert {
    /// Of the end that a job has come to; equal in every tab: job, attempt and state.
    pub fn id_of(job: &Job) -> String {
        let Job {
            job_id,
            attempt,
            state,
            ..
        } = job;
        format!("{}.{attempt}.{}", job_id.as_str(), state.as_str())
    }
}

impl State {
    /// What the server had when it rendered; `me` is the user whose ends alert.
    pub fn from_snapshot(snapshot: Snapshot, me: String) -> Self {
        let mut state = Self {
            me,
            epoch: snapshot.epoch,
            cursor: snapshot.cursor,
            server_time: snapshot.server_time,
            jobs: (snapshot.jobs.into_iter())
                .map(|job| (job.job_id.clone(), Arc::new(job)))
                .collect(),
            seen: snapshot.seen.into_iter().collect(),
            batch: HashSet::new(),
            running: Vec::new(),
            arriving: None,
        };
        state.settle(&mut Applied::default());
        state
    }

    /// Takes a message. A job is taken only when its version is news, so that a message that
    /// comes twice, or late, changes nothing.
    pub fn apply(&mut self, message: Message) -> Applied {
        match message {
            Message::Snapshot {
                epoch,
                cursor,
                server_time,
                jobs,
                more,
            } => {
                let applied = self.snapshot_part(epoch, cursor, jobs, more);
                self.heard(server_time);
                applied
            }
            Message::Changes {
                cursor,
                server_time,
                jobs,
            } => {
                let applied = self.changes(cursor, jobs);
                self.heard(server_time);
                applied
            }
            Message::Seen { job_ids } => self.see(job_ids),
            // They are no job's.
            Message::Settings { .. } => Applied::default(),
            Message::Alive { server_time, .. } => {
                // Its cursor may be ahead of changes that are still to be sent: not ours yet.
                self.heard(server_time);
                Applied::default()
            }
        }
    }

    /// A new connection starts its messages anew: parts of an old snapshot are worthless.
    pub fn reconnected(&mut self) {
        self.arriving = None;
    }

    /// Where a new connection goes on.
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

    /// The user saw how this job ended, or it never asked for eyes.
    pub fn is_seen(&self, job: &Job) -> bool {
        !matches!(job.state, JobState::Completed | JobState::Failed)
            || self.seen.contains(&job.job_id)
    }

    /// What ended and was not seen yet, the first to end first.
    pub fn unseen(&self) -> Vec<JobId> {
        let mut unseen: Vec<&Job> = (self.jobs.values())
            .filter(|job| !self.is_seen(job))
            .map(|job| &**job)
            .collect();
        in_order_of(Job::ended_at, &mut unseen);
        unseen.iter().map(|job| job.job_id.clone()).collect()
    }

    /// The numbers of the button.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary {
            progress: overall_progress(
                (self.batch.iter()).filter_map(|id| self.jobs.get(id).map(|job| &**job)),
            ),
            ..Summary::default()
        };
        for job in self.jobs.values() {
            let unseen = u32::from(!self.is_seen(job));
            match job.state {
                JobState::Running => summary.running += 1,
                JobState::Queued => summary.queued += 1,
                JobState::Paused => summary.paused += 1,
                JobState::Failed => summary.failed_unseen += unseen,
                JobState::Completed => summary.ready_unseen += unseen,
                JobState::Cancelled => {}
            }
        }
        summary
    }

    /// Whether it is the user's own.
    pub fn is_own(&self, job: &Job) -> bool {
        job.owner.id == self.me
    }

    /// The running job that will be done first.
    pub fn soonest(&self) -> Option<&JobId> {
        self.running.first()
    }

    pub fn is_running(&self, id: &JobId) -> bool {
        self.running.contains(id)
    }

    /// The rows of the panel, group by group.
    pub fn rows(&self) -> Rows {
        Rows::of(self.jobs.values().map(|job| &**job), &self.running)
    }

    fn heard(&mut self, server_time: Timestamp) {
        self.server_time = self.server_time.max(server_time);
    }

    fn changes(&mut self, cursor: Cursor, jobs: Vec<Job>) -> Applied {
        if let Some(arriving) = &mut self.arriving {
            arriving.jobs.extend(jobs.iter().cloned());
        }
        let mut applied = Applied::default();
        for job in jobs {
            self.take(job, true, &mut applied);
        }
        self.cursor = self.cursor.max(cursor);
        self.prune(&mut applied);
        self.settle(&mut applied);
        applied
    }

    fn snapshot_part(
        &mut self,
        epoch: String,
        cursor: Cursor,
        jobs: Vec<Job>,
        more: bool,
    ) -> Applied {
        match &mut self.arriving {
            Some(arriving) if arriving.epoch == epoch && arriving.cursor == cursor => {
                arriving.jobs.extend(jobs);
            }
            arriving => {
                *arriving = Some(Arriving {
                    epoch,
                    cursor,
                    jobs,
                });
            }
        }
        match self.arriving.take_if(|_| !more) {
            Some(whole) => self.replace(whole),
            None => Applied::default(),
        }
    }

    /// A whole snapshot takes the place of all that was known.
    fn replace(&mut self, whole: Arriving) -> Applied {
        let mut applied = Applied::default();
        let same_history = whole.epoch == self.epoch;
        if !same_history {
            // Another history: versions and what was seen may have gone back with it.
            self.epoch = whole.epoch;
            self.cursor = whole.cursor;
            self.batch.clear();
        }
        self.cursor = self.cursor.max(whole.cursor);
        let here: HashSet<_> = whole.jobs.iter().map(|job| job.job_id.clone()).collect();
        self.jobs.retain(|id, _| {
            let stays = here.contains(id);
            if !stays {
                applied.gone.push(id.clone());
            }
            stays
        });
        for job in whole.jobs {
            // A restart goes on from what was known; where it does not, a backup was put in place.
            let goes_on = match self.jobs.get(&job.job_id) {
                Some(known) => same_history || known.version < job.version || **known == job,
                None => true,
            };
            if !goes_on {
                self.jobs.remove(&job.job_id);
            }
            self.take(job, goes_on, &mut applied);
        }
        self.batch.retain(|id| here.contains(id));
        self.prune(&mut applied);
        self.settle(&mut applied);
        applied
    }

    fn take(&mut self, job: Job, may_alert: bool, applied: &mut Applied) {
        let id = job.job_id.clone();
        let known = self.jobs.get(&id);
        if known.is_some_and(|known| known.version >= job.version) {
            return;
        }
        applied.moved |= known.is_none_or(|known| stand(known) != stand(&job));
        let ended = matches!(job.state, JobState::Completed | JobState::Failed);
        let ended_before = match known {
            Some(known) => known.state == job.state && known.attempt == job.attempt,
            None => self.seen.contains(&id) || !self.ended_lately(&job),
        };
        if job.state.is_active() {
            self.seen.remove(&id);
        }
        let job = Arc::new(job);
        if ended && !ended_before && may_alert && self.is_own(&job) {
            applied.alerts.push(Alert { job: job.clone() });
        }
        self.jobs.insert(id.clone(), job);
        applied.changed.push(id);
    }

    /// Whether a job that was unknown ended since the latest message: an old one may come again
    /// because something else of it changed.
    fn ended_lately(&self, job: &Job) -> bool {
        job.finished_at
            .is_some_and(|end| self.server_time.seconds_since(end) < LATE_SECONDS)
    }

    fn see(&mut self, ids: Vec<JobId>) -> Applied {
        let mut applied = Applied::default();
        for id in ids {
            let active = (self.jobs.get(&id)).is_some_and(|job| job.state.is_active());
            if !active && self.seen.insert(id.clone()) && self.jobs.contains_key(&id) {
                applied.changed.push(id);
                applied.moved = true;
            }
        }
        applied
    }

    /// A tab may stay open for weeks: what is long finished and in no batch goes.
    fn prune(&mut self, applied: &mut Applied) {
        let mut finished: Vec<_> = (self.jobs.values())
            .filter(|job| job.state.is_finished() && !self.batch.contains(&job.job_id))
            .map(|job| &**job)
            .collect();
        if finished.len() <= KEPT_FINISHED {
            return;
        }
        in_order_of(Job::ended_at, &mut finished);
        let old = &finished[..finished.len() - KEPT_FINISHED];
        let old: Vec<JobId> = old.iter().map(|job| job.job_id.clone()).collect();
        for id in old {
            self.jobs.remove(&id);
            self.seen.remove(&id);
            applied.changed.retain(|changed| *changed != id);
            applied.gone.push(id);
        }
    }

    /// Derives anew what follows from the jobs and from how it was before.
    fn settle(&mut self, applied: &mut Applied) {
        let now: HashSet<_> = batch(self.jobs.values().map(|job| &**job))
            .into_iter()
            .map(|job| job.job_id.clone())
            .collect();
        if now.is_empty() {
            self.batch.clear();
        }
        // A member stays until all are done: a job's end may not take others out of the sum.
        self.batch.extend(now);
        let before = self.running.clone();
        rows::settle_running(&mut self.running, &self.jobs);
        applied.moved |= !applied.gone.is_empty() || before != self.running;
    }
}

/// What of a job is more than progress.
fn stand(job: &Job) -> (JobState, u32, Option<RequestedState>, Option<Timestamp>) {
    (job.state, job.attempt, job.wanted, job.finished_at)
}

#[cfg(test)]
mod tests;
