//! What became ready since an assistant was last told: the next answer of any tool says it, once.

use crate::job::{Job, JobId, Timestamp};
use crate::live::Cursor;
use crate::queue::{Caller, Queue};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// How old an end may be and still be news, in milliseconds: a day.
const NEWS_AGE: i64 = 24 * 3_600_000;
/// Ends that one answer tells of; the next one tells of the rest.
const AT_ONCE: usize = 20;
/// Assistants that are remembered; the one that was silent for longest is forgotten first.
const LISTENERS: usize = 1000;

/// Who is told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listener {
    /// A session hears of what ended since it began, and of what its user was not told of by then.
    Session { id: String, began: Timestamp },
    /// The user, where there are no sessions.
    User,
}

/// Ends of jobs, each with when it was told: after a day they are news to nobody. A retry makes another end.
#[derive(Default)]
struct Ends(HashMap<(JobId, u32), Timestamp>);

/// What was told to one assistant.
#[derive(Default)]
struct Told {
    /// The studio's change up to which was looked.
    looked: Option<Cursor>,
    ends: Ends,
    /// Counts calls of all, to find who was silent for longest.
    turn: u64,
}

/// Remembers what was told to whom.
pub struct News {
    queue: Queue,
    told: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    turn: u64,
    listeners: HashMap<String, Told>,
    /// By user, what any of their assistants was told.
    users: HashMap<String, Ends>,
    /// By studio; as long as one is held, it knows of each change.
    changes: HashMap<String, watch::Receiver<Cursor>>,
}

impl News {
    pub fn new(queue: Queue) -> Self {
        Self {
            queue,
            told: Mutex::default(),
        }
    }

    /// The caller's jobs of which they want to hear in any case, that ended within a day and that this
    /// listener was not told of. The job that the answer is `about` needs no mention.
    pub async fn since(
        &self,
        caller: &Caller,
        listener: &Listener,
        about: Option<&Job>,
    ) -> Vec<Job> {
        let key = listener.key(caller);
        if !self.is_something_new(caller, &key) {
            self.heard(caller, key, about.into_iter());
            return Vec::new();
        }
        let since = Timestamp(self.queue.now().0 - NEWS_AGE);
        let mut ready = match self.queue.wished(caller, since).await {
            Ok(ready) => ready,
            Err(error) => {
                // The answer itself stands; the next one looks again.
                tracing::warn!(%error, "what became ready could not be read");
                self.look_again(&key);
                return Vec::new();
            }
        };
        ready.retain(|job| about.is_none_or(|about| about.job_id != job.job_id));
        self.keep_untold(caller, listener, &mut ready);
        if ready.len() > AT_ONCE {
            ready.truncate(AT_ONCE);
            self.look_again(&key);
        }
        self.heard(caller, key, about.into_iter().chain(&ready));
        ready
    }

    /// Keeps what is news to a listener.
    fn keep_untold(&self, caller: &Caller, listener: &Listener, ready: &mut Vec<Job>) {
        let memory = self.memory();
        let told = memory.listeners.get(&listener.key(caller));
        let to_user = memory.users.get(&of_user(caller));
        ready.retain(|job| {
            let is_told = told.is_some_and(|told| told.ends.has(job));
            let user_heard = listener.began_after(job) && to_user.is_some_and(|ends| ends.has(job));
            !is_told && !user_heard
        });
    }

    /// Whether anything changed in the studio since this listener's last call.
    fn is_something_new(&self, caller: &Caller, key: &str) -> bool {
        let mut memory = self.memory();
        let changes = memory.changes.entry(caller.studio.clone());
        let latest = *changes
            .or_insert_with(|| self.queue.watch(&caller.studio))
            .borrow();
        let told = memory.listeners.entry(key.to_owned()).or_default();
        told.looked.replace(latest) != Some(latest)
    }

    fn look_again(&self, key: &str) {
        if let Some(told) = self.memory().listeners.get_mut(key) {
            told.looked = None;
        }
    }

    /// Notes which ends a listener hears of now.
    fn heard<'a>(&self, caller: &Caller, key: String, jobs: impl Iterator<Item = &'a Job>) {
        let now = self.queue.now();
        let ended: Vec<_> = jobs.filter(|job| !job.state.is_active()).collect();
        let mut memory = self.memory();
        memory.turn += 1;
        let turn = memory.turn;
        let told = memory.listeners.entry(key).or_default();
        told.turn = turn;
        told.ends.add(&ended, now);
        if !ended.is_empty() {
            let user = memory.users.entry(of_user(caller)).or_default();
            user.add(&ended, now);
        }
        memory.forget_the_silent();
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener {
    fn key(&self, caller: &Caller) -> String {
        match self {
            Self::Session { id, .. } => format!("session:{id}"),
            Self::User => format!("user:{}", of_user(caller)),
        }
    }

    /// Whether it is a session that began when the job had ended.
    fn began_after(&self, job: &Job) -> bool {
        matches!(self, Self::Session { began, .. } if job.ended_at() < *began)
    }
}

fn of_user(caller: &Caller) -> String {
    format!("{}:{}", caller.studio, caller.user)
}

impl Ends {
    fn has(&self, job: &Job) -> bool {
        self.0.contains_key(&(job.job_id.clone(), job.attempt))
    }

    fn add(&mut self, jobs: &[&Job], now: Timestamp) {
        self.0.retain(|_, at| now.0 - at.0 <= NEWS_AGE);
        let ends = jobs.iter().map(|job| (job.job_id.clone(), job.attempt));
        self.0.extend(ends.map(|end| (end, now)));
    }
}

impl Memory {
    fn forget_the_silent(&mut self) {
        if self.listeners.len() <= LISTENERS {
            return;
        }
        let silent = (self.listeners.iter()).min_by_key(|(_, told)| told.turn);
        if let Some(listener) = silent.map(|(listener, _)| listener.clone()) {
            self.listeners.remove(&listener);
        }
    }
}
