use super::*;
use crate::job::sample::job;

fn at(millis: u64) -> Monotonic {
    Monotonic::after_start(Duration::from_millis(millis))
}

fn done(n: u32) -> Arc<Job> {
    Arc::new(job(n, JobState::Completed))
}

fn failed(n: u32) -> Arc<Job> {
    Arc::new(job(n, JobState::Failed))
}

/// The number of jobs of each toast; -1 for a failure, 0 for a cancelled job.
fn shape(list: &ToastList) -> Vec<i32> {
    (list.toasts.iter())
        .map(|toast| match &toast.content {
            ToastContent::Ended(job) if job.state == JobState::Failed => -1,
            ToastContent::Cancelled(_) => 0,
            content => i32::try_from(content.jobs().len()).unwrap(),
        })
        .collect()
}

#[test]
fn more_than_three_successes_in_two_seconds_are_one_toast() {
    let settings = Settings::default();
    for (times, expected) in [
        (&[0, 500, 1000][..], &[1, 1, 1][..]),
        (&[0, 500, 1000, 1900], &[4]),
        (&[0, 500, 1000, 2000], &[1, 1, 1, 1]),
        (&[0, 0, 0, 0, 0, 1999, 3000], &[7]),
        (&[0, 0, 0, 0, 2000], &[4, 1]),
    ] {
        let mut list = ToastList::default();
        for (n, millis) in (0..).zip(times) {
            list.add([done(n)], &settings, at(*millis));
        }
        assert_eq!(shape(&list), expected, "{times:?}");
    }
}

#[test]
fn each_failure_has_a_toast_of_its_own_among_a_thousand_jobs() {
    let mut list = ToastList::default();
    let ends = (0..1000).map(|n| if n % 500 == 7 { failed(n) } else { done(n) });
    list.add(ends, &Settings::default(), at(0));
    assert_eq!(shape(&list), [-1, -1, 998]);
    assert_eq!(list.hidden(0), 0);
}

#[test]
fn three_are_shown_and_the_rest_are_counted() {
    let mut list = ToastList::default();
    list.add((0..5).map(failed), &Settings::default(), at(0));
    let shown: Vec<_> = (list.shown(0).iter())
        .map(|toast| toast.content.jobs()[0].name.clone())
        .collect();
    assert_eq!(shown, ["job 2", "job 3", "job 4"]);
    assert_eq!(list.hidden(0), 2);
    // The digest takes one of their places.
    assert_eq!((list.shown(1).len(), list.hidden(1)), (2, 3));
}

#[test]
fn a_success_expires_and_a_failure_stays_until_it_is_dismissed() {
    let mut settings = Settings {
        toast_seconds: 2,
        ..Settings::default()
    };
    let mut list = ToastList::default();
    list.add([done(1), failed(2)], &settings, at(0));
    assert!(list.has_expiring());
    assert_eq!(list.pass(Duration::from_millis(1999)), []);
    assert_eq!(list.pass(Duration::from_millis(1)), [done(1)]);
    assert!(!list.has_expiring());
    assert_eq!(shape(&list), [-1]);
    let key = list.shown(0)[0].key;
    assert_eq!(list.dismiss(key), [failed(2)]);
    assert_eq!(list.dismiss(key), []);

    settings.failure_toast_seconds = Some(3);
    list.add([failed(3)], &settings, at(0));
    assert_eq!(list.pass(Duration::from_secs(3)), [failed(3)]);
}

#[test]
fn a_toast_loses_the_jobs_that_were_dismissed_elsewhere_or_go_on() {
    let mut list = ToastList::default();
    let settings = Settings::default();
    list.add(
        [done(1), done(2), done(3), done(4), failed(5)],
        &settings,
        at(0),
    );
    list.remove_alerts(&[AlertId::of(&done(1)), AlertId::of(&done(9))]);
    assert_eq!(shape(&list), [3, -1]);
    list.remove_job(&failed(5).job_id);
    assert_eq!(shape(&list), [3]);
    for n in 2..5 {
        list.remove_job(&done(n).job_id);
    }
    assert!(shape(&list).is_empty());
}

#[test]
fn a_job_has_at_most_one_toast() {
    let mut list = ToastList::default();
    let settings = Settings::default();
    let cancelled = Arc::new(job(1, JobState::Cancelled));
    list.add_undo(cancelled.clone(), at(0));
    list.add_undo(cancelled.clone(), at(1));
    assert_eq!(shape(&list), [0]);
    list.add([failed(1)], &settings, at(2));
    assert_eq!(shape(&list), [-1]);
    list.add_undo(cancelled, at(3));
    assert_eq!(list.pass(Duration::from_millis(4999)), []);
    assert_eq!(list.pass(Duration::from_millis(1)).len(), 1);
}
