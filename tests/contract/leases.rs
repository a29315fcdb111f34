//! Claims, fencing, requested states and lost workers.

use crate::stage::{film, on_both_stores, progress, request, to};
use jobtray::job::{JobState, RequestedState};
use jobtray::queue::{ClaimRequest, QueueError, Report, Reporter};
use serde_json::json;

#[test]
fn the_oldest_job_is_claimed_first_and_only_once() {
    on_both_stores(|stage| async move {
        let first = stage.submit().await;
        let second = stage.submit().await;
        let (a, b) = (stage.claim().await, stage.claim().await);
        assert_eq!((a.job.job_id, b.job.job_id), (first.job_id, second.job_id));
        assert_ne!(a.lease_token, b.lease_token);
        assert!(stage.try_claim().await.is_none());
        let elsewhere = ClaimRequest {
            studio: Some("other".to_owned()),
            ..request("w")
        };
        stage.submit().await;
        assert!(stage.queue.claim(elsewhere).await.unwrap().is_none());
    });
}

#[test]
fn a_heartbeat_extends_the_lease_and_changes_no_version() {
    on_both_stores(|stage| async move {
        stage.submit().await;
        let claim = stage.claim().await;
        for _ in 0..3 {
            stage.advance(9.0);
            let beat = stage
                .report_as_worker(&claim, Report::default())
                .await
                .unwrap();
            assert_eq!(beat, claim.job);
            assert_eq!(stage.queue.rescue().await.unwrap(), 0);
        }
        stage.advance(10.0);
        assert_eq!(stage.queue.rescue().await.unwrap(), 1);
    });
}

#[test]
fn a_report_with_an_old_lease_token_is_rejected() {
    on_both_stores(|stage| async move {
        let job = stage.submit().await;
        let old = stage.claim().await;
        stage.advance(11.0);
        let late = stage.report_as_worker(&old, progress(0.5)).await;
        assert!(
            matches!(late, Err(QueueError::LeaseLost)),
            "the lease has expired, though nobody has rescued the job"
        );
        let new = stage.claim().await;
        assert_eq!(new.job.attempt, 2, "a lost lease ends the attempt");
        for report in [Report::default(), progress(0.9), to(JobState::Completed)] {
            let late = stage.report_as_worker(&old, report).await;
            assert!(matches!(late, Err(QueueError::LeaseLost)));
        }
        let without_lease = stage.report_as_owner(&job.job_id, progress(0.5)).await;
        assert!(matches!(without_lease, Err(QueueError::LeaseRequired)));
        stage
            .report_as_worker(&new, to(JobState::Completed))
            .await
            .unwrap();
        let late = stage.report_as_worker(&new, to(JobState::Completed)).await;
        assert!(matches!(late, Err(QueueError::LeaseLost)));
        assert_eq!(stage.get(&job.job_id).await.state, JobState::Completed);
    });
}

#[test]
fn a_result_wins_over_a_pending_cancel_and_a_cancel_replaces_a_pause() {
    on_both_stores(|stage| async move {
        let job = stage.submit().await;
        let claim = stage.claim().await;
        stage.pause(&job).await;
        let resumed = stage.resume(&job).await;
        assert_eq!((resumed.state, resumed.wanted), (JobState::Running, None));
        stage.pause(&job).await;
        let requested = stage.queue.cancel(&stage.me, &job.job_id).await.unwrap();
        assert_eq!(requested.wanted, Some(RequestedState::Cancelled));
        let unchanged = stage.pause(&job).await;
        assert_eq!(
            unchanged.wanted,
            Some(RequestedState::Cancelled),
            "a pause does not replace a cancel"
        );
        let done = stage.finish(&claim).await;
        assert_eq!((done.state, done.wanted), (JobState::Completed, None));
    });
}

#[test]
fn while_a_cancel_is_pending_any_end_but_success_counts_as_cancelled() {
    on_both_stores(|stage| async move {
        for end in [JobState::Failed, JobState::Paused, JobState::Queued] {
            let job = stage.submit().await;
            let claim = stage.claim().await;
            stage.queue.cancel(&stage.me, &job.job_id).await.unwrap();
            let ended = stage.report_as_worker(&claim, to(end)).await.unwrap();
            assert_eq!((ended.state, ended.wanted), (JobState::Cancelled, None));
            assert_eq!(ended.failure, None, "a cancelled job has no failure");
        }
    });
}

#[test]
fn a_built_in_worker_releases_its_lease_when_it_pauses() {
    on_both_stores(|stage| async move {
        for end in [JobState::Paused, JobState::Queued] {
            let job = stage.submit().await;
            let claim = stage.claim().await;
            stage.pause(&job).await;
            let by = Reporter::Lease(&claim.lease_token);
            let paused = stage.queue.report(by, &job.job_id, to(end)).await.unwrap();
            assert_eq!((paused.state, paused.wanted), (JobState::Paused, None));
            assert_eq!(stage.resume(&job).await.state, JobState::Queued);
            stage.finish(&stage.claim().await).await;
        }
    });
}

#[test]
fn a_queued_job_obeys_commands_at_once() {
    on_both_stores(|stage| async move {
        let job = stage.submit().await;
        let paused = stage.pause(&job).await;
        assert_eq!(paused.state, JobState::Paused);
        assert!(stage.try_claim().await.is_none());
        let queued = stage.resume(&job).await;
        assert_eq!(
            (queued.state, queued.progress),
            (JobState::Queued, Some(0.0))
        );
        let cancelled = stage.queue.cancel(&stage.me, &job.job_id).await.unwrap();
        assert_eq!(cancelled.state, JobState::Cancelled);
        let twice = stage.queue.cancel(&stage.me, &job.job_id).await;
        assert!(matches!(
            twice,
            Err(QueueError::Conflict(JobState::Cancelled))
        ));
    });
}

#[test]
fn a_lost_lease_applies_the_requested_state() {
    on_both_stores(|stage| async move {
        for (requested, state) in [
            (RequestedState::Paused, JobState::Paused),
            (RequestedState::Cancelled, JobState::Cancelled),
        ] {
            let job = stage.submit().await;
            stage.claim().await;
            match requested {
                RequestedState::Paused => stage.pause(&job).await,
                RequestedState::Cancelled => {
                    stage.queue.cancel(&stage.me, &job.job_id).await.unwrap()
                }
            };
            stage.advance(11.0);
            assert_eq!(stage.queue.rescue().await.unwrap(), 1);
            let job = stage.get(&job.job_id).await;
            assert_eq!((job.state, job.wanted, job.attempt), (state, None, 1));
        }
    });
}

#[test]
fn a_job_fails_after_three_lost_leases_without_a_checkpoint() {
    on_both_stores(|stage| async move {
        let job = stage.submit().await;
        for lost in 1..=5 {
            let claim = stage.claim().await;
            if lost == 2 {
                let checkpoint = Report {
                    checkpoint: Some(json!({ "frames": 24 })),
                    ..Report::default()
                };
                let same = stage.report_as_worker(&claim, checkpoint).await.unwrap();
                assert_eq!(
                    same.version, claim.job.version,
                    "a checkpoint is no visible change"
                );
            }
            if lost > 2 {
                assert_eq!(claim.checkpoint, Some(json!({ "frames": 24 })));
            }
            stage.advance(11.0);
            stage.queue.rescue().await.unwrap();
            let job = stage.get(&job.job_id).await;
            // The checkpoint in the second run has reset the count.
            let end = if lost == 4 {
                JobState::Failed
            } else {
                JobState::Queued
            };
            assert_eq!(job.state, end, "after {lost} lost leases");
            if lost == 4 {
                assert_eq!(job.failure.unwrap().code, "worker_lost");
                break;
            }
        }
        stage.queue.retry(&stage.me, &job.job_id).await.unwrap();
        stage.claim().await;
        stage.advance(11.0);
        stage.queue.rescue().await.unwrap();
        let job = stage.get(&job.job_id).await;
        assert_eq!(job.state, JobState::Queued, "a retry resets the count");
    });
}

#[test]
fn a_hand_back_does_not_end_the_attempt() {
    on_both_stores(|stage| async move {
        stage.submit().await;
        let claim = stage.claim().await;
        stage.report_as_worker(&claim, progress(0.5)).await.unwrap();
        let back = stage
            .report_as_worker(&claim, to(JobState::Queued))
            .await
            .unwrap();
        assert_eq!(
            (back.state, back.attempt, back.progress),
            (JobState::Queued, 1, Some(0.5))
        );
        let again = stage.claim().await;
        assert_eq!((again.job.attempt, again.job.progress), (1, Some(0.5)));
    });
}

#[test]
fn a_worker_over_http_keeps_its_lease_during_a_pause() {
    on_both_stores(|stage| async move {
        let job = stage.submit().await;
        let claim = stage.claim().await;
        stage.pause(&job).await;
        stage
            .report_as_worker(&claim, to(JobState::Paused))
            .await
            .unwrap();
        stage.advance(5.0);
        stage
            .report_as_worker(&claim, Report::default())
            .await
            .unwrap();
        let resumed = stage.resume(&job).await;
        assert_eq!(resumed.state, JobState::Running);
        stage.pause(&job).await;
        stage
            .report_as_worker(&claim, to(JobState::Paused))
            .await
            .unwrap();
        stage.advance(11.0);
        stage.queue.rescue().await.unwrap();
        let resumed = stage.resume(&job).await;
        assert_eq!((resumed.state, resumed.attempt), (JobState::Queued, 1));
    });
}

#[test]
fn the_leases_of_the_previous_process_are_released_at_start() {
    on_both_stores(|stage| async move {
        stage.submit().await;
        stage.submit().await;
        let local = stage
            .queue
            .claim(request("local:1"))
            .await
            .unwrap()
            .unwrap();
        let remote = stage.claim().await;
        assert_eq!(stage.queue.release_all().await.unwrap(), 1);
        let job = stage.get(&local.job.job_id).await;
        assert_eq!((job.state, job.attempt), (JobState::Queued, 2));
        assert_eq!(stage.get(&remote.job.job_id).await.state, JobState::Running);
        let by = Reporter::Lease(&local.lease_token);
        let late = stage
            .queue
            .report(by, &local.job.job_id, progress(0.5))
            .await;
        assert!(matches!(late, Err(QueueError::LeaseLost)));
    });
}

#[test]
fn a_user_of_another_studio_can_neither_see_nor_change_a_job() {
    on_both_stores(|stage| async move {
        let job = stage.submit().await;
        let claim = stage.claim().await;
        let stranger = crate::stage::caller("other", "me");
        let by = Reporter::LeaseOf(&stranger, &claim.lease_token);
        for answer in [
            stage.queue.get(&stranger, &job.job_id).await,
            stage.queue.cancel(&stranger, &job.job_id).await,
            stage.queue.retry(&stranger, &job.job_id).await,
            stage.queue.report(by, &job.job_id, progress(0.5)).await,
        ] {
            assert!(matches!(answer, Err(QueueError::NotFound)));
        }
        assert!(matches!(
            stage.queue.input(&stranger, &job.job_id).await,
            Err(QueueError::NotFound)
        ));
        assert!(matches!(
            stage.queue.logs(&stranger, &job.job_id, 0, 9).await,
            Err(QueueError::NotFound)
        ));
        stage
            .queue
            .mark_seen(&stranger, std::slice::from_ref(&job.job_id))
            .await
            .unwrap();
        assert_eq!(stage.get(&job.job_id).await.version, claim.job.version);
        stage.queue.submit(&stranger, film()).await.unwrap();
        assert_eq!(
            stage
                .queue
                .list(&stage.me, crate::lifecycle::all())
                .await
                .unwrap()
                .jobs
                .len(),
            1
        );
    });
}
