//! What the title says of the work while nobody looks at the page. Pure.

use crate::i18n::{Lang, job as texts};
use crate::job::{Job, JobId};

/// Two jobs that take turns at being the next one to finish do not take turns in the title more
/// often than this.
const STEADY_MILLIS: f64 = 5_000.0;

/// Which job the title is about, and since when, in milliseconds.
#[derive(Debug, Clone, Default)]
pub struct Titled(Option<(JobId, f64)>);

impl Titled {
    /// The job to name at `now`: `soonest` is the running one that will be done first.
    pub fn pick(
        &mut self,
        soonest: Option<&JobId>,
        runs: impl Fn(&JobId) -> bool,
        now: f64,
    ) -> Option<JobId> {
        let kept = (self.0.take())
            .filter(|(id, since)| runs(id) && (now - since < STEADY_MILLIS || soonest == Some(id)));
        self.0 = kept.or_else(|| soonest.map(|id| (id.clone(), now)));
        self.0.as_ref().map(|(id, _)| id.clone())
    }
}

/// `[73%] X121 — Generating Scene 3`; rounded down, as 100 % is said of nothing that still runs.
pub fn text(lang: Lang, job: &Job) -> String {
    let name = texts::name(lang, job);
    match job.progress {
        Some(progress) => format!("[{}%] {name}", percent(progress)),
        None => format!("[…] {name}"),
    }
}

/// Whole percent, 0 to 99 for what still runs. 0.29 is 29, though it is a hair less in binary.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what is shown"
)]
pub fn percent(progress: f64) -> u8 {
    (progress * 100.0 + 1e-9).clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::sample::job;
    use crate::job::{JobState, Text};

    fn running(n: u32, progress: Option<f64>) -> Job {
        Job {
            progress,
            ..job(n, JobState::Running)
        }
    }

    #[test]
    fn two_jobs_do_not_take_turns_within_five_seconds() {
        let ids: Vec<JobId> = (0..3).map(|n| running(n, None).job_id.clone()).collect();
        let mut titled = Titled::default();
        for (running, now, named) in [
            (&[1, 2][..], 0.0, Some(1)),
            (&[2, 1], 100.0, Some(1)),
            (&[2, 1], 4999.0, Some(1)),
            (&[2, 1], 5000.0, Some(2)),
            (&[1, 2], 5100.0, Some(2)),
            (&[1], 5200.0, Some(1)),
            (&[], 5300.0, None),
            (&[2], 5400.0, Some(2)),
        ] {
            let runs = |id: &JobId| running.iter().any(|n: &usize| ids[*n] == *id);
            let soonest = running.first().map(|n| &ids[*n]);
            let picked = titled.pick(soonest, runs, now);
            assert_eq!(picked.as_ref(), named.map(|n: usize| &ids[n]), "{now}");
        }
    }

    #[test]
    fn a_title_is_the_percent_and_the_name() {
        for (progress, title) in [
            (Some(0.73), "[73%] job 1"),
            (Some(0.29), "[29%] job 1"),
            (Some(0.999), "[99%] job 1"),
            (Some(0.0), "[0%] job 1"),
            (None, "[…] job 1"),
        ] {
            assert_eq!(text(Lang::En, &running(1, progress)), title);
        }
        let scene = Job {
            name_text: Some(
                Text::new("name.scene")
                    .with("character", "X121")
                    .with("number", 3),
            ),
            ..running(1, Some(0.5))
        };
        assert_eq!(text(Lang::En, &scene), "[50%] X121 — Generating Scene 3");
        assert_eq!(
            text(Lang::Fr, &scene),
            "[50%] X121 — Génération de la scène 3"
        );
    }
}
