//! Hands back what dead workers held, and marks what has gone quiet.

use crate::queue::{Queue, QueueError};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// A lease that ended is noticed within this time; one second is promised.
const PERIOD: Duration = Duration::from_millis(500);

/// Looks after every worker's leases, also where this process runs no jobs itself.
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
        // Said once, not twice a second for as long as the disk is full.
        if let Err(error) = &round
            && !failing
        {
            tracing::warn!(%error, "cannot look after leases");
        }
        failing = round.is_err();
    }
}

async fn round(queue: &Queue) -> Result<(), QueueError> {
    let rescued = queue.rescue().await?;
    if rescued > 0 {
        tracing::warn!(rescued, "leases ended without their workers");
    }
    queue.mark_stalled().await?;
    Ok(())
}
