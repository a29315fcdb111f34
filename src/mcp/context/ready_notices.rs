//! Ready notices: the next answer of any tool announces, once, the jobs that became ready since the last one.
//!
//! A job is ready when it completed or failed and its owner asked to be notified in any case. Each end is announced
//! once per session, or once per user where the protocol has no sessions. The store also records what was announced to
//! a user, so that neither a later session nor the next run of the server announces it again.

use crate::job::{Job, JobId, Notify, Timestamp};
use crate::live::Cursor;
use crate::queue::{Caller, Queue};
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How long after its end a job is still announced.
const MAX_AGE: Duration = Duration::from_hours(24);
/// Maximum number of jobs that one answer announces; the next answer has the rest.
const PER_ANSWER: usize = 20;
/// Maximum number of recipients that are remembered; the one without a call for the longest time is dropped first.
const MAX_RECIPIENTS: usize = 1000;

/// To whom each end is announced once. A new recipient gets the ends since it began, and earlier ends that were not
/// announced to another recipient of the same user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    Session {
        id: String,
        began: Timestamp,
    },
    /// The user, where there are no sessions. This recipient began with the server.
    User,
}

/// Ends of jobs by job and attempt, with the times at which they were announced.
#[derive(Default)]
struct Ends(HashMap<(JobId, u32), Timestamp>);

/// What was announced to one recipient.
#[derive(Default)]
struct Heard {
    /// The studio's change number when new ends were last looked for; none to look again in any case.
    read_at: Option<Cursor>,
    ends: Ends,
    /// The number of the recipient's last call, to find the recipient without a call for the longest time.
    last_call: u64,
}

pub struct ReadyNotices {
    queue: Queue,
    began: Timestamp,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Calls of all recipients so far.
    calls: u64,
    recipients: HashMap<String, Heard>,
    /// What was announced to any recipient of a user, by user.
    users: HashMap<String, Ends>,
    /// Users whose announced ends were read from the store.
    loaded: HashSet<String>,
    /// The latest change number of each studio. The queue updates it only while the receiver is held.
    changes: HashMap<String, watch::Receiver<Cursor>>,
}

impl ReadyNotices {
    pub fn new(queue: Queue) -> Self {
        Self {
            began: queue.now(),
            queue,
            state: Mutex::default(),
        }
    }

    /// Takes the jobs that became ready and were not announced to this recipient yet. The job that the answer is
    /// `about` counts as announced by it.
    pub async fn take(
        &self,
        caller: &Caller,
        recipient: &Recipient,
        about: Option<&Job>,
    ) -> Vec<Job> {
        let key = recipient.key(caller);
        if !self.has_changed(caller, &key) {
            self.record(caller, key, about.into_iter());
            return Vec::new();
        }
        let since = self.queue.now().before(MAX_AGE);
        let mut ready = match self.queue.ready_notices(caller, since).await {
            Ok(ready) => ready,
            Err(error) => {
                // The answer is still valid; the next answer looks again.
                tracing::warn!(%error, "cannot read the jobs that became ready");
                self.read_again(&key);
                self.record(caller, key, about.into_iter());
                return Vec::new();
            }
        };
        ready.retain(|job| about.is_none_or(|about| about.job_id != job.job_id));
        self.load_announced(caller, since, &ready).await;
        self.retain_new(caller, recipient, &mut ready);
        if ready.len() > PER_ANSWER {
            ready.truncate(PER_ANSWER);
            self.read_again(&key);
        }
        self.record(caller, key, about.into_iter().chain(&ready));
        ready
    }

    /// Removes the jobs that were announced to this recipient, and those that ended before it began and were announced
    /// to another recipient of the user.
    fn retain_new(&self, caller: &Caller, recipient: &Recipient, ready: &mut Vec<Job>) {
        let began = match recipient {
            Recipient::Session { began, .. } => *began,
            Recipient::User => self.began,
        };
        let state = self.lock();
        let known = state.recipients.get(&recipient.key(caller));
        let by_user = state.users.get(&user_key(caller));
        ready.retain(|job| {
            let is_known = known.is_some_and(|known| known.ends.contains(job));
            let user_knows =
                job.ended_at() < began && by_user.is_some_and(|ends| ends.contains(job));
            !is_known && !user_knows
        });
    }

    /// Loads, once per user, which of these ends were announced before the server began.
    async fn load_announced(&self, caller: &Caller, since: Timestamp, ready: &[Job]) {
        let user = user_key(caller);
        if self.lock().loaded.contains(&user) {
            return;
        }
        let announced = match self.queue.acknowledged(caller, since).await {
            Ok(announced) => HashSet::<JobId>::from_iter(announced),
            Err(error) => {
                // Announcing twice is better than not at all; the next answer tries again.
                tracing::warn!(%error, "cannot read which jobs were announced");
                return;
            }
        };
        let announced: Vec<_> = ready
            .iter()
            .filter(|job| announced.contains(&job.job_id))
            .collect();
        let mut state = self.lock();
        let ends = state.users.entry(user.clone()).or_default();
        ends.insert(&announced, self.queue.now());
        state.loaded.insert(user);
    }

    /// Whether anything changed in the studio since this recipient's last call.
    fn has_changed(&self, caller: &Caller, key: &str) -> bool {
        let mut state = self.lock();
        let changes = state.changes.entry(caller.studio.clone());
        let latest = *changes
            .or_insert_with(|| self.queue.watch(&caller.studio))
            .borrow();
        let known = state.recipients.entry(key.to_owned()).or_default();
        known.read_at.replace(latest) != Some(latest)
    }

    fn read_again(&self, key: &str) {
        if let Some(known) = self.lock().recipients.get_mut(key) {
            known.read_at = None;
        }
    }

    /// Records that the ends of these jobs are announced to a recipient, and so to the user.
    fn record<'a>(&self, caller: &Caller, key: String, jobs: impl Iterator<Item = &'a Job>) {
        let now = self.queue.now();
        let ended: Vec<_> = jobs.filter(|job| !job.state.is_active()).collect();
        let mut state = self.lock();
        state.calls += 1;
        let call = state.calls;
        let known = state.recipients.entry(key).or_default();
        known.last_call = call;
        known.ends.insert(&ended, now);
        let by_user = state.users.entry(user_key(caller)).or_default();
        let new = (ended.iter())
            .filter(|job| job.notify == Notify::Always && !by_user.contains(job))
            .map(|job| job.job_id.clone())
            .collect();
        by_user.insert(&ended, now);
        state.forget_the_silent();
        drop(state);
        self.store(caller, new);
    }

    /// Stores what is announced to the user. After a crash before that it is announced again, which is better than not
    /// at all.
    fn store(&self, caller: &Caller, announced: Vec<JobId>) {
        if announced.is_empty() {
            return;
        }
        let (queue, caller) = (self.queue.clone(), caller.clone());
        tokio::spawn(async move {
            if let Err(error) = queue.acknowledge(&caller, &announced).await {
                tracing::warn!(%error, "cannot store which jobs were announced");
            }
        });
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recipient {
    fn key(&self, caller: &Caller) -> String {
        match self {
            Self::Session { id, .. } => format!("session:{id}"),
            Self::User => format!("user:{}", user_key(caller)),
        }
    }
}

fn user_key(caller: &Caller) -> String {
    format!("{}:{}", caller.studio, caller.user)
}

impl Ends {
    fn contains(&self, job: &Job) -> bool {
        self.0.contains_key(&(job.job_id.clone(), job.attempt))
    }

    /// Adds ends, and drops those that are too old to be announced again.
    fn insert(&mut self, jobs: &[&Job], now: Timestamp) {
        let oldest = now.before(MAX_AGE);
        self.0.retain(|_, announced| *announced >= oldest);
        let ends = jobs.iter().map(|job| (job.job_id.clone(), job.attempt));
        self.0.extend(ends.map(|end| (end, now)));
    }
}

impl State {
    fn forget_the_silent(&mut self) {
        if self.recipients.len() <= MAX_RECIPIENTS {
            return;
        }
        let silent = (self.recipients.iter()).min_by_key(|(_, known)| known.last_call);
        if let Some(recipient) = silent.map(|(recipient, _)| recipient.clone()) {
            self.recipients.remove(&recipient);
        }
    }
}
