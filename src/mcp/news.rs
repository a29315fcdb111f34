//! What became ready since an assistant was last told: the next answer of any tool says it, once.

use crate::job::{Job, JobId, Notify, Timestamp};
use crate::live::Cursor;
use crate::queue::{Caller, Queue};
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// How old an end may be and still be news, in milliseconds: a day.
const NEWS_AGE: i64 = 24 * 3_600_000;
/// Ends that one answer tells of; the next one tells of the rest.
const AT_ONCE: usize = 20;
/// Assistants that are remembered; the one that was silent for longest is forgotten first.
const LISTENERS: usize = 1000;

/// Who is told once: of what ended since they began, and of what the user was not told of by then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listener {
    Session {
        id: String,
        began: Timestamp,
    },
    /// The user, where there are no sessions. They began with the server.
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

/// Remembers what was told to whom: here, and in the store what the user was told by any of them, which is
/// news to nobody who begins later.
pub struct News {
    queue: Queue,
    began: Timestamp,
    told: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    turn: u64,
    listeners: HashMap<String, Told>,
    /// By user, what any of their assistants was told.
    users: HashMap<String, Ends>,
    /// The users of whom that was read from the store.
    read: HashSet<String>,
    /// By studio; as long as one is held, it knows of each change.
    changes: HashMap<String, watch::Receiver<Cursor>>,
}

impl News {
    pub fn new(queue: Queue) -> Self {
        Self {
            began: queue.now(),
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
        let mut ready = match self.queue.ready_notices(caller, since).await {
            Ok(ready) => ready,
            Err(error) => {
                // The answer itself stands; the next one looks again.
                tracing::warn!(%error, "what became ready could not be read");
                self.look_again(&key);
                return Vec::new();
            }
        };
        ready.retain(|job| about.is_none_or(|about| about.job_id != job.job_id));
        self.read_told(caller, since, &ready).await;
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
            let user_heard =
                self.began_after(listener, job) && to_user.is_some_and(|ends| ends.has(job));
            !is_told && !user_heard
        });
    }

    /// Whether a listener began when the job had ended.
    fn began_after(&self, listener: &Listener, job: &Job) -> bool {
        let began = match listener {
            Listener::Session { began, .. } => *began,
            Listener::User => self.began,
        };
        job.ended_at() < began
    }

    /// Reads, once, which of these ends the user was told of before the server began.
    async fn read_told(&self, caller: &Caller, since: Timestamp, ready: &[Job]) {
        let user = of_user(caller);
        if self.memory().read.contains(&user) {
            return;
        }
        let told = match self.queue.acknowledged(caller, since).await {
            Ok(told) => HashSet::<JobId>::from_iter(told),
            Err(error) => {
                // To tell twice is better than not at all; the next answer looks again.
                tracing::warn!(%error, "what was told could not be read");
                return;
            }
        };
        let ready = ready.iter().filter(|job| told.contains(&job.job_id));
        let ready: Vec<_> = ready.collect();
        let mut memory = self.memory();
        let ends = memory.users.entry(user.clone()).or_default();
        ends.add(&ready, self.queue.now());
        memory.read.insert(user);
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
        let user = memory.users.entry(of_user(caller)).or_default();
        let wished = ended.iter().filter(|job| job.notify == Notify::Always);
        let new: Vec<_> = wished.filter(|job| !user.has(job)).collect();
        let new: Vec<_> = new.iter().map(|job| job.job_id.clone()).collect();
        user.add(&ended, now);
        memory.forget_the_silent();
        drop(memory);
        self.keep(caller, new);
    }

    /// Keeps what the user hears of now. A crash before that tells it again, which is better than not at all.
    fn keep(&self, caller: &Caller, told: Vec<JobId>) {
        if told.is_empty() {
            return;
        }
        let (queue, caller) = (self.queue.clone(), caller.clone());
        tokio::spawn(async move {
            if let Err(error) = queue.acknowledge(&caller, &told).await {
                tracing::warn!(%error, "what was told could not be kept");
            }
        });
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
