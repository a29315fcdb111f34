//! The alert policy: how the end of a job is delivered, according to its owner's settings. Pure.

use crate::job::{Job, JobState, Notify, Timestamp};
use crate::settings::Settings;
use crate::tray::model::times::{duration, since};
use std::time::Duration;

/// A job that ended longer ago than this makes no toast or sound: the digest shows it when the user looks at the page.
const LATE: Duration = Duration::from_secs(30);

/// How one alert is delivered. The tray shows and counts the job in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    None,
    /// Too late for a toast: in the digest of the jobs that ended while the user was away.
    Digest,
    /// As a toast, and by these methods.
    Now {
        sound: bool,
        desktop: bool,
    },
}

impl Delivery {
    /// Decides for one of the user's own jobs at `now`, by the server's clock.
    pub fn of(job: &Job, settings: &Settings, now: Timestamp) -> Self {
        if !may_alert(job, settings) || settings.is_muted(now) {
            Self::None
        } else if since(job.ended_at(), now) > LATE {
            Self::Digest
        } else {
            Self::Now {
                sound: settings.sound,
                desktop: settings.desktop,
            }
        }
    }
}

/// Whether the job may alert its owner at all. The job's own bell overrides the minimum length and the muted kinds,
/// which apply to the successes of all jobs.
fn may_alert(job: &Job, settings: &Settings) -> bool {
    let failed = match job.state {
        JobState::Failed => true,
        JobState::Completed => false,
        _ => return false,
    };
    match job.notify {
        Notify::Never => false,
        Notify::Failures => failed,
        Notify::Always => true,
        Notify::Default => {
            let long_enough = duration(job.elapsed_seconds) >= settings.minimum();
            failed || (long_enough && !settings.mutes(&job.kind))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Delivery;
    use crate::job::sample::job;
    use crate::job::{Job, JobState, Notify, Timestamp};
    use crate::settings::Settings;

    const EVERYWHERE: Delivery = Delivery::Now {
        sound: true,
        desktop: true,
    };

    fn loud() -> Settings {
        Settings {
            sound: true,
            desktop: true,
            minimum_seconds: 10,
            ..Settings::default()
        }
    }

    fn ended(state: JobState, notify: Notify, elapsed_seconds: f64) -> Job {
        Job {
            elapsed_seconds,
            notify,
            ..job(1, state)
        }
    }

    #[test]
    fn the_bell_of_a_job_wins_over_the_minimum_length() {
        use JobState::{Cancelled, Completed, Failed};
        use Notify::{Always, Default, Failures, Never};
        for (state, notify, elapsed, delivery) in [
            (Completed, Default, 10.0, EVERYWHERE),
            (Completed, Default, 9.9, Delivery::None),
            (Failed, Default, 0.0, EVERYWHERE),
            (Completed, Always, 0.0, EVERYWHERE),
            (Completed, Failures, 60.0, Delivery::None),
            (Failed, Failures, 0.0, EVERYWHERE),
            (Completed, Never, 60.0, Delivery::None),
            (Failed, Never, 60.0, Delivery::None),
            (Cancelled, Always, 60.0, Delivery::None),
        ] {
            let job = ended(state, notify, elapsed);
            let decided = Delivery::of(&job, &loud(), job.ended_at());
            assert_eq!(decided, delivery, "{state:?} {notify:?} {elapsed}");
        }
    }

    #[test]
    fn a_muted_kind_alerts_only_when_it_fails_or_its_bell_says_so() {
        use JobState::{Completed, Failed};
        use Notify::{Always, Default, Failures};
        let settings = Settings {
            muted_kinds: vec!["story".to_owned(), "scene".to_owned()],
            ..loud()
        };
        for (kind, state, notify, delivery) in [
            ("scene", Completed, Default, Delivery::None),
            ("scene", Failed, Default, EVERYWHERE),
            ("scene", Completed, Always, EVERYWHERE),
            ("scene", Failed, Failures, EVERYWHERE),
            ("bake", Completed, Default, EVERYWHERE),
        ] {
            let job = Job {
                kind: kind.to_owned(),
                ..ended(state, notify, 60.0)
            };
            let decided = Delivery::of(&job, &settings, job.ended_at());
            assert_eq!(decided, delivery, "{kind} {state:?} {notify:?}");
        }
    }

    #[test]
    fn nothing_alerts_before_the_quiet_time_is_over() {
        let job = ended(JobState::Failed, Notify::Always, 60.0);
        let at = job.ended_at();
        let until = |millis: i64| Settings {
            muted_until: Some(Timestamp(at.0 + millis)),
            ..loud()
        };
        assert_eq!(Delivery::of(&job, &until(1), at), Delivery::None);
        assert_eq!(Delivery::of(&job, &until(0), at), EVERYWHERE);
    }

    #[test]
    fn a_job_that_ended_long_ago_goes_to_the_digest() {
        let job = ended(JobState::Completed, Notify::Default, 60.0);
        let after = |seconds: i64| Timestamp(job.ended_at().0 + seconds * 1000);
        assert_eq!(Delivery::of(&job, &loud(), after(30)), EVERYWHERE);
        assert_eq!(Delivery::of(&job, &loud(), after(31)), Delivery::Digest);
    }

    #[test]
    fn each_method_is_used_only_where_it_is_switched_on() {
        let job = ended(JobState::Completed, Notify::Default, 60.0);
        for (sound, desktop) in [(true, false), (false, true), (false, false)] {
            let settings = Settings {
                sound,
                desktop,
                ..loud()
            };
            let decided = Delivery::of(&job, &settings, job.ended_at());
            assert_eq!(decided, Delivery::Now { sound, desktop });
        }
    }
}
