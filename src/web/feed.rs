//! One reader for all who watch the same jobs.
//!
//! A feed follows one studio and scope for one user. It reads what changed once, serialises it once,
//! and hands the same bytes to every watcher; a watcher that stands elsewhere catches up by itself.

use super::watcher::parts::{self, Chunks};
use crate::job::{Job, JobId, JobState, RequestedState, Scope};
use crate::live::{Cursor, Snapshot};
use crate::queue::{Caller, Changed, Changes, Queue, QueueError};
use axum::extract::ws::Utf8Bytes;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

/// Between two messages, unless a state changed: ten a second.
const BETWEEN_MESSAGES: Duration = Duration::from_millis(100);
/// Between two reads while a message waits: a change of state is seen this soon.
const BETWEEN_READS: Duration = Duration::from_millis(5);
/// A lost wake-up costs this much time, and no truth.
const POLL: Duration = Duration::from_secs(3);
/// Messages that a watcher may be behind before it has to catch up by itself.
const BACKLOG: usize = 64;
/// How long a snapshot serves those who connect while nothing changes; it leaves out what is older
/// than a day, which moves on by itself.
const SNAPSHOT_AGE: Duration = Duration::from_secs(5);

/// What a feed tells its watchers.
#[derive(Debug, Clone)]
pub enum Frame {
    /// Whoever stands at `from` stands at `to` after it. No text: nothing visible changed.
    Changes {
        from: Cursor,
        to: Cursor,
        text: Option<Utf8Bytes>,
    },
    /// Cursors are of no use any more; start over.
    Restart,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    studio: String,
    user: String,
    scope: Scope,
}

/// The feeds that somebody watches.
pub struct Feeds {
    queue: Queue,
    running: Mutex<HashMap<Key, Weak<Feed>>>,
}

impl Feeds {
    pub fn new(queue: Queue) -> Self {
        Self {
            queue,
            running: Mutex::default(),
        }
    }

    /// The feed for a caller; it ends when the last watcher lets go of it.
    pub async fn watch(&self, caller: &Caller, scope: Scope) -> Result<Arc<Feed>, QueueError> {
        let key = Key {
            studio: caller.studio.clone(),
            user: caller.user.clone(),
            scope,
        };
        if let Some(feed) = self.running(&key) {
            return Ok(feed);
        }
        let feed = Arc::new(Feed::start(self.queue.clone(), caller.clone(), scope).await?);
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|_, feed| feed.strong_count() > 0);
        if let Some(other) = running.get(&key).and_then(Weak::upgrade) {
            return Ok(other);
        }
        running.insert(key, Arc::downgrade(&feed));
        Ok(feed)
    }

    fn running(&self, key: &Key) -> Option<Arc<Feed>> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.get(key).and_then(Weak::upgrade)
    }
}

/// The changes of one scope, for whoever watches.
pub struct Feed {
    pub queue: Queue,
    pub caller: Caller,
    pub scope: Scope,
    frames: broadcast::Sender<Frame>,
    latest: watch::Receiver<Cursor>,
    told: Arc<AtomicU64>,
    snapshot: tokio::sync::Mutex<Option<(Instant, Arc<Chunks>)>>,
    task: JoinHandle<()>,
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Feed {
    async fn start(queue: Queue, caller: Caller, scope: Scope) -> Result<Self, QueueError> {
        // Register before reading, so that no change falls in between.
        let wakes = queue.watch(&caller.studio);
        let latest = wakes.clone();
        let snapshot = queue.snapshot(&caller, scope).await?;
        let states = active(&snapshot);
        let chunks = Arc::new(Chunks::of(snapshot));
        let (frames, _) = broadcast::channel(BACKLOG);
        let told = Arc::new(AtomicU64::new(chunks.cursor));
        let reader = Reader {
            queue: queue.clone(),
            caller: caller.clone(),
            scope,
            epoch: chunks.epoch.clone(),
            read: chunks.cursor,
            sent: chunks.cursor,
            pending: HashMap::new(),
            states,
            frames: frames.clone(),
            told: Arc::clone(&told),
        };
        Ok(Self {
            queue,
            caller,
            scope,
            frames,
            latest,
            told,
            snapshot: tokio::sync::Mutex::new(Some((Instant::now(), chunks))),
            task: tokio::spawn(reader.run(wakes)),
        })
    }

    /// How far watchers were told. One who stands before it has missed what was told before it came.
    pub fn told(&self) -> Cursor {
        self.told.load(Ordering::SeqCst)
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Frame> {
        self.frames.subscribe()
    }

    /// The snapshot as of now; read and serialised once for all who connect at the same change.
    pub async fn snapshot(&self) -> Result<Arc<Chunks>, QueueError> {
        let mut kept = self.snapshot.lock().await;
        let latest = (*self.latest.borrow()).max(self.told());
        if let Some((made, chunks)) = kept.as_ref()
            && chunks.cursor >= latest
            && made.elapsed() < SNAPSHOT_AGE
        {
            return Ok(Arc::clone(chunks));
        }
        let snapshot = self.queue.snapshot(&self.caller, self.scope).await?;
        let chunks = Arc::new(Chunks::of(snapshot));
        *kept = Some((Instant::now(), Arc::clone(&chunks)));
        Ok(chunks)
    }
}

/// What a watcher must hear of at once when it changes.
type Visible = (JobState, u32, Option<RequestedState>);

fn active(snapshot: &Snapshot) -> HashMap<JobId, Visible> {
    let jobs = snapshot.jobs.iter().filter(|job| job.state.is_active());
    jobs.map(|job| (job.job_id.clone(), visible(job))).collect()
}

fn visible(job: &Job) -> Visible {
    (job.state, job.attempt, job.wanted)
}

/// The feed's own task.
struct Reader {
    queue: Queue,
    caller: Caller,
    scope: Scope,
    epoch: String,
    /// How far the rows were read, and how far watchers were told.
    read: Cursor,
    sent: Cursor,
    /// Read and not sent yet, newest state only.
    pending: HashMap<JobId, Changed>,
    /// Of active jobs, so that a change of state is told from progress.
    states: HashMap<JobId, Visible>,
    frames: broadcast::Sender<Frame>,
    told: Arc<AtomicU64>,
}

impl Reader {
    async fn run(mut self, mut wakes: watch::Receiver<Cursor>) {
        let mut last_sent = None::<Instant>;
        loop {
            let pause = if self.pending.is_empty() {
                POLL
            } else {
                BETWEEN_MESSAGES
            };
            let due = last_sent.map_or_else(Instant::now, |sent| sent + pause);
            let due = due.max(Instant::now() + BETWEEN_READS);
            if let Ok(Err(_)) = timeout_at(due, wakes.changed()).await {
                return;
            }
            let urgent = self.read().await;
            let pause = if self.pending.is_empty() {
                // What others may not see moves the cursor too, but nobody waits for that.
                POLL
            } else {
                BETWEEN_MESSAGES
            };
            if urgent || last_sent.is_none_or(|sent| sent.elapsed() >= pause) {
                last_sent = Some(Instant::now());
                self.send();
            }
            // What comes with it is read with it.
            tokio::time::sleep(BETWEEN_READS).await;
        }
    }

    /// Reads what changed; true when watchers must hear of it at once.
    async fn read(&mut self) -> bool {
        let changes = self
            .queue
            .changes(&self.caller, self.scope, &self.epoch, self.read)
            .await;
        match changes {
            Ok(Changes::Since { cursor, jobs }) => {
                self.read = cursor;
                let mut urgent = false;
                for job in jobs {
                    urgent |= self.note(job);
                }
                urgent
            }
            Ok(Changes::Restart(snapshot)) => {
                self.pending.clear();
                self.states = active(&snapshot);
                self.epoch = snapshot.epoch;
                self.read = snapshot.cursor;
                self.sent = snapshot.cursor;
                self.tell(Frame::Restart);
                false
            }
            Err(error) => {
                tracing::warn!(%error, "a feed could not read; it tries again");
                tokio::time::sleep(BETWEEN_MESSAGES).await;
                false
            }
        }
    }

    fn note(&mut self, changed: Changed) -> bool {
        let job = &changed.job;
        let visible = visible(job);
        let before = if job.state.is_active() {
            self.states.insert(job.job_id.clone(), visible)
        } else {
            self.states.remove(&job.job_id)
        };
        self.pending.insert(job.job_id.clone(), changed);
        before != Some(visible)
    }

    fn send(&mut self) {
        if self.sent == self.read {
            return;
        }
        let mut jobs: Vec<_> = self.pending.drain().map(|(_, changed)| changed).collect();
        jobs.sort_unstable_by_key(|changed| changed.at);
        let mut frames: Vec<_> = (parts::changes(self.read, &jobs).into_iter())
            .map(|(to, text)| (to, Some(text)))
            .collect();
        if frames.is_empty() {
            frames.push((self.read, None));
        }
        for (to, text) in frames {
            let from = std::mem::replace(&mut self.sent, to);
            self.tell(Frame::Changes { from, to, text });
        }
    }

    fn tell(&self, frame: Frame) {
        self.told.store(self.sent, Ordering::SeqCst);
        // Nobody listening is no error: the feed is about to end.
        let _ = self.frames.send(frame);
    }
}
