//! Subscriptions of clients to resources, by both methods of the protocol.

use crate::job::Job;
use crate::mcp::context::{JobChanges, McpContext};
use crate::mcp::render::uri::{JobPart, parse_job_uri};
use crate::mcp::tools::error::ToolError;
use crate::queue::Caller;
use futures::future::join_all;
use rmcp::model::{ErrorData, ResourceUpdatedNotificationParam, SubscriptionFilter};
use rmcp::service::{Peer, RoleServer, SubscriptionContext};
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;

/// The shortest time between two notifications about a resource. The last change is always notified.
const NOTIFICATION_INTERVAL: Duration = Duration::from_secs(1);
/// Maximum number of resources that one client can subscribe to.
const MAX_SUBSCRIPTIONS: usize = 200;

/// The subscriptions of one client, by URI. They end with the client.
#[derive(Default)]
pub struct ResourceSubscriptions(Mutex<HashMap<String, Notifier>>);

/// A task that notifies a client until this is dropped.
struct Notifier(JoinHandle<()>);

impl Drop for Notifier {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The part of a requested filter that can be honoured.
pub fn accepted(requested: &SubscriptionFilter) -> SubscriptionFilter {
    let uris = requested.resource_subscriptions.iter().flatten();
    let known = uris
        .filter(|uri| parse_job_uri(uri).is_some())
        .take(MAX_SUBSCRIPTIONS)
        .cloned();
    SubscriptionFilter::builder()
        .resource_subscriptions(known)
        .build()
}

/// Serves `subscriptions/listen`, for clients without a session: as long as the request lasts.
pub async fn listen(
    context: &McpContext,
    caller: &Caller,
    subscription: &SubscriptionContext,
) -> Result<(), ErrorData> {
    let uris = subscription.accepted().resource_subscriptions.clone();
    let mut notifying = Vec::new();
    for uri in uris.unwrap_or_default().into_iter().take(MAX_SUBSCRIPTIONS) {
        // An unknown resource never changes.
        if let Ok(mut changes) = ResourceChanges::of(context, caller, &uri).await {
            // It may have changed after the subscription was acknowledged to the client.
            changes.notified = Notified::default();
            notifying.push(changes.notify(move || {
                let (sink, uri) = (subscription.sink().clone(), uri.clone());
                async move { sink.notify_resource_updated(uri).await.is_ok() }
            }));
        }
    }
    tokio::select! {
        () = subscription.cancelled() => {}
        () = async { join_all(notifying).await; std::future::pending().await } => {}
    }
    Ok(())
}

impl ResourceSubscriptions {
    /// Serves `resources/subscribe`, for clients with a session.
    pub async fn subscribe(
        &self,
        context: &McpContext,
        caller: &Caller,
        uri: String,
        peer: Peer<RoleServer>,
    ) -> Result<(), ErrorData> {
        let changes = ResourceChanges::of(context, caller, &uri).await?;
        let mut notifiers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        notifiers.retain(|_, notifier| !notifier.0.is_finished());
        if notifiers.len() >= MAX_SUBSCRIPTIONS && !notifiers.contains_key(&uri) {
            let message = format!(
                "A client can subscribe to at most {MAX_SUBSCRIPTIONS} resources; unsubscribe from one first."
            );
            return Err(ErrorData::invalid_params(message, None));
        }
        let params = ResourceUpdatedNotificationParam::new(uri.clone());
        let notifying = changes.notify(move || {
            let (peer, params) = (peer.clone(), params.clone());
            async move { peer.notify_resource_updated(params).await.is_ok() }
        });
        notifiers.insert(uri, Notifier(tokio::spawn(notifying)));
        Ok(())
    }

    pub fn unsubscribe(&self, uri: &str) {
        let mut notifiers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        notifiers.remove(uri);
    }
}

/// The changes of one resource.
struct ResourceChanges {
    changes: JobChanges,
    /// The job as it was when the client subscribed.
    job: Arc<Job>,
    part: JobPart,
    /// The state that the client was last notified of.
    notified: Notified,
}

/// The values whose changes are notified.
#[derive(Default, PartialEq, Eq)]
struct Notified {
    version: u64,
    has_result: bool,
}

impl Notified {
    fn of(job: &Job) -> Self {
        Self {
            version: job.version,
            has_result: job.result.is_some(),
        }
    }
}

impl ResourceChanges {
    async fn of(context: &McpContext, caller: &Caller, uri: &str) -> Result<Self, ErrorData> {
        let Some((id, part)) = parse_job_uri(uri) else {
            let message = "Only job://ID, job://ID/result and job://ID/logs change.";
            return Err(ErrorData::resource_not_found(message, None));
        };
        // Subscribes before it reads the job, so that no change is missed.
        let changes = context.subscriptions.subscribe(caller, &id);
        let job = context.queue.get(caller, &id).await;
        let job = job.map_err(|error| ToolError::of_job(error, id.as_str(), None))?;
        Ok(Self {
            changes,
            part,
            notified: Notified::of(&job),
            job: Arc::new(job),
        })
    }

    /// Sends a notification for each change until the client is gone. The first one is for the job as it was read, if
    /// the client does not know that state.
    async fn notify<F: Future<Output = bool>>(mut self, send: impl Fn() -> F) {
        let mut latest = Some(Arc::clone(&self.job));
        loop {
            if let Some(job) = latest
                .take()
                .filter(|job| job.version > self.notified.version)
            {
                let now = Notified::of(&job);
                let is_visible = match self.part {
                    JobPart::Job | JobPart::Logs => true,
                    JobPart::Result => now.has_result != self.notified.has_result,
                };
                self.notified = now;
                if is_visible {
                    if !send().await {
                        return;
                    }
                    tokio::time::sleep(NOTIFICATION_INTERVAL).await;
                }
            }
            if self.changes.changed().await.is_err() {
                return;
            }
            latest.clone_from(&self.changes.borrow_and_update());
        }
    }
}
