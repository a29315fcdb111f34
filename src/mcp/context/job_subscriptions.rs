//! Subscriptions to single jobs. One task per studio reads its changes for all subscribers, so that a hundred waiting
//! calls cost one read.

use crate::job::{Job, JobId, Scope};
use crate::queue::{Caller, Queue, QueueError, Subscription, Update};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// The shortest time between two reads.
const READ_INTERVAL: Duration = Duration::from_millis(50);

/// The job after its latest change; none before the first change.
pub type JobChanges = watch::Receiver<Option<Arc<Job>>>;

/// Subscribers by studio and job.
type Subscribers = HashMap<String, HashMap<JobId, watch::Sender<Option<Arc<Job>>>>>;

/// Cheap to clone.
#[derive(Clone)]
pub struct JobSubscriptions {
    queue: Queue,
    subscribers: Arc<Mutex<Subscribers>>,
}

impl JobSubscriptions {
    pub fn new(queue: Queue) -> Self {
        Self {
            queue,
            subscribers: Arc::default(),
        }
    }

    /// The job's changes from now on. Subscribe before you read the job, so that no change is missed.
    pub fn subscribe(&self, caller: &Caller, id: &JobId) -> JobChanges {
        // Before the first read, so that a change right after this one wakes the reader.
        let subscription = self.queue.subscribe(caller, Scope::Studio);
        let mut subscribers = self.lock();
        let is_first = !subscribers.contains_key(&caller.studio);
        let jobs = subscribers.entry(caller.studio.clone()).or_default();
        let sender = jobs
            .entry(id.clone())
            .or_insert_with(|| watch::channel(None).0);
        let changes = sender.subscribe();
        drop(subscribers);
        if is_first {
            tokio::spawn(self.clone().read_changes(caller.clone(), subscription));
        }
        changes
    }

    /// Reads the changes of a studio while it has subscribers.
    async fn read_changes(self, caller: Caller, mut subscription: Subscription) {
        loop {
            match subscription.read().await {
                Ok(Update::Changes(jobs)) => {
                    self.send(&caller.studio, jobs.into_iter().map(|changed| changed.job));
                }
                Ok(Update::Restart(snapshot)) => {
                    let sent: HashSet<_> =
                        snapshot.jobs.iter().map(|job| job.job_id.clone()).collect();
                    self.send(&caller.studio, snapshot.jobs.into_iter());
                    if !self.send_others(&caller, &sent).await {
                        // The next read is a snapshot again.
                        subscription.reset();
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot read changes; retrying");
                }
            }
            if !self.has_subscribers(&caller.studio) {
                return;
            }
            tokio::time::sleep(READ_INTERVAL).await;
            if !subscription.wait().await {
                return;
            }
        }
    }

    fn send(&self, studio: &str, jobs: impl Iterator<Item = Job>) {
        let subscribers = self.lock();
        let Some(senders) = subscribers.get(studio) else {
            return;
        };
        for job in jobs {
            if let Some(sender) = senders.get(&job.job_id) {
                sender.send_replace(Some(Arc::new(job)));
            }
        }
    }

    /// Sends the subscribed jobs that a snapshot leaves out: it has only the latest hundred finished jobs. False if one
    /// could not be read.
    async fn send_others(&self, caller: &Caller, sent: &HashSet<JobId>) -> bool {
        let others: Vec<JobId> = {
            let subscribers = self.lock();
            let jobs = subscribers.get(&caller.studio).into_iter().flatten();
            jobs.map(|(id, _)| id)
                .filter(|id| !sent.contains(*id))
                .cloned()
                .collect()
        };
        for id in others {
            match self.queue.get(caller, &id).await {
                Ok(job) => self.send(&caller.studio, std::iter::once(job)),
                // An unknown job never changes.
                Err(QueueError::NotFound) => {}
                Err(_) => return false,
            }
        }
        true
    }

    /// Drops the jobs without subscribers; false if none is left in the studio.
    fn has_subscribers(&self, studio: &str) -> bool {
        let mut subscribers = self.lock();
        let Some(jobs) = subscribers.get_mut(studio) else {
            return false;
        };
        jobs.retain(|_, sender| sender.receiver_count() > 0);
        if jobs.is_empty() {
            subscribers.remove(studio);
            return false;
        }
        true
    }

    /// A panic cannot leave the map half changed, because each change is one call.
    fn lock(&self) -> MutexGuard<'_, Subscribers> {
        self.subscribers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
