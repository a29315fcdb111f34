use super::*;
use crate::job::sample::job;

fn done(n: u32) -> Arc<Job> {
    Arc::new(job(n, JobState::Completed))
}

fn failed(n: u32) -> Arc<Job> {
    Arc::new(job(n, JobState::Failed))
}

/// What stands there: the number of jobs of each toast, with a sign for a failure.
fn shape(list: &ToastList) -> Vec<i32> {
    (list.toasts.iter())
        .map(|toast| match &toast.about {
            About::End(job) if job.state == JobState::Failed => -1,
            About::Cancelled(_) => 0,
            about => i32::try_from(about.jobs().len()).unwrap(),
        })
        .collect()
}

#[test]
fn more_than_three_successes_in_two_seconds_are_one_toast() {
    let settings = Settings::default();
    for (times, expected) in [
        (&[0.0, 500.0, 1000.0][..], &[1, 1, 1][..]),
        (&[0.0, 500.0, 1000.0, 1900.0], &[4]),
        (&[0.0, 500.0, 1000.0, 2000.0], &[1, 1, 1, 1]),
        (&[0.0, 0.0, 0.0, 0.0, 0.0, 1999.0, 3000.0], &[7]),
        (&[0.0, 0.0, 0.0, 0.0, 2000.0], &[4, 1]),
    ] {
        let mut list = ToastList::default();
        for (n, at) in times.iter().enumerate() {
            list.tell([done(u32::try_from(n).unwrap())], &settings, *at);
        }
        assert_eq!(shape(&list), expected, "{times:?}");
    }
}

#[test]
fn failures_stand_singly_among_a_thousand() {
    let mut list = ToastList::default();
    let ends = (0..1000).map(|n| if n % 500 == 7 { failed(n) } else { done(n) });
    list.tell(ends, &Settings::default(), 0.0);
    assert_eq!(shape(&list), [-1, -1, 998]);
    assert_eq!(list.hidden(0), 0);
}

#[test]
fn three_are_shown_and_the_rest_are_counted() {
    let mut list = ToastList::default();
    list.tell((0..5).map(failed), &Settings::default(), 0.0);
    let shown: Vec<_> = (list.shown(0).iter())
        .map(|toast| toast.about.jobs()[0].name.clone())
        .collect();
    assert_eq!(shown, ["job 2", "job 3", "job 4"]);
    assert_eq!(list.hidden(0), 2);
    // A digest has one of their places.
    assert_eq!((list.shown(1).len(), list.hidden(1)), (2, 3));
}

#[test]
fn a_success_leaves_after_its_time_and_a_failure_when_dismissed() {
    let mut settings = Settings {
        toast_seconds: 2,
        ..Settings::default()
    };
    let mut list = ToastList::default();
    list.tell([done(1), failed(2)], &settings, 0.0);
    assert!(list.is_passing());
    assert_eq!(list.pass(1999.0), []);
    assert_eq!(list.pass(1.0), [done(1)]);
    assert!(!list.is_passing());
    assert_eq!(shape(&list), [-1]);
    let key = list.shown(0)[0].key;
    assert_eq!(list.dismiss(key), [failed(2)]);
    assert_eq!(list.dismiss(key), []);

    settings.failure_toast_seconds = Some(3);
    list.tell([failed(3)], &settings, 0.0);
    assert_eq!(list.pass(3000.0), [failed(3)]);
}

#[test]
fn what_is_told_elsewhere_or_moves_on_leaves() {
    let mut list = ToastList::default();
    let settings = Settings::default();
    list.tell(
        [done(1), done(2), done(3), done(4), failed(5)],
        &settings,
        0.0,
    );
    list.told(&[Alert::id_of(&done(1)), Alert::id_of(&done(9))]);
    assert_eq!(shape(&list), [3, -1]);
    list.forget(&failed(5).job_id);
    assert_eq!(shape(&list), [3]);
    for n in 2..5 {
        list.forget(&done(n).job_id);
    }
    assert!(shape(&list).is_empty());
}

#[test]
fn a_job_has_one_toast_at_most() {
    let mut list = ToastList::default();
    let settings = Settings::default();
    let cancelled = Arc::new(job(1, JobState::Cancelled));
    list.offer_undo(cancelled.clone(), 0.0);
    list.offer_undo(cancelled.clone(), 1.0);
    assert_eq!(shape(&list), [0]);
    list.tell([failed(1)], &settings, 2.0);
    assert_eq!(shape(&list), [-1]);
    list.offer_undo(cancelled, 3.0);
    assert_eq!(list.pass(4999.0), []);
    assert_eq!(list.pass(1.0).len(), 1);
}
