//! What a notification of the desktop says. Pure.

use crate::browser::Notice;
use crate::i18n::{Lang, job as texts, tray as messages};
use crate::job::{Job, JobState};
use crate::tray::model::state::Alert;
use crate::tray::text::job_status;
use crate::tray::view::row::goal;
use std::sync::Arc;

/// So many successes are told one by one.
const SINGLY: usize = 3;

/// One for each failure and each success; one for all successes where they are many.
pub fn of(lang: Lang, jobs: &[Arc<Job>]) -> Vec<Notice> {
    let (failed, done): (Vec<_>, Vec<_>) =
        (jobs.iter()).partition(|job| job.state == JobState::Failed);
    let mut notices: Vec<_> = failed.into_iter().map(|job| one(lang, job)).collect();
    match done.as_slice() {
        [] => {}
        [.., latest] if done.len() > SINGLY => {
            let names: Vec<_> = done.iter().map(|job| texts::name(lang, job)).collect();
            notices.push(Notice {
                title: messages::DONE_MANY.fill(lang, "n", done.len()),
                body: names.join(", "),
                tag: Alert::id_of(latest),
                href: "/jobs".to_owned(),
            });
        }
        done => notices.extend(done.iter().map(|job| one(lang, job))),
    }
    notices
}

/// Shows how an end is told.
pub fn test(lang: Lang) -> Notice {
    Notice {
        title: "jobtray".to_owned(),
        body: messages::TEST_TOAST.get(lang).to_owned(),
        tag: "test".to_owned(),
        href: "/settings".to_owned(),
    }
}

fn one(lang: Lang, job: &Job) -> Notice {
    let name = texts::name(lang, job);
    let (words, body) = if job.state == JobState::Failed {
        (
            messages::TOAST_FAILED,
            texts::failure(lang, job).map(|(why, _)| why),
        )
    } else {
        (messages::TOAST_READY, job_status::took(lang, job))
    };
    Notice {
        title: words.fill(lang, "name", name),
        body: body.unwrap_or_default(),
        tag: Alert::id_of(job),
        href: goal(job),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::sample::job;

    fn ends(states: &[JobState]) -> Vec<Arc<Job>> {
        (states.iter().zip(1..))
            .map(|(state, n)| Arc::new(job(n, *state)))
            .collect()
    }

    #[test]
    fn many_successes_are_one_notification_and_failures_are_their_own() {
        use JobState::{Completed, Failed};
        for (states, tags) in [
            (&[Completed, Failed][..], &[2, 1][..]),
            (&[Completed; 3], &[1, 2, 3]),
            (
                &[Completed, Completed, Failed, Completed, Completed],
                &[3, 5],
            ),
            (&[], &[]),
        ] {
            let jobs = ends(states);
            let expected: Vec<_> = (tags.iter())
                .map(|n: &usize| Alert::id_of(&jobs[n - 1]))
                .collect();
            let notices = of(Lang::En, &jobs).into_iter().map(|notice| notice.tag);
            assert_eq!(notices.collect::<Vec<_>>(), expected, "{states:?}");
        }
    }

    #[test]
    fn a_click_goes_to_the_result_or_to_the_failed_job() {
        let failed = ends(&[JobState::Failed]);
        let [notice] = of(Lang::En, &failed).try_into().unwrap();
        assert_eq!(notice.href, format!("/jobs/{}", failed[0].job_id));
        assert_eq!(notice.title, "job 1 failed");
    }
}
