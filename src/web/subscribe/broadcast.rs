//! One reader for all clients that follow the same jobs.
//!
//! A broadcast follows one studio and scope for one user. It reads the changes once, serialises them once
//! and sends the same bytes to every subscriber. A subscriber at another position catches up by itself.

use super::messages::{self, SnapshotMessages};
use crate::job::{Job, JobId, JobState, RequestedState, Scope};
use crate::live::{Cursor, Snapshot};
use crate::queue::{Caller, JobChange, POLL, Queue, QueueError, Subscription, Update};
use axum::extract::ws::Utf8Bytes;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// The shortest time between two messages, unless a state changed.
const MESSAGE_INTERVAL: Duration = Duration::from_millis(100);
/// The time between two reads while a message waits: how soon a change of state is noticed.
const READ_INTERVAL: Duration = Duration::from_millis(5);
/// The messages that a subscriber may lag behind before it has to catch up by itself.
const BACKLOG: usize = 64;
/// How long a snapshot is reused while nothing changes. It is limited to the last 24 hours, so it ages
/// without a change.
const SNAPSHOT_MAX_AGE: Duration = Duration::from_secs(5);

/// What a broadcast sends to its subscribers.
#[derive(Debug, Clone)]
pub enum Frame {
    /// Takes a subscriber from one cursor to the next. Without a text nothing visible changed.
    Changes {
        from: Cursor,
        to: Cursor,
        text: Option<Utf8Bytes>,
    },
    /// All cursors are invalid: start over with a snapshot.
    Restart,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    studio: String,
    user: String,
    scope: Scope,
}

/// The broadcasts that have subscribers.
pub struct LiveBroadcasts {
    queue: Queue,
    running: Mutex<HashMap<Key, Weak<Broadcast>>>,
}

impl LiveBroadcasts {
    pub fn new(queue: Queue) -> Self {
        Self {
            queue,
            running: Mutex::default(),
        }
    }

    /// The broadcast for a caller. It ends when its last subscriber drops it.
    pub async fn join(&self, caller: &Caller, scope: Scope) -> Result<Arc<Broadcast>, QueueError> {
        let key = Key {
            studio: caller.studio.clone(),
            user: caller.user.clone(),
            scope,
        };
        if let Some(broadcast) = self.running(&key) {
            return Ok(broadcast);
        }
        let broadcast =
            Arc::new(Broadcast::start(self.queue.clone(), caller.clone(), scope).await?);
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|_, broadcast| broadcast.strong_count() > 0);
        if let Some(other) = running.get(&key).and_then(Weak::upgrade) {
            return Ok(other);
        }
        running.insert(key, Arc::downgrade(&broadcast));
        Ok(broadcast)
    }

    fn running(&self, key: &Key) -> Option<Arc<Broadcast>> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.get(key).and_then(Weak::upgrade)
    }
}

/// The changes of one scope, for all subscribers.
pub struct Broadcast {
    pub queue: Queue,
    pub caller: Caller,
    pub scope: Scope,
    frames: broadcast::Sender<Frame>,
    latest: watch::Receiver<Cursor>,
    sent: Arc<AtomicU64>,
    snapshot: tokio::sync::Mutex<Option<(Instant, Arc<SnapshotMessages>)>>,
    task: JoinHandle<()>,
}

impl Drop for Broadcast {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Broadcast {
    async fn start(queue: Queue, caller: Caller, scope: Scope) -> Result<Self, QueueError> {
        let mut subscription = queue.subscribe(&caller, scope);
        let latest = subscription.latest();
        let snapshot = subscription.snapshot().await?;
        let states = active(&snapshot);
        let snapshot = Arc::new(SnapshotMessages::of(snapshot));
        let (frames, _) = broadcast::channel(BACKLOG);
        let sent = Arc::new(AtomicU64::new(snapshot.cursor));
        let reader = Reader {
            subscription,
            sent: snapshot.cursor,
            pending: HashMap::new(),
            states,
            frames: frames.clone(),
            shared_sent: Arc::clone(&sent),
        };
        Ok(Self {
            queue,
            caller,
            scope,
            frames,
            latest,
            sent,
            snapshot: tokio::sync::Mutex::new(Some((Instant::now(), snapshot))),
            task: tokio::spawn(reader.run()),
        })
    }

    /// The cursor of the last message. A subscriber behind it has missed messages.
    pub fn sent(&self) -> Cursor {
        self.sent.load(Ordering::SeqCst)
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Frame> {
        self.frames.subscribe()
    }

    /// The current snapshot, read and serialised once for all clients that connect at the same cursor.
    pub async fn snapshot(&self) -> Result<Arc<SnapshotMessages>, QueueError> {
        let mut cached = self.snapshot.lock().await;
        let latest = (*self.latest.borrow()).max(self.sent());
        if let Some((read_at, snapshot)) = cached.as_ref()
            && snapshot.cursor >= latest
            && read_at.elapsed() < SNAPSHOT_MAX_AGE
        {
            return Ok(Arc::clone(snapshot));
        }
        let snapshot = self.queue.snapshot(&self.caller, self.scope).await?;
        let snapshot = Arc::new(SnapshotMessages::of(snapshot));
        *cached = Some((Instant::now(), Arc::clone(&snapshot)));
        Ok(snapshot)
    }
}

/// The part of a job whose change is sent without delay.
type UrgentState = (JobState, u32, Option<RequestedState>);

fn active(snapshot: &Snapshot) -> HashMap<JobId, UrgentState> {
    let jobs = snapshot.jobs.iter().filter(|job| job.state.is_active());
    jobs.map(|job| (job.job_id.clone(), urgent_state(job)))
        .collect()
}

fn urgent_state(job: &Job) -> UrgentState {
    (job.state, job.attempt, job.wanted)
}

/// The task that reads the changes and sends the messages.
struct Reader {
    subscription: Subscription,
    /// The cursor up to which changes were sent.
    sent: Cursor,
    /// Jobs that were read and not sent yet, in their latest state.
    pending: HashMap<JobId, JobChange>,
    /// The states of active jobs, to tell a change of state from progress.
    states: HashMap<JobId, UrgentState>,
    frames: broadcast::Sender<Frame>,
    /// `sent`, as the broadcast shows it to subscribers.
    shared_sent: Arc<AtomicU64>,
}

impl Reader {
    async fn run(mut self) {
        let mut last_sent = None::<Instant>;
        loop {
            let pause = if self.pending.is_empty() {
                POLL
            } else {
                MESSAGE_INTERVAL
            };
            let due = last_sent.map_or_else(Instant::now, |sent| sent + pause);
            let due = due.max(Instant::now() + READ_INTERVAL);
            if !self.subscription.wait_until(due).await {
                return;
            }
            let urgent = self.read().await;
            let pause = if self.pending.is_empty() {
                // Changes that this user may not see move the cursor too, but no client needs that soon.
                POLL
            } else {
                MESSAGE_INTERVAL
            };
            if urgent || last_sent.is_none_or(|sent| sent.elapsed() >= pause) {
                last_sent = Some(Instant::now());
                self.send();
            }
            // Collects the changes that come together.
            tokio::time::sleep(READ_INTERVAL).await;
        }
    }

    /// Reads the changes; true if they must be sent without delay.
    async fn read(&mut self) -> bool {
        match self.subscription.read().await {
            Ok(Update::Changes(jobs)) => {
                let mut urgent = false;
                for job in jobs {
                    urgent |= self.note(job);
                }
                urgent
            }
            Ok(Update::Restart(snapshot)) => {
                self.pending.clear();
                self.states = active(&snapshot);
                self.sent = snapshot.cursor;
                self.broadcast(Frame::Restart);
                false
            }
            Err(error) => {
                tracing::warn!(%error, "cannot read changes; retrying");
                tokio::time::sleep(MESSAGE_INTERVAL).await;
                false
            }
        }
    }

    fn note(&mut self, changed: JobChange) -> bool {
        let job = &changed.job;
        let state = urgent_state(job);
        let before = if job.state.is_active() {
            self.states.insert(job.job_id.clone(), state)
        } else {
            self.states.remove(&job.job_id)
        };
        self.pending.insert(job.job_id.clone(), changed);
        before != Some(state)
    }

    fn send(&mut self) {
        let read = self.subscription.cursor();
        if self.sent == read {
            return;
        }
        let mut jobs: Vec<_> = self.pending.drain().map(|(_, changed)| changed).collect();
        jobs.sort_unstable_by_key(|changed| changed.at);
        let mut frames: Vec<_> = (messages::changes(read, &jobs).into_iter())
            .map(|(to, text)| (to, Some(text)))
            .collect();
        if frames.is_empty() {
            frames.push((read, None));
        }
        for (to, text) in frames {
            let from = std::mem::replace(&mut self.sent, to);
            self.broadcast(Frame::Changes { from, to, text });
        }
    }

    fn broadcast(&self, frame: Frame) {
        self.shared_sent.store(self.sent, Ordering::SeqCst);
        // Without subscribers the broadcast is about to end.
        let _ = self.frames.send(frame);
    }
}
