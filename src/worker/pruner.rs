//! Deletes rows that are too old to be used again.

use crate::queue::Queue;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// Old rows are deleted at the start, and then this often.
const PERIOD: Duration = Duration::from_hours(1);

/// Deletes old idempotency keys until it is stopped.
pub(super) async fn prune(queue: Queue, stop: CancellationToken) {
    let mut period = interval(PERIOD);
    period.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = period.tick() => {}
            () = stop.cancelled() => return,
        }
        match queue.delete_old_keys().await {
            Ok(0) => {}
            Ok(forgotten) => tracing::debug!(forgotten, "deleted old idempotency keys"),
            Err(error) => tracing::warn!(%error, "cannot delete old idempotency keys"),
        }
    }
}
