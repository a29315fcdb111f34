//! Which ends still have to be told by one of the user's tabs, so that each is told once. Pure:
//! times come in, in milliseconds.
//!
//! Every tab hears of every end. A tab that is able to tell it waits for its turn, tells what nobody
//! has told yet, and says so to the others. A turn ends with its tab, so a tab that is closed or
//! crashes passes it on; one that is frozen keeps it, and the others begin another round without it.

use crate::job::Job;
use crate::tray::model::state::Alert;
use std::sync::Arc;

/// Ends that are remembered as told. A tab that slept hears of at most 500 changes at once.
const REMEMBERED: usize = 1_000;
/// When the rounds begin after an end was heard of. What a round before it was to tell, and did
/// not, the next one tells.
pub const ROUNDS: [f64; 3] = [0.0, 1_500.0, 4_000.0];

/// What waits, and what was told.
#[derive(Debug, Default)]
pub struct Once {
    waiting: Vec<(Arc<Job>, f64)>,
    told: Vec<String>,
}

impl Once {
    /// An end that this tab heard of at `now`, and is able to tell. False when it was told already.
    pub fn hear(&mut self, job: &Arc<Job>, now: f64) -> bool {
        let id = Alert::id_of(job);
        let news = !self.told.contains(&id);
        if news {
            self.waiting.push((Arc::clone(job), now));
        }
        news
    }

    /// Somebody told these.
    pub fn told(&mut self, alerts: impl IntoIterator<Item = String>) {
        for id in alerts {
            self.waiting.retain(|(job, _)| Alert::id_of(job) != id);
            if !self.told.contains(&id) {
                self.told.push(id);
            }
        }
        let many = self.told.len().saturating_sub(REMEMBERED);
        self.told.drain(..many);
    }

    /// It is this tab's turn in a round, at `now`: what it has to tell. A tab that was frozen comes too
    /// late for its round and leaves the ends of then to the next.
    pub fn take(&mut self, round: usize, now: f64) -> Vec<Arc<Job>> {
        let ends = ROUNDS.get(round + 1).copied().unwrap_or(f64::INFINITY);
        let (mine, later) = (self.waiting.drain(..)).partition(|(_, heard)| now - heard < ends);
        self.waiting = later;
        let mine: Vec<(Arc<Job>, f64)> = mine;
        let jobs: Vec<_> = mine.into_iter().map(|(job, _)| job).collect();
        self.told(jobs.iter().map(|job| Alert::id_of(job)).collect::<Vec<_>>());
        jobs
    }

    /// Whether anything still waits.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// This tab cannot tell them: another may.
    pub fn give_up(&mut self) {
        self.waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::JobState;
    use crate::job::sample::job;

    fn end(n: u32) -> Arc<Job> {
        Arc::new(job(n, JobState::Completed))
    }

    #[test]
    fn what_another_tab_told_is_not_told_again() {
        let mut once = Once::default();
        assert!(once.hear(&end(1), 0.0));
        assert!(once.hear(&end(2), 0.0));
        once.told([Alert::id_of(&end(1))]);
        assert_eq!(once.take(0, 10.0), [end(2)]);
        assert!(!once.is_waiting());
        assert!(!once.hear(&end(1), 20.0));
        assert!(!once.hear(&end(2), 20.0));
        assert_eq!(once.take(0, 30.0), []);
    }

    #[test]
    fn a_tab_that_was_frozen_misses_its_round() {
        let mut once = Once::default();
        once.hear(&end(1), 0.0);
        assert_eq!(once.take(0, 1_500.0), []);
        assert!(once.is_waiting());
        assert_eq!(once.take(1, 4_000.0), []);
        assert_eq!(once.take(2, 60_000.0), [end(1)]);
    }

    #[test]
    fn the_next_attempt_is_another_end() {
        let mut once = Once::default();
        once.hear(&end(1), 0.0);
        once.take(0, 0.0);
        let again = Arc::new(Job {
            attempt: 2,
            ..job(1, JobState::Completed)
        });
        assert!(once.hear(&again, 1.0));
    }

    #[test]
    fn memory_is_bounded() {
        let mut once = Once::default();
        for n in 0..3_000 {
            once.told([Alert::id_of(&end(n))]);
        }
        assert_eq!(once.told.len(), REMEMBERED);
        assert!(!once.hear(&end(2_999), 0.0));
    }
}
