//! Snapshots, cursors, and what each subscriber receives.

use crate::stage::{Stage, caller, film, on_both_stores, progress, to};
use jobtray::job::{Job, JobId, JobState, Scope};
use jobtray::live::Message;
use jobtray::queue::{Caller, Changes, Queue};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[test]
fn a_subscriber_is_woken_after_the_commit_and_finds_the_change() {
    on_both_stores(|stage| async move {
        let mut watch = stage.queue.watch("studio");
        let before = stage.queue.snapshot(&stage.me, Scope::Mine).await.unwrap();
        let job = stage.submit().await;
        watch.changed().await.unwrap();
        let received = *watch.borrow_and_update();
        let changes = since(
            &stage.queue,
            &stage.me,
            Scope::Mine,
            &before.epoch,
            before.cursor,
        )
        .await;
        assert_eq!(changes, Some((received, vec![job])));
    });
}

#[test]
fn a_rejected_change_wakes_no_subscriber() {
    on_both_stores(|stage| async move {
        let job = stage.submit().await;
        let mut watch = stage.queue.watch("studio");
        watch.borrow_and_update();
        assert!(stage.queue.retry(&stage.me, &job.job_id).await.is_err());
        assert!(
            stage
                .report_as_owner(&job.job_id, progress(0.5))
                .await
                .is_err()
        );
        let after = stage.queue.snapshot(&stage.me, Scope::Mine).await.unwrap();
        assert!(!watch.has_changed().unwrap());
        assert_eq!(after.cursor, 1, "no change number was used");
    });
}

#[test]
fn a_cursor_is_valid_only_for_its_user_scope_and_epoch_and_at_most_500_jobs_behind() {
    on_both_stores(|stage| async move {
        stage.submit().await;
        let (queue, me) = (&stage.queue, &stage.me);
        let held = queue.snapshot(me, Scope::Mine).await.unwrap();
        assert!(
            since(queue, me, Scope::Mine, &held.epoch, held.cursor)
                .await
                .is_some()
        );
        assert!(
            since(queue, me, Scope::Studio, &held.epoch, held.cursor)
                .await
                .is_none()
        );
        let other = caller("studio", "other");
        assert!(
            since(queue, &other, Scope::Mine, &held.epoch, held.cursor)
                .await
                .is_none()
        );
        assert!(
            since(queue, me, Scope::Mine, "another", held.cursor)
                .await
                .is_none()
        );
        assert!(
            since(queue, me, Scope::Mine, &held.epoch, held.cursor + 1)
                .await
                .is_none()
        );
        for _ in 0..500 {
            stage.submit().await;
        }
        assert!(
            since(queue, me, Scope::Mine, &held.epoch, held.cursor)
                .await
                .is_some()
        );
        stage.submit().await;
        assert!(
            since(queue, me, Scope::Mine, &held.epoch, held.cursor)
                .await
                .is_none()
        );
    });
}

#[test]
fn a_snapshot_contains_active_jobs_and_the_latest_finished_ones() {
    on_both_stores(|stage| async move {
        let old = stage.external().await;
        stage
            .report_as_owner(&old.job_id, to(JobState::Completed))
            .await
            .unwrap();
        let active = stage.external().await;
        stage.advance(25.0 * 3600.0);
        for _ in 0..101 {
            let job = stage.external().await;
            stage
                .report_as_owner(&job.job_id, to(JobState::Completed))
                .await
                .unwrap();
        }
        let failed = stage.external().await;
        stage
            .report_as_owner(&failed.job_id, to(JobState::Failed))
            .await
            .unwrap();
        let theirs = stage
            .queue
            .submit(&caller("studio", "other"), film())
            .await
            .unwrap();

        let mine = stage.queue.snapshot(&stage.me, Scope::Mine).await.unwrap();
        assert_eq!(mine.jobs.len(), 101);
        let holds = |id: &JobId| mine.jobs.iter().any(|job| job.job_id == *id);
        assert!(holds(&active.job_id) && holds(&failed.job_id));
        assert!(!holds(&old.job_id) && !holds(&theirs.job_id));
        let studio = stage
            .queue
            .snapshot(&stage.me, Scope::Studio)
            .await
            .unwrap();
        assert_eq!(studio.jobs.len(), 102);

        let mut tabs = stage.queue.watch_user(&stage.me);
        let seen = std::slice::from_ref(&failed.job_id);
        stage.queue.mark_seen(&stage.me, seen).await.unwrap();
        let job_ids = seen.to_vec();
        assert_eq!(tabs.recv().await.unwrap(), Message::Seen { job_ids });
        let after = stage.queue.snapshot(&stage.me, Scope::Mine).await.unwrap();
        assert_eq!(after.seen, seen);
        assert_eq!(
            after.cursor, studio.cursor,
            "seeing a job does not change it"
        );
        let summary = stage.queue.summary(&stage.me, Scope::Mine).await.unwrap();
        assert_eq!(
            (summary.queued, summary.failed_unseen, summary.ready_unseen),
            (1, 0, 99)
        );
        stage.queue.retry(&stage.me, &failed.job_id).await.unwrap();
        stage
            .report_as_owner(&failed.job_id, to(JobState::Failed))
            .await
            .unwrap();
        let summary = stage.queue.summary(&stage.me, Scope::Mine).await.unwrap();
        assert_eq!(summary.failed_unseen, 1, "the next attempt's end is new");
    });
}

#[test]
fn a_job_seen_by_one_user_is_unseen_for_the_others() {
    on_both_stores(|stage| async move {
        let job = stage.external().await;
        stage
            .report_as_owner(&job.job_id, to(JobState::Completed))
            .await
            .unwrap();
        let ids = std::slice::from_ref(&job.job_id);
        // A user of another studio with the same id.
        let stranger = caller("other", &stage.me.user);
        stage.queue.mark_seen(&stranger, ids).await.unwrap();
        let seen_by = async |who: &Caller| {
            let snapshot = stage.queue.snapshot(who, Scope::Studio).await;
            snapshot.unwrap().seen
        };
        assert!(seen_by(&stage.me).await.is_empty());
        stage.queue.mark_seen(&stage.me, ids).await.unwrap();
        assert_eq!(seen_by(&stage.me).await, ids);
        assert!(seen_by(&caller("studio", "other")).await.is_empty());
    });
}

#[test]
fn a_subscriber_of_another_studio_gets_nothing() {
    on_both_stores(|stage| async move {
        let stranger = caller("other", &stage.me.user);
        for scope in [Scope::Mine, Scope::Studio] {
            let held = stage.queue.snapshot(&stranger, scope).await.unwrap();
            let ended = stage.external().await;
            stage
                .report_as_owner(&ended.job_id, to(JobState::Completed))
                .await
                .unwrap();
            stage.external().await;
            let received = since(&stage.queue, &stranger, scope, &held.epoch, held.cursor).await;
            assert_eq!(received, Some((0, Vec::new())));
            let after = stage.queue.snapshot(&stranger, scope).await.unwrap();
            assert_eq!((after.cursor, after.jobs), (0, Vec::new()));
        }
    });
}

/// The changes since a cursor, or none if the subscriber must start over with a snapshot.
async fn since(
    queue: &Queue,
    who: &Caller,
    scope: Scope,
    epoch: &str,
    cursor: u64,
) -> Option<(u64, Vec<Job>)> {
    match queue.changes(who, scope, epoch, cursor).await.unwrap() {
        Changes::Since { cursor, jobs } => {
            assert!(jobs.is_sorted_by_key(|changed| changed.at));
            assert!(jobs.last().is_none_or(|last| last.at <= cursor));
            Some((
                cursor,
                jobs.into_iter().map(|changed| changed.job).collect(),
            ))
        }
        Changes::Restart(_) => None,
    }
}

/// A subscriber with its cursor and the jobs that it has received.
struct Subscriber {
    who: Caller,
    scope: Scope,
    epoch: String,
    cursor: u64,
    known: BTreeMap<JobId, Job>,
}

impl Subscriber {
    async fn start(queue: &Queue, who: Caller, scope: Scope) -> Self {
        let snapshot = queue.snapshot(&who, scope).await.unwrap();
        Self {
            who,
            scope,
            epoch: snapshot.epoch,
            cursor: snapshot.cursor,
            known: by_id(snapshot.jobs),
        }
    }

    async fn resume(&mut self, queue: &Queue) {
        let (cursor, jobs) = since(queue, &self.who, self.scope, &self.epoch, self.cursor)
            .await
            .expect("a valid cursor");
        assert!(cursor >= self.cursor);
        for job in jobs {
            let before = self.known.insert(job.job_id.clone(), job.clone());
            assert!(
                before.is_none_or(|before| before.version < job.version),
                "received twice"
            );
        }
        self.cursor = cursor;
    }
}

fn by_id(jobs: Vec<Job>) -> BTreeMap<JobId, Job> {
    jobs.into_iter()
        .map(|job| (job.job_id.clone(), job))
        .collect()
}

/// A step of a random story: a job is submitted or changed, or a subscriber resumes.
#[derive(Debug, Clone, Copy)]
enum Step {
    Submit(bool),
    Change(usize, u8),
    Resume(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        any::<bool>().prop_map(Step::Submit),
        (any::<usize>(), 0..6_u8).prop_map(|(job, what)| Step::Change(job, what)),
        (0..5_usize).prop_map(Step::Resume),
    ];
    proptest::collection::vec(step, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]
    #[test]
    fn five_cursors_resumed_at_random_agree_with_the_rows(steps in steps()) {
        on_both_stores(|stage| play(stage, steps.clone()));
    }
}

async fn play(stage: Stage, steps: Vec<Step>) {
    let other = caller("studio", "other");
    let mut subscribers = Vec::new();
    for n in 0..5 {
        let who = if n % 2 == 0 {
            stage.me.clone()
        } else {
            other.clone()
        };
        let scope = if n < 3 { Scope::Mine } else { Scope::Studio };
        subscribers.push(Subscriber::start(&stage.queue, who, scope).await);
    }
    let mut ids = Vec::new();
    for step in steps {
        match step {
            Step::Submit(mine) => {
                let who = if mine { &stage.me } else { &other };
                ids.push(stage.queue.submit(who, film()).await.unwrap().job_id);
            }
            Step::Change(job, what) if !ids.is_empty() => {
                // Some changes are rejected, which subscribers must not notice.
                let (queue, me, id) = (&stage.queue, &stage.me, &ids[job % ids.len()]);
                let _ = match what {
                    0 => queue.pause(me, id).await,
                    1 => queue.resume(me, id).await,
                    2 => queue.cancel(me, id).await,
                    3 => queue.retry(me, id).await,
                    _ => {
                        if let Some(claim) = stage.try_claim().await {
                            stage.report_as_worker(&claim, progress(0.5)).await.unwrap();
                        }
                        continue;
                    }
                };
            }
            Step::Change(..) => {}
            Step::Resume(subscriber) => subscribers[subscriber].resume(&stage.queue).await,
        }
    }
    for mut subscriber in subscribers {
        subscriber.resume(&stage.queue).await;
        let rows = stage
            .queue
            .snapshot(&subscriber.who, subscriber.scope)
            .await
            .unwrap();
        assert_eq!(subscriber.known, by_id(rows.jobs));
        assert_eq!(subscriber.cursor, rows.cursor);
    }
}
