//! What became ready since an assistant was last told: the next answer of any tool says it, once.

use crate::job::{Job, JobId, Timestamp};
use crate::live::Cursor;
use crate::queue::{Caller, Queue};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::watch;

/// How old an end may be and still be news, in milliseconds: a day.
const NEWS_AGE: i64 = 24 * 3_600_000;
/// Ends that one answer tells of; the next one tells of the rest.
const AT_ONCE: usize = 20;
/// Assistants that are remembered; the one that was silent for longest is forgotten first.
const LISTENERS: usize = 1000;

/// An end of a job: a retry makes another.
type End = (JobId, u32);

/// What was told to one assistant.
#[derive(Default)]
struct Told {
    /// The studio's change up to which was looked.
    looked: Option<Cursor>,
    /// And when they were told: after a day they are news to nobody.
    ends: HashMap<End, Timestamp>,
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
    pub async fn since(&self, caller: &Caller, listener: String, about: Option<&Job>) -> Vec<Job> {
        if !self.is_something_new(caller, &listener) {
            self.heard(listener, about.into_iter());
            return Vec::new();
        }
        let since = Timestamp(self.queue.now().0 - NEWS_AGE);
        let ready = match self.queue.wished(caller, since).await {
            Ok(ready) => ready,
            Err(error) => {
                // The answer itself stands; the next one looks again.
                tracing::warn!(%error, "what became ready could not be read");
                self.look_again(&listener);
                return Vec::new();
            }
        };
        let mut ready = self.untold(&listener, ready, about);
        if ready.len() > AT_ONCE {
            ready.truncate(AT_ONCE);
            self.look_again(&listener);
        }
        self.heard(listener, about.into_iter().chain(&ready));
        ready
    }

    /// Those of which a listener has not heard, and which are not what the answer is `about`.
    fn untold(&self, listener: &str, ready: Vec<Job>, about: Option<&Job>) -> Vec<Job> {
        let memory = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let told = memory.listeners.get(listener);
        let is_told = |job: &Job| told.is_some_and(|told| told.ends.contains_key(&end(job)));
        let is_about = |job: &Job| about.is_some_and(|about| about.job_id == job.job_id);
        let ready = ready.into_iter();
        ready
            .filter(|job| !is_about(job) && !is_told(job))
            .collect()
    }

    /// Whether anything changed in the studio since this listener's last call.
    fn is_something_new(&self, caller: &Caller, listener: &str) -> bool {
        let mut memory = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let changes = memory.changes.entry(caller.studio.clone());
        let latest = *changes
            .or_insert_with(|| self.queue.watch(&caller.studio))
            .borrow();
        let told = memory.listeners.entry(listener.to_owned()).or_default();
        told.looked.replace(latest) != Some(latest)
    }

    fn look_again(&self, listener: &str) {
        let mut memory = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(told) = memory.listeners.get_mut(listener) {
            told.looked = None;
        }
    }

    /// Notes which ends a listener hears of now.
    fn heard<'a>(&self, listener: String, jobs: impl Iterator<Item = &'a Job>) {
        let now = self.queue.now();
        let mut memory = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        memory.turn += 1;
        let turn = memory.turn;
        let told = memory.listeners.entry(listener).or_default();
        told.turn = turn;
        told.ends.retain(|_, at| now.0 - at.0 <= NEWS_AGE);
        let ended = jobs.filter(|job| !job.state.is_active());
        told.ends.extend(ended.map(|job| (end(job), now)));
        memory.forget_the_silent();
    }
}

fn end(job: &Job) -> End {
    (job.job_id.clone(), job.attempt)
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
