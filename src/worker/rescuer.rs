//! Returns the jobs of lost workers to the queue, and marks stalled jobs.

use crate::queue::{Queue, QueueError};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// Time between two rounds: an expired lease is noticed within this time.
const PERIOD: Duration = Duration::from_millis(500);

/// Rescues the jobs of every worker, even if this process runs no jobs itself.
pub(super) async fn rescue(queue: Queue, stop: CancellationToken) {
    let mut period = interval(PERIOD);
    period.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        tokio::select! {
            _ = period.tick() => {}
            () = stop.cancelled() => return,
        }
        let round = round(&queue).await;
        // Logged once, not twice a second for as long as the disk is full.
        if let Err(error) = &round
            && !failing
        {
            tracing::warn!(%error, "cannot check for expired leases");
        }
        failing = round.is_err();
    }
}

async fn round(queue: &Queue) -> Result<(), QueueError> {
    let rescued = queue.rescue().await?;
    if rescued > 0 {
        tracing::warn!(rescued, "rescued jobs whose lease had expired");
    }
    queue.mark_stalled().await?;
    Ok(())
}
