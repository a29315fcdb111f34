//! Claims, fencing, wishes and lost workers.

use crate::stage::{film, on_both, progress, request, to};
use jobtray::job::{JobState, RequestedState};
use jobtray::queue::{ClaimRequest, QueueError, Report, Reporter};
use serde_json::json;

#[test]
fn the_oldest_job_is_claimed_first_and_only_once() {
    on_both(|stage| async move {
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
    on_both(|stage| async move {
        stage.submit().await;
        let claim = stage.claim().await;
        for _ in 0..3 {
            stage.wait(9.0);
            let beat = stage.held(&claim, Report::default()).await.unwrap();
            assert_eq!(beat, claim.job);
            assert_eq!(stage.queue.rescue().await.unwrap(), 0);
        }
        stage.wait(10.0);
        assert_eq!(stage.queue.rescue().await.unwrap(), 1);
    });
}

#[test]
fn an_old_worker_is_refused_whenever_it_comes() {
    on_both(|stage| async move {
        let job = stage.submit().await;
        let old = stage.claim().await;
        stage.wait(11.0);
        let late = stage.held(&old, progress(0.5)).await;
        assert!(
            matches!(late, Err(QueueError::LeaseLost)),
            "before anybody noticed"
        );
        let new = stage.claim().await;
        assert_eq!(new.job.attempt, 2, "a lost lease is a lost attempt");
        for report in [Report::default(), progress(0.9), to(JobState::Completed)] {
            let late = stage.held(&old, report).await;
            assert!(matches!(late, Err(QueueError::LeaseLost)));
        }
        let nobody = stage.own(&job.job_id, progress(0.5)).await;
        assert!(matches!(nobody, Err(QueueError::LeaseRequired)));
        stage.held(&new, to(JobState::Completed)).await.unwrap();
        let late = stage.held(&new, to(JobState::Completed)).await;
        assert!(matches!(late, Err(QueueError::LeaseLost)));
        assert_eq!(stage.get(&job.job_id).await.state, JobState::Completed);
    });
}

#[test]
fn a_result_wins_over_a_request_and_cancel_replaces_pause() {
    on_both(|stage| async move {
        let job = stage.submit().await;
        let claim = stage.claim().await;
        stage.pause(&job).await;
        let resumed = stage.resume(&job).await;
        assert_eq!((resumed.state, resumed.wanted), (JobState::Running, None));
        stage.pause(&job).await;
        let requested = stage.queue.cancel(&stage.me, &job.job_id).await.unwrap();
        assert_eq!(requested.wanted, Some(RequestedState::Cancelled));
        let kept = stage.pause(&job).await;
        assert_eq!(
            kept.wanted,
            Some(RequestedState::Cancelled),
            "a pause does not take it back"
        );
        let done = stage.finish(&claim).await;
        assert_eq!((done.state, done.wanted), (JobState::Completed, None));
    });
}

#[test]
fn who_is_being_cancelled_and_ends_without_a_result_was_cancelled() {
    on_both(|stage| async move {
        for end in [JobState::Failed, JobState::Paused, JobState::Queued] {
            let job = stage.submit().await;
            let claim = stage.claim().await;
            stage.queue.cancel(&stage.me, &job.job_id).await.unwrap();
            let ended = stage.held(&claim, to(end)).await.unwrap();
            assert_eq!((ended.state, ended.wanted), (JobState::Cancelled, None));
            assert_eq!(ended.failure, None, "a cancelled job has not failed");
        }
    });
}

#[test]
fn a_built_in_worker_that_pauses_gives_its_lease_back_at_once() {
    on_both(|stage| async move {
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
fn a_queued_job_obeys_at_once() {
    on_both(|stage| async move {
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
    on_both(|stage| async move {
        for (wish, state) in [
            (RequestedState::Paused, JobState::Paused),
            (RequestedState::Cancelled, JobState::Cancelled),
        ] {
            let job = stage.submit().await;
            stage.claim().await;
            match wish {
                RequestedState::Paused => stage.pause(&job).await,
                RequestedState::Cancelled => {
                    stage.queue.cancel(&stage.me, &job.job_id).await.unwrap()
                }
            };
            stage.wait(11.0);
            assert_eq!(stage.queue.rescue().await.unwrap(), 1);
            let job = stage.get(&job.job_id).await;
            assert_eq!((job.state, job.wanted, job.attempt), (state, None, 1));
        }
    });
}

#[test]
fn three_lost_leases_without_a_checkpoint_fail() {
    on_both(|stage| async move {
        let job = stage.submit().await;
        for lost in 1..=5 {
            let claim = stage.claim().await;
            if lost == 2 {
                let kept = Report {
                    checkpoint: Some(json!({ "frames": 24 })),
                    ..Report::default()
                };
                let same = stage.held(&claim, kept).await.unwrap();
                assert_eq!(same.version, claim.job.version, "nobody sees a checkpoint");
            }
            if lost > 2 {
                assert_eq!(claim.checkpoint, Some(json!({ "frames": 24 })));
            }
            stage.wait(11.0);
            stage.queue.rescue().await.unwrap();
            let job = stage.get(&job.job_id).await;
            // The checkpoint in the second run started the count anew.
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
        stage.wait(11.0);
        stage.queue.rescue().await.unwrap();
        let job = stage.get(&job.job_id).await;
        assert_eq!(job.state, JobState::Queued, "a retry counts anew");
    });
}

#[test]
fn a_hand_back_is_no_lost_attempt() {
    on_both(|stage| async move {
        stage.submit().await;
        let claim = stage.claim().await;
        stage.held(&claim, progress(0.5)).await.unwrap();
        let back = stage.held(&claim, to(JobState::Queued)).await.unwrap();
        assert_eq!(
            (back.state, back.attempt, back.progress),
            (JobState::Queued, 1, Some(0.5))
        );
        let again = stage.claim().await;
        assert_eq!((again.job.attempt, again.job.progress), (1, Some(0.5)));
    });
}

#[test]
fn a_worker_over_http_waits_with_its_lease_through_a_pause() {
    on_both(|stage| async move {
        let job = stage.submit().await;
        let claim = stage.claim().await;
        stage.pause(&job).await;
        stage.held(&claim, to(JobState::Paused)).await.unwrap();
        stage.wait(5.0);
        stage.held(&claim, Report::default()).await.unwrap();
        let resumed = stage.resume(&job).await;
        assert_eq!(resumed.state, JobState::Running);
        stage.pause(&job).await;
        stage.held(&claim, to(JobState::Paused)).await.unwrap();
        stage.wait(11.0);
        stage.queue.rescue().await.unwrap();
        let resumed = stage.resume(&job).await;
        assert_eq!((resumed.state, resumed.attempt), (JobState::Queued, 1));
    });
}

#[test]
fn the_previous_process_loses_its_leases_at_once() {
    on_both(|stage| async move {
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
fn a_foreign_studio_sees_and_touches_nothing() {
    on_both(|stage| async move {
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
