//! Which job the page's title names.

use crate::job::JobId;
use crate::tray::monotonic::Monotonic;
use std::time::Duration;

/// The shortest time that a job stays in the title, so that two jobs that keep overtaking each other do not flicker.
const MIN_STAY: Duration = Duration::from_secs(5);

/// The job that the title names, and since when.
#[derive(Debug, Clone, Default)]
pub struct TitleJob(Option<(JobId, Monotonic)>);

impl TitleJob {
    /// The job to name at `now`: `soonest` is the running one that will be done first.
    pub fn choose(
        &mut self,
        soonest: Option<&JobId>,
        is_running: impl Fn(&JobId) -> bool,
        now: Monotonic,
    ) -> Option<JobId> {
        let stays = |(id, named): &(JobId, Monotonic)| {
            is_running(id) && (now.since(*named) < MIN_STAY || soonest == Some(id))
        };
        let kept = self.0.take().filter(stays);
        self.0 = kept.or_else(|| soonest.map(|id| (id.clone(), now)));
        self.0.as_ref().map(|(id, _)| id.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::TitleJob;
    use crate::job::sample::job;
    use crate::job::{JobId, JobState};
    use crate::tray::monotonic::Monotonic;
    use std::time::Duration;

    #[test]
    fn two_jobs_do_not_swap_places_within_five_seconds() {
        let ids: Vec<JobId> = (0..3).map(|n| job(n, JobState::Running).job_id).collect();
        let mut title = TitleJob::default();
        for (running, now, named) in [
            (&[1, 2][..], 0, Some(1)),
            (&[2, 1], 100, Some(1)),
            (&[2, 1], 4_999, Some(1)),
            (&[2, 1], 5_000, Some(2)),
            (&[1, 2], 5_100, Some(2)),
            (&[1], 5_200, Some(1)),
            (&[], 5_300, None),
            (&[2], 5_400, Some(2)),
        ] {
            let is_running = |id: &JobId| running.iter().any(|n: &usize| ids[*n] == *id);
            let soonest = running.first().map(|n| &ids[*n]);
            let at = Monotonic::default() + Duration::from_millis(now);
            let chosen = title.choose(soonest, is_running, at);
            assert_eq!(chosen.as_ref(), named.map(|n: usize| &ids[n]), "{now}");
        }
    }
}
