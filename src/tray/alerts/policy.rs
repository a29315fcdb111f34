//! How the end of a job is told, after what its owner chose. Pure.

use crate::job::{Job, JobState, Notify, Timestamp};
use crate::settings::{Settings, Sound};

/// An end this many seconds ago is no news to startle with: it is told when somebody looks.
pub const LATE_SECONDS: f64 = 30.0;

/// The ways in which one end is told. The tray shows and counts it in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Telling {
    pub toast: bool,
    pub sound: Option<Sound>,
    pub desktop: bool,
    /// It came too late for any of them, and stands in the digest instead.
    pub late: bool,
}

/// How an end of the user's own is told at `now`, by the server's clock.
pub fn telling(job: &Job, settings: &Settings, now: Timestamp) -> Telling {
    if !is_wanted(job, settings) || settings.is_muted(now) {
        return Telling::default();
    }
    if now.seconds_since(job.ended_at()) > LATE_SECONDS {
        return Telling {
            late: true,
            ..Telling::default()
        };
    }
    Telling {
        toast: true,
        sound: settings.sound.then(|| settings.sound_of(job)),
        desktop: settings.desktop,
        late: false,
    }
}

/// Whether the owner wants to hear of it at all: the job's own bell comes before the minimum
/// and the muted kinds, which hold for successes of all jobs.
fn is_wanted(job: &Job, settings: &Settings) -> bool {
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
            let long_enough = job.elapsed_seconds >= settings.minimum_seconds.into();
            failed || (long_enough && !settings.mutes(&job.kind))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::sample::job;

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
    fn the_bell_of_a_job_comes_before_the_minimum() {
        use JobState::{Cancelled, Completed, Failed};
        use Notify::{Always, Default, Failures, Never};
        for (state, notify, elapsed, told) in [
            (Completed, Default, 10.0, true),
            (Completed, Default, 9.9, false),
            (Failed, Default, 0.0, true),
            (Completed, Always, 0.0, true),
            (Completed, Failures, 60.0, false),
            (Failed, Failures, 0.0, true),
            (Completed, Never, 60.0, false),
            (Failed, Never, 60.0, false),
            (Cancelled, Always, 60.0, false),
        ] {
            let job = ended(state, notify, elapsed);
            let telling = telling(&job, &loud(), job.ended_at());
            assert_eq!(telling.toast, told, "{state:?} {notify:?} {elapsed}");
            assert_eq!(telling.desktop, told, "{state:?} {notify:?} {elapsed}");
            assert_eq!(telling.sound.is_some(), told);
        }
    }

    #[test]
    fn a_muted_kind_ends_quietly_unless_it_failed_or_its_bell_says_otherwise() {
        use JobState::{Completed, Failed};
        use Notify::{Always, Default, Failures};
        let settings = Settings {
            muted_kinds: vec!["story".to_owned(), "scene".to_owned()],
            ..loud()
        };
        for (kind, state, notify, told) in [
            ("scene", Completed, Default, false),
            ("scene", Failed, Default, true),
            ("scene", Completed, Always, true),
            ("scene", Failed, Failures, true),
            ("bake", Completed, Default, true),
        ] {
            let job = Job {
                kind: kind.to_owned(),
                ..ended(state, notify, 60.0)
            };
            let telling = telling(&job, &settings, job.ended_at());
            assert_eq!(telling.toast, told, "{kind} {state:?} {notify:?}");
            assert_eq!(telling.desktop, told, "{kind} {state:?} {notify:?}");
            assert_eq!(telling.sound.is_some(), told);
        }
    }

    #[test]
    fn who_muted_hears_nothing_until_the_time_is_over() {
        let job = ended(JobState::Failed, Notify::Always, 60.0);
        let at = job.ended_at();
        let until = |millis: i64| Settings {
            muted_until: Some(Timestamp(at.0 + millis)),
            ..loud()
        };
        assert_eq!(telling(&job, &until(1), at), Telling::default());
        assert!(telling(&job, &until(0), at).toast);
    }

    #[test]
    fn what_ended_long_ago_is_told_quietly() {
        let job = ended(JobState::Completed, Notify::Default, 60.0);
        let after = |seconds: i64| Timestamp(job.ended_at().0 + seconds * 1000);
        let on_time = telling(&job, &loud(), after(30));
        assert!(on_time.toast && on_time.sound == Some(Sound::Chime) && !on_time.late);
        let late = telling(&job, &loud(), after(31));
        assert!(late.late && !late.toast && !late.desktop && late.sound.is_none());
    }

    #[test]
    fn sounds_are_by_outcome_and_by_kind() {
        let mut settings = loud();
        settings.kind_sounds.insert("scene".to_owned(), Sound::Bell);
        for (state, sound) in [
            (JobState::Completed, Sound::Bell),
            (JobState::Failed, Sound::Alarm),
        ] {
            let job = ended(state, Notify::Default, 60.0);
            let told = telling(&job, &settings, job.ended_at());
            assert_eq!(told.sound, Some(sound));
        }
    }
}
