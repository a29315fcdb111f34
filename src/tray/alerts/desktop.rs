//! Desktop notifications of jobs that ended.

use crate::browser::{self, DesktopNotification};
use crate::i18n::{Lang, job as texts, tray as messages};
use crate::job::{Job, JobState};
use crate::navigation::Navigation;
use crate::routes::{FAVICON, pages};
use crate::tray::model::alert::AlertId;
use crate::tray::text::{job_link, job_status};
use std::rc::Rc;
use std::sync::Arc;

/// Maximum number of successes that get a notification each.
const MAX_SINGLE: usize = 3;

/// One notification for each failure and each success, or one for all successes if there are many.
pub fn notifications(lang: Lang, jobs: &[Arc<Job>]) -> Vec<DesktopNotification> {
    let (failed, succeeded): (Vec<_>, Vec<_>) =
        (jobs.iter()).partition(|job| job.state == JobState::Failed);
    let mut notifications: Vec<_> = failed.into_iter().map(|job| single(lang, job)).collect();
    match succeeded.as_slice() {
        [.., latest] if succeeded.len() > MAX_SINGLE => {
            let names: Vec<_> = (succeeded.iter())
                .map(|job| texts::name(lang, job))
                .collect();
            notifications.push(DesktopNotification {
                title: messages::DONE_MANY.fill(lang, "n", succeeded.len()),
                body: names.join(", "),
                icon: FAVICON,
                tag: tag(latest),
                href: pages::JOBS.to_owned(),
            });
        }
        succeeded => notifications.extend(succeeded.iter().map(|job| single(lang, job))),
    }
    notifications
}

/// Shows a notification; a click on it goes to its page. Does nothing on the server.
pub fn show(notification: DesktopNotification, navigation: Navigation) {
    let clicked = move |href: &str| navigation.go_to(href);
    browser::notify(notification, Rc::new(clicked));
}

/// Shows what a notification looks like.
pub fn test_notification(lang: Lang) -> DesktopNotification {
    DesktopNotification {
        title: "jobtray".to_owned(),
        body: messages::TEST_TOAST.get(lang).to_owned(),
        icon: FAVICON,
        tag: "test".to_owned(),
        href: pages::SETTINGS.to_owned(),
    }
}

fn single(lang: Lang, job: &Job) -> DesktopNotification {
    let (title, body) = if job.state == JobState::Failed {
        let why = texts::failure(lang, job).map(|(why, _)| why);
        (messages::TOAST_FAILED, why)
    } else {
        (messages::TOAST_READY, job_status::took(lang, job))
    };
    DesktopNotification {
        title: title.fill(lang, "name", texts::name(lang, job)),
        body: body.unwrap_or_default(),
        icon: FAVICON,
        tag: tag(job),
        href: job_link::target(job),
    }
}

/// The tag of a job's notification. A later notification with the same tag replaces an earlier one.
fn tag(job: &Job) -> String {
    AlertId::of(job).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{notifications, tag};
    use crate::i18n::Lang;
    use crate::job::sample::job;
    use crate::job::{Job, JobState};
    use std::sync::Arc;

    fn ended(states: &[JobState]) -> Vec<Arc<Job>> {
        (states.iter().zip(1..))
            .map(|(state, n)| Arc::new(job(n, *state)))
            .collect()
    }

    #[test]
    fn many_successes_share_a_notification_and_each_failure_has_its_own() {
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
            let jobs = ended(states);
            let expected: Vec<_> = tags.iter().map(|n: &usize| tag(&jobs[n - 1])).collect();
            let found = notifications(Lang::En, &jobs).into_iter();
            let found: Vec<_> = found.map(|notification| notification.tag).collect();
            assert_eq!(found, expected, "{states:?}");
        }
    }

    #[test]
    fn a_click_leads_to_the_failed_job() {
        let failed = ended(&[JobState::Failed]);
        let [notification] = notifications(Lang::En, &failed).try_into().unwrap();
        assert_eq!(notification.href, format!("/jobs/{}", failed[0].job_id));
        assert_eq!(notification.title, "job 1 failed");
    }
}
