//! Who wants to hear when a job changes: the protocol's own subscriptions, old and new.

use super::Mcp;
use super::follower::Seen;
use super::refusal::Refused;
use super::resource::{Part, job_of};
use crate::job::Job;
use crate::queue::Caller;
use futures::future::join_all;
use rmcp::model::{ErrorData, ResourceUpdatedNotificationParam};
use rmcp::service::{Peer, RoleServer, SubscriptionContext};
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Between two notifications of one address; the last state always comes.
const BETWEEN_NOTIFICATIONS: Duration = Duration::from_secs(1);
/// Addresses of one client.
pub const MOST: usize = 200;

/// What one client subscribed to; all of it ends with the client.
#[derive(Default)]
pub struct Subscriptions(Mutex<HashMap<String, Watching>>);

struct Watching(JoinHandle<()>);

impl Drop for Watching {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Subscriptions {
    /// `resources/subscribe`, of clients with a session.
    pub async fn subscribe(
        &self,
        mcp: &Mcp,
        caller: &Caller,
        uri: String,
        peer: Peer<RoleServer>,
    ) -> Result<(), ErrorData> {
        let changes = Changes::of(mcp, caller, &uri).await?;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, watching| !watching.0.is_finished());
        if kept.len() >= MOST && !kept.contains_key(&uri) {
            let says = format!(
                "A client can subscribe to {MOST} resources at most; unsubscribe from one first."
            );
            return Err(ErrorData::invalid_params(says, None));
        }
        let address = uri.clone();
        let telling = changes.tell(move || {
            let told = ResourceUpdatedNotificationParam::new(address.clone());
            let peer = peer.clone();
            async move { peer.notify_resource_updated(told).await.is_ok() }
        });
        kept.insert(uri, Watching(tokio::spawn(telling)));
        Ok(())
    }

    pub fn unsubscribe(&self, uri: &str) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(uri);
    }

    /// `subscriptions/listen`, of clients without one: as long as the request lasts.
    pub async fn listen(
        &self,
        mcp: &Mcp,
        caller: &Caller,
        context: &SubscriptionContext,
    ) -> Result<(), ErrorData> {
        let uris = context
            .accepted()
            .resource_subscriptions
            .clone()
            .unwrap_or_default();
        let mut telling = Vec::new();
        for uri in uris.into_iter().take(MOST) {
            // One that is unknown never changes.
            if let Ok(mut changes) = Changes::of(mcp, caller, &uri).await {
                // It may have changed since the client was told that it hears of it.
                changes.known = Known::default();
                telling.push(changes.tell(move || {
                    let (sink, uri) = (context.sink().clone(), uri.clone());
                    async move { sink.notify_resource_updated(uri).await.is_ok() }
                }));
            }
        }
        tokio::select! {
            () = context.cancelled() => {}
            () = async { join_all(telling).await; std::future::pending().await } => {}
        }
        Ok(())
    }
}

/// The changes of what stands at one address.
struct Changes {
    seen: Seen,
    /// As it was when it was read.
    job: Arc<Job>,
    part: Part,
    /// What was last known of it.
    known: Known,
}

/// What a change of an address is told by.
#[derive(Default, PartialEq, Eq)]
struct Known {
    version: u64,
    has_result: bool,
}

impl Known {
    fn of(job: &Job) -> Self {
        Self {
            version: job.version,
            has_result: job.result.is_some(),
        }
    }
}

impl Changes {
    async fn of(mcp: &Mcp, caller: &Caller, uri: &str) -> Result<Self, ErrorData> {
        let Some((id, part)) = job_of(uri) else {
            let says = "Only job://ID, job://ID/result and job://ID/logs change.";
            return Err(ErrorData::resource_not_found(says, None));
        };
        // Followed before it is read, so that no change falls in between.
        let seen = mcp.shared.follower.follow(caller, &id);
        let job = mcp.shared.queue.get(caller, &id).await;
        let job = job.map_err(|error| Refused::of_job(error, id.as_str(), None).into_error())?;
        Ok(Self {
            seen,
            part,
            known: Known::of(&job),
            job: Arc::new(job),
        })
    }

    /// Tells of each change until the client is gone; of what is here already, where it is not known.
    async fn tell<F: Future<Output = bool>>(mut self, told: impl Fn() -> F) {
        let mut latest = Some(Arc::clone(&self.job));
        loop {
            if let Some(job) = latest.take().filter(|job| job.version > self.known.version) {
                let now = Known::of(&job);
                let is_visible = match self.part {
                    Part::Job | Part::Logs => true,
                    Part::Result => now.has_result != self.known.has_result,
                };
                self.known = now;
                if is_visible {
                    if !told().await {
                        return;
                    }
                    tokio::time::sleep(BETWEEN_NOTIFICATIONS).await;
                }
            }
            if self.seen.changed().await.is_err() {
                return;
            }
            latest.clone_from(&self.seen.borrow_and_update());
        }
    }
}
