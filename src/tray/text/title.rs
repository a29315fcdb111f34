//! The page's title while a job runs.

use crate::i18n::{Lang, job as texts};
use crate::job::Job;
use crate::tray::model::totals::whole_percent;

/// `[73%] X121 — Generating Scene 3`
pub fn title(lang: Lang, job: &Job) -> String {
    let name = texts::name(lang, job);
    match job.progress {
        Some(progress) => format!("[{}%] {name}", whole_percent(progress)),
        None => format!("[…] {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::title;
    use crate::i18n::{JobMessage, Lang, Translate};
    use crate::job::sample::job;
    use crate::job::{Job, JobState};

    fn running(progress: Option<f64>) -> Job {
        Job {
            progress,
            ..job(1, JobState::Running)
        }
    }

    #[test]
    fn a_title_is_the_percent_and_the_name() {
        for (progress, expected) in [
            (Some(0.73), "[73%] job 1"),
            (Some(0.29), "[29%] job 1"),
            (Some(0.999), "[99%] job 1"),
            (Some(0.0), "[0%] job 1"),
            (None, "[…] job 1"),
        ] {
            assert_eq!(title(Lang::En, &running(progress)), expected);
        }
    }

    #[test]
    fn a_name_of_ours_is_in_the_readers_language() {
        let initializing = Job {
            name_text: Some(JobMessage::Initializing.text()),
            ..running(Some(0.5))
        };
        for (lang, expected) in [
            (Lang::En, "[50%] Initializing"),
            (Lang::Fr, "[50%] Initialisation"),
        ] {
            assert_eq!(title(lang, &initializing), expected);
        }
    }
}
