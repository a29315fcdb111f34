//! One reader of a studio's changes for all who wait for a job: a hundred who wait cost one look at the rows.

use crate::job::{Job, JobId, Scope};
use crate::live::Cursor;
use crate::queue::{Caller, Changes, Queue, QueueError};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// Between two looks while changes come in.
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);
/// A lost wake-up costs this much time, and no truth.
const POLL: Duration = Duration::from_secs(3);

/// A job as it was last seen to change; none until it does.
pub type Seen = watch::Receiver<Option<Arc<Job>>>;

/// Who waits for which job, by studio.
type Waiting = HashMap<String, HashMap<JobId, watch::Sender<Option<Arc<Job>>>>>;

/// Tells those who wait for jobs; cheap to clone.
#[derive(Clone)]
pub struct Follower {
    pub queue: Queue,
    waiting: Arc<Mutex<Waiting>>,
}

impl Follower {
    pub fn new(queue: Queue) -> Self {
        Self {
            queue,
            waiting: Arc::default(),
        }
    }

    /// From here on each change of the job is told. Follow before reading, so that none falls in between.
    pub fn follow(&self, caller: &Caller, id: &JobId) -> Seen {
        // Before the first look is possible, so that a change right after this is seen.
        let wakes = self.queue.watch(&caller.studio);
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = !waiting.contains_key(&caller.studio);
        let jobs = waiting.entry(caller.studio.clone()).or_default();
        let sender = jobs
            .entry(id.clone())
            .or_insert_with(|| watch::channel(None).0);
        let seen = sender.subscribe();
        drop(waiting);
        if is_new {
            tokio::spawn(self.clone().read(caller.clone(), wakes));
        }
        seen
    }

    /// Reads what changes in a studio as long as somebody waits there.
    async fn read(self, caller: Caller, mut wakes: watch::Receiver<Cursor>) {
        // No cursor is of use at first: the start tells what there is.
        let (mut epoch, mut cursor) = (String::new(), 0);
        loop {
            match self
                .queue
                .changes(&caller, Scope::Studio, &epoch, cursor)
                .await
            {
                Ok(Changes::Since {
                    cursor: latest,
                    jobs,
                }) => {
                    cursor = latest;
                    self.tell(&caller.studio, jobs.into_iter().map(|changed| changed.job));
                }
                Ok(Changes::Restart(snapshot)) => {
                    (epoch, cursor) = (snapshot.epoch, snapshot.cursor);
                    let told: HashSet<_> =
                        snapshot.jobs.iter().map(|job| job.job_id.clone()).collect();
                    self.tell(&caller.studio, snapshot.jobs.into_iter());
                    if !self.look_up_others(&caller, &told).await {
                        // Started over at the next look.
                        epoch.clear();
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "changes could not be read; it is tried again");
                }
            }
            if !self.is_awaited(&caller.studio) {
                return;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
            // Late or woken, the next thing is the same.
            let _ = timeout(POLL, wakes.changed()).await;
        }
    }

    fn tell(&self, studio: &str, jobs: impl Iterator<Item = Job>) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(awaited) = waiting.get(studio) else {
            return;
        };
        for job in jobs {
            if let Some(sender) = awaited.get(&job.job_id) {
                sender.send_replace(Some(Arc::new(job)));
            }
        }
    }

    /// A start tells of the latest hundred ends alone: an awaited job may be an older one. False when one
    /// could not be read.
    async fn look_up_others(&self, caller: &Caller, told: &HashSet<JobId>) -> bool {
        let others: Vec<JobId> = {
            let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            let jobs = waiting.get(&caller.studio).into_iter().flatten();
            jobs.map(|(id, _)| id)
                .filter(|id| !told.contains(*id))
                .cloned()
                .collect()
        };
        for id in others {
            match self.queue.get(caller, &id).await {
                Ok(job) => self.tell(&caller.studio, std::iter::once(job)),
                // One that is not there never changes.
                Err(QueueError::NotFound) => {}
                Err(_) => return false,
            }
        }
        true
    }

    /// Forgets what nobody waits for; false when that is all of the studio.
    fn is_awaited(&self, studio: &str) -> bool {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(jobs) = waiting.get_mut(studio) else {
            return false;
        };
        jobs.retain(|_, sender| sender.receiver_count() > 0);
        if jobs.is_empty() {
            waiting.remove(studio);
            return false;
        }
        true
    }
}
