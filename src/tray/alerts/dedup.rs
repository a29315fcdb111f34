//! Which alerts one of the user's tabs still has to deliver, so that each is delivered once. Pure.
//!
//! Every tab gets every alert. A tab that can deliver it waits until it leads, delivers what no tab has delivered yet,
//! and sends the others a message. A tab that is closed or crashes loses its leadership to another. A frozen tab keeps
//! it, so the others hold another round.

use crate::job::Job;
use crate::tray::model::alert::AlertId;
use crate::tray::monotonic::Monotonic;
use std::sync::Arc;
use std::time::Duration;

/// Maximum number of alerts that are remembered as delivered. A tab that was asleep gets at most 500 changes at once.
const MAX_DELIVERED: usize = 1_000;
/// When each round begins, counted from the time when a tab got an alert. The leader of a round delivers what the
/// previous leader did not.
pub const ROUNDS: [Duration; 3] = [
    Duration::ZERO,
    Duration::from_millis(1_500),
    Duration::from_secs(4),
];

/// The alerts of one method.
#[derive(Debug, Default)]
pub struct Dedup {
    pending: Vec<(Arc<Job>, Monotonic)>,
    delivered: Vec<AlertId>,
}

impl Dedup {
    /// Adds an alert that this tab got at `now` and can deliver. False if it was already delivered.
    pub fn add(&mut self, job: &Arc<Job>, now: Monotonic) -> bool {
        let is_new = !self.delivered.contains(&AlertId::of(job));
        if is_new {
            self.pending.push((Arc::clone(job), now));
        }
        is_new
    }

    /// Records that a tab has delivered these alerts.
    pub fn mark_delivered(&mut self, alerts: Vec<AlertId>) {
        for id in alerts {
            self.pending.retain(|(job, _)| AlertId::of(job) != id);
            if !self.delivered.contains(&id) {
                self.delivered.push(id);
            }
        }
        let excess = self.delivered.len().saturating_sub(MAX_DELIVERED);
        self.delivered.drain(..excess);
    }

    /// Takes the alerts that this tab has to deliver at `now` as the leader of a round. A tab that was frozen is too
    /// late for its round, and leaves those alerts to the next leader.
    pub fn take(&mut self, round: usize, now: Monotonic) -> Vec<Arc<Job>> {
        let end = ROUNDS.get(round + 1).copied().unwrap_or(Duration::MAX);
        let (mut taken, mut late) = (Vec::new(), Vec::new());
        for (job, added) in self.pending.drain(..) {
            if now.since(added) < end {
                taken.push(job);
            } else {
                late.push((job, added));
            }
        }
        self.pending = late;
        self.mark_delivered(taken.iter().map(|job| AlertId::of(job)).collect());
        taken
    }

    pub fn is_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Drops the pending alerts, because this tab cannot deliver them; another tab may.
    pub fn give_up(&mut self) {
        self.pending.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::JobState;
    use crate::job::sample::job;

    fn ended(n: u32) -> Arc<Job> {
        Arc::new(job(n, JobState::Completed))
    }

    fn at(millis: u64) -> Monotonic {
        Monotonic::after_start(Duration::from_millis(millis))
    }

    #[test]
    fn an_alert_that_another_tab_delivered_is_not_delivered_again() {
        let mut dedup = Dedup::default();
        assert!(dedup.add(&ended(1), at(0)));
        assert!(dedup.add(&ended(2), at(0)));
        dedup.mark_delivered(vec![AlertId::of(&ended(1))]);
        assert_eq!(dedup.take(0, at(10)), [ended(2)]);
        assert!(!dedup.is_pending());
        assert!(!dedup.add(&ended(1), at(20)));
        assert!(!dedup.add(&ended(2), at(20)));
        assert_eq!(dedup.take(0, at(30)), []);
    }

    #[test]
    fn a_tab_that_was_frozen_misses_its_round() {
        let mut dedup = Dedup::default();
        dedup.add(&ended(1), at(0));
        assert_eq!(dedup.take(0, at(1_500)), []);
        assert!(dedup.is_pending());
        assert_eq!(dedup.take(1, at(4_000)), []);
        assert_eq!(dedup.take(2, at(60_000)), [ended(1)]);
    }

    #[test]
    fn the_next_attempt_is_another_alert() {
        let mut dedup = Dedup::default();
        dedup.add(&ended(1), at(0));
        dedup.take(0, at(0));
        let again = Arc::new(Job {
            attempt: 2,
            ..job(1, JobState::Completed)
        });
        assert!(dedup.add(&again, at(1)));
    }

    #[test]
    fn the_latest_thousand_are_remembered() {
        let mut dedup = Dedup::default();
        for n in 0..3_000 {
            dedup.mark_delivered(vec![AlertId::of(&ended(n))]);
        }
        assert_eq!(dedup.delivered.len(), MAX_DELIVERED);
        assert!(!dedup.add(&ended(2_999), at(0)));
    }
}
