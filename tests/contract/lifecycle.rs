//! A job's life: submitted, run, finished, retried.

use crate::stage::{Stage, caller, on_both_stores, progress, to};
use jobtray::i18n::{FixMessage, Translate, new_failure};
use jobtray::job::{
    Action, Failure, FailureCode, JobId, JobState, Notify, Scope, Stream, Text, Timestamp,
};
use jobtray::queue::{JobFilter, NewLogLine, QueueError, Report, Reporter};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

#[test]
fn a_job_is_created_updated_finished_and_cleared() {
    on_both_stores(|stage| async move {
        let job = stage.submit().await;
        assert!(job.job_id.as_str().starts_with("film_"));
        assert_eq!(job.state, JobState::Queued);
        assert_eq!(job.progress, Some(0.0));
        assert_eq!(job.current_step.as_deref(), Some("Initializing"));
        assert_eq!(
            stage.get(&job.job_id).await,
            job,
            "equal version, equal bytes"
        );

        let unknown = JobId::new("film", Uuid::now_v7());
        let missing = stage.queue.get(&stage.me, &unknown).await;
        assert!(matches!(missing, Err(QueueError::NotFound)));
        let update = stage.report_as_owner(&unknown, progress(0.5)).await;
        assert!(matches!(update, Err(QueueError::NotFound)));
        let page = stage.queue.list(&stage.me, all()).await.unwrap();
        assert_eq!(
            page.jobs,
            std::slice::from_ref(&job),
            "an update of an unknown id changes nothing"
        );

        let claim = stage.claim().await;
        assert_eq!(claim.job.progress, None, "nothing has been reported yet");
        let halfway = Report {
            progress: Some(0.5),
            step: Some("Rendering".to_owned()),
            ..Report::default()
        };
        let running = stage.report_as_worker(&claim, halfway).await.unwrap();
        assert_eq!(running.state, JobState::Running);
        assert_eq!(running.progress, Some(0.5));
        assert_eq!(running.current_step.as_deref(), Some("Rendering"));
        assert!(running.last_updated_at > job.last_updated_at);
        assert_eq!(stage.get(&job.job_id).await, running);

        let lower = stage.report_as_worker(&claim, progress(0.4)).await.unwrap();
        assert_eq!(lower, running, "a lower report is ignored");

        let done = stage.finish(&claim).await;
        assert_eq!(
            (done.state, done.progress),
            (JobState::Completed, Some(1.0))
        );
        let attached = done.result.clone().unwrap();
        assert_eq!(attached.href, format!("/api/v1/jobs/{}/result", job.job_id));
        assert_eq!(attached.page, Some(format!("/segments/{}", job.job_id)));
        let next = done.next_action.clone().unwrap();
        assert_eq!(
            (next.action, next.href),
            (Action::Watch, format!("/segments/{}", job.job_id))
        );
        assert!(done.finished_at.is_some());
        let artifact = stage.queue.artifact(&stage.me, &job.job_id).await.unwrap();
        assert_eq!(artifact.download_name, "Film.mp4");

        let text = serde_json::to_value(&done).unwrap();
        for field in [
            "jobId",
            "type",
            "name",
            "state",
            "wanted",
            "progress",
            "currentStep",
            "estimateSeconds",
            "etaSeconds",
            "elapsedSeconds",
            "stalled",
            "attempt",
            "version",
            "owner",
            "notify",
            "refs",
            "createdAt",
            "startedAt",
            "finishedAt",
            "lastUpdatedAt",
            "nextAction",
            "failure",
            "result",
            "nameText",
            "stepText",
            "failureText",
        ] {
            assert!(text.get(field).is_some(), "{field} is in the JSON");
        }
        assert_eq!(
            serde_json::from_value::<jobtray::job::Job>(text).unwrap(),
            done
        );

        for answer in [
            stage.queue.pause(&stage.me, &job.job_id).await,
            stage.queue.cancel(&stage.me, &job.job_id).await,
            stage.queue.retry(&stage.me, &job.job_id).await,
        ] {
            assert!(matches!(
                answer,
                Err(QueueError::Conflict(JobState::Completed))
            ));
        }
        stage.queue.clear().await.unwrap();
        assert!(matches!(
            stage.queue.get(&stage.me, &job.job_id).await,
            Err(QueueError::NotFound)
        ));
    });
}

#[test]
fn a_retried_job_keeps_its_failed_attempt_in_the_history() {
    on_both_stores(|stage| async move {
        let job = stage.submit().await;
        let claim = stage.claim().await;
        stage.advance(5.0);
        stage.report_as_worker(&claim, progress(0.7)).await.unwrap();
        let failure = Failure {
            fix: String::new(),
            ..new_failure(FailureCode::UpstreamUnavailable, "The model was away.")
        };
        let failed = Report {
            failure: Some(failure),
            ..to(JobState::Failed)
        };
        let failed = stage.report_as_worker(&claim, failed).await.unwrap();
        let shown = failed.failure.clone().unwrap();
        assert_eq!(shown.fix, FixMessage::UpstreamUnavailable.english());
        assert_eq!(failed.next_action.clone().unwrap().action, Action::Retry);

        let again = stage.queue.retry(&stage.me, &job.job_id).await.unwrap();
        assert_eq!((again.state, again.attempt), (JobState::Queued, 2));
        assert_eq!((again.progress, again.elapsed_seconds), (Some(0.0), 0.0));
        assert_eq!(
            (again.failure, again.result, again.next_action),
            (None, None, None)
        );
        let past = stage.queue.history(&stage.me, &job.job_id).await.unwrap();
        assert_eq!(past.len(), 1);
        assert_eq!(past[0].failure, Some(shown));
        assert!((past[0].elapsed_seconds - failed.elapsed_seconds).abs() < 1e-9);
    });
}

#[test]
fn a_retry_starts_from_the_beginning() {
    on_both_stores(|stage| async move {
        let job = stage.submit().await;
        let claim = stage.claim().await;
        let far = Report {
            step: Some("Rendering".to_owned()),
            step_text: Some(Text::new("step.rendering")),
            checkpoint: Some(json!({ "frames": 24 })),
            ..progress(0.7)
        };
        stage.report_as_worker(&claim, far).await.unwrap();
        let failed = Report {
            failure_text: Some(Text::new("failure.panicked")),
            ..to(JobState::Failed)
        };
        let failed = stage.report_as_worker(&claim, failed).await.unwrap();
        assert!(failed.started_at.is_some() && failed.failure_text.is_some());

        let again = stage.queue.retry(&stage.me, &job.job_id).await.unwrap();
        assert_eq!((again.started_at, again.finished_at), (None, None));
        assert_eq!(
            (again.current_step, again.step_text),
            (job.current_step, job.step_text)
        );
        assert_eq!((again.failure_text, again.eta_seconds), (None, None));
        let claim = stage.claim().await;
        assert_eq!(
            claim.checkpoint, None,
            "it may be why the last attempt failed"
        );
    });
}

#[test]
fn only_its_owner_can_report_on_an_external_job() {
    on_both_stores(|stage| async move {
        let job = stage.external().await;
        for other in [caller("studio", "other"), caller("other", "me")] {
            let by = Reporter::Owner(&other);
            let report = stage.queue.report(by, &job.job_id, progress(0.5)).await;
            assert!(matches!(report, Err(QueueError::NotFound)));
        }
        assert_eq!(stage.get(&job.job_id).await, job);
    });
}

#[test]
fn paused_time_is_not_elapsed_and_a_resumed_job_keeps_its_progress() {
    on_both_stores(|stage| async move {
        let job = stage.submit().await;
        let claim = stage.claim().await;
        stage.advance(9.0);
        stage.report_as_worker(&claim, progress(0.5)).await.unwrap();
        let requested = stage.pause(&job).await;
        assert_eq!(requested.wanted, Some(jobtray::job::RequestedState::Paused));
        let by = Reporter::Lease(&claim.lease_token);
        let paused = stage
            .queue
            .report(by, &job.job_id, to(JobState::Paused))
            .await
            .unwrap();
        assert_eq!((paused.state, paused.wanted), (JobState::Paused, None));
        stage.advance(1000.0);
        let queued = stage.resume(&job).await;
        assert_eq!(
            queued.state,
            JobState::Queued,
            "the worker has released its lease"
        );
        let claim = stage.claim().await;
        assert_eq!((claim.job.attempt, claim.job.progress), (1, Some(0.5)));
        assert_eq!(
            claim.job.eta_seconds, None,
            "progress of an earlier run is no evidence"
        );
        stage.advance(2.0);
        let running = stage.report_as_worker(&claim, progress(0.6)).await.unwrap();
        assert!(
            (11.0..11.1).contains(&running.elapsed_seconds),
            "{}",
            running.elapsed_seconds
        );
        stage.advance(2.0);
        let running = stage.report_as_worker(&claim, progress(0.7)).await.unwrap();
        let eta = running.eta_seconds.expect("two samples are evidence");
        assert!((eta - 6.0).abs() < 0.1, "{eta}");
    });
}

#[test]
fn log_lines_stay_in_order_and_within_their_limits() {
    on_both_stores(|stage| async move {
        let job = stage.external().await;
        let line = |text: String| NewLogLine {
            stream: Stream::Stderr,
            text,
            at: None,
        };
        for batch in 0..3 {
            let log = (0..100)
                .map(|n| line(format!("{}", batch * 100 + n)))
                .collect();
            stage
                .report_as_owner(
                    &job.job_id,
                    Report {
                        log,
                        ..Report::default()
                    },
                )
                .await
                .unwrap();
        }
        let long = vec![line("é".repeat(10_000) + "\n"), line("a\0b".to_owned())];
        stage
            .report_as_owner(
                &job.job_id,
                Report {
                    log: long,
                    ..Report::default()
                },
            )
            .await
            .unwrap();
        let page = stage
            .queue
            .logs(&stage.me, &job.job_id, 0, 300)
            .await
            .unwrap();
        let texts: Vec<_> = page.lines.iter().map(|line| line.text.clone()).collect();
        assert_eq!(texts, (0..300).map(|n| n.to_string()).collect::<Vec<_>>());
        assert_eq!(page.next, 300);
        let rest = stage
            .queue
            .logs(&stage.me, &job.job_id, page.next, 300)
            .await
            .unwrap();
        assert!(rest.lines[0].text.len() <= 8 * 1024 && rest.lines[0].text.ends_with('…'));
        assert_eq!(rest.lines[1].text, "a\u{fffd}b");
        assert_eq!(rest.lines[1].seq, 302);
        let last = (stage.queue.last_logs(&stage.me, &job.job_id, 2).await).unwrap();
        assert_eq!((last.lines, last.next), (rest.lines, 302));
        let foreign = stage
            .queue
            .last_logs(&caller("other", "me"), &job.job_id, 2)
            .await;
        assert!(matches!(foreign, Err(QueueError::NotFound)));
    });
}

#[test]
fn a_long_log_keeps_the_newest_lines() {
    on_both_stores(|stage| async move {
        let job = stage.external().await;
        for _ in 0..11 {
            let log = vec![
                NewLogLine {
                    stream: Stream::Stdout,
                    text: "x".to_owned(),
                    at: None
                };
                1000
            ];
            stage
                .report_as_owner(
                    &job.job_id,
                    Report {
                        log,
                        ..Report::default()
                    },
                )
                .await
                .unwrap();
        }
        let first = stage
            .queue
            .logs(&stage.me, &job.job_id, 0, 1)
            .await
            .unwrap();
        assert_eq!(first.lines[0].seq, 1001);
    });
}

#[test]
fn a_silent_job_is_stalled_until_it_reports() {
    on_both_stores(|stage| async move {
        let job = stage.external().await;
        let running = stage
            .report_as_owner(&job.job_id, progress(0.1))
            .await
            .unwrap();
        stage.advance(29.0);
        assert_eq!(stage.queue.mark_stalled().await.unwrap(), 0);
        stage.advance(2.0);
        assert_eq!(stage.queue.mark_stalled().await.unwrap(), 1);
        let stalled = stage.get(&job.job_id).await;
        assert!(stalled.stalled && stalled.version == running.version + 1);
        assert_eq!(stage.queue.mark_stalled().await.unwrap(), 0);
        let again = stage
            .report_as_owner(&job.job_id, progress(0.1))
            .await
            .unwrap();
        assert!(!again.stalled);
    });
}

pub fn all() -> JobFilter {
    JobFilter {
        scope: Scope::Studio,
        limit: 100,
        ..JobFilter::default()
    }
}

#[test]
fn an_external_job_obeys_commands_at_once_and_may_complete_without_a_result() {
    on_both_stores(|stage: Stage| async move {
        let job = stage.external().await;
        assert_eq!(job.name, "Chore");
        assert!(stage.try_claim().await.is_none(), "no worker claims it");
        let running = stage
            .report_as_owner(&job.job_id, progress(0.2))
            .await
            .unwrap();
        assert_eq!(running.state, JobState::Running);
        let paused = stage.pause(&job).await;
        assert_eq!((paused.state, paused.wanted), (JobState::Paused, None));
        let late = stage.report_as_owner(&job.job_id, progress(0.3)).await;
        assert!(matches!(late, Err(QueueError::Conflict(JobState::Paused))));
        stage.resume(&job).await;
        let done = stage
            .report_as_owner(&job.job_id, to(JobState::Completed))
            .await
            .unwrap();
        let next = done.next_action.unwrap();
        assert_eq!(
            (next.action, next.href),
            (Action::Open, format!("/jobs/{}", job.job_id))
        );

        let other = stage.external().await;
        stage.queue.cancel(&stage.me, &other.job_id).await.unwrap();
        let late = stage
            .report_as_owner(&other.job_id, to(JobState::Completed))
            .await;
        assert!(matches!(
            late,
            Err(QueueError::Conflict(JobState::Cancelled))
        ));
    });
}

#[test]
fn an_end_stays_acknowledged_until_the_next_attempt_ends() {
    on_both_stores(|stage| async move {
        let (queue, me) = (&stage.queue, &stage.me);
        let since = queue.now();
        let job = stage.external().await.job_id;
        let end = || {
            let report = Report {
                state: Some(JobState::Failed),
                ..Report::default()
            };
            stage.report_as_owner(&job, report)
        };
        let ids = std::slice::from_ref(&job);
        queue.acknowledge(me, ids).await.unwrap();
        assert!(
            queue.acknowledged(me, since).await.unwrap().is_empty(),
            "it has not ended"
        );
        end().await.unwrap();
        for stranger in [
            &caller(&me.studio, "somebody"),
            &caller("another", &me.user),
        ] {
            queue.acknowledge(stranger, ids).await.unwrap();
            assert!(
                queue
                    .acknowledged(stranger, since)
                    .await
                    .unwrap()
                    .is_empty()
            );
        }
        assert!(queue.acknowledged(me, since).await.unwrap().is_empty());
        queue.acknowledge(me, ids).await.unwrap();
        assert_eq!(queue.acknowledged(me, since).await.unwrap(), ids);
        let later = Timestamp(queue.now().0 + 3_600_000);
        assert!(queue.acknowledged(me, later).await.unwrap().is_empty());
        queue.retry(me, &job).await.unwrap();
        end().await.unwrap();
        assert!(
            queue.acknowledged(me, since).await.unwrap().is_empty(),
            "another end"
        );
    });
}

#[test]
fn a_completed_job_ignores_a_change_of_its_notify_option() {
    on_both_stores(|stage| async move {
        let job = stage.external().await;
        let report = Report {
            state: Some(JobState::Completed),
            ..Report::default()
        };
        let done = stage.report_as_owner(&job.job_id, report).await.unwrap();
        let changed = stage
            .queue
            .set_notify(&stage.me, &job.job_id, Notify::Always);
        assert_eq!(changed.await.unwrap(), done);
        assert_eq!(stage.queue.get(&stage.me, &job.job_id).await.unwrap(), done);
    });
}

#[test]
fn ready_notices_contain_only_finished_jobs_of_the_caller_with_notify_always() {
    on_both_stores(|stage| async move {
        let before = stage.queue.now();
        let mut ids = Vec::new();
        for (state, notify) in [
            (JobState::Completed, Notify::Always),
            (JobState::Failed, Notify::Always),
            (JobState::Cancelled, Notify::Always),
            (JobState::Running, Notify::Always),
            (JobState::Completed, Notify::Default),
        ] {
            let job = stage.external().await;
            let changed = stage.queue.set_notify(&stage.me, &job.job_id, notify);
            changed.await.unwrap();
            let report = Report {
                state: Some(state),
                ..Report::default()
            };
            stage.report_as_owner(&job.job_id, report).await.unwrap();
            ids.push(job.job_id);
        }
        let ready = stage.queue.ready_notices(&stage.me, before).await.unwrap();
        let found: BTreeSet<_> = ready.into_iter().map(|job| job.job_id).collect();
        assert_eq!(found, ids.into_iter().take(2).collect());
        let later = Timestamp(stage.queue.now().0 + 3_600_000);
        assert!(
            stage
                .queue
                .ready_notices(&stage.me, later)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            stage
                .queue
                .ready_notices(&caller("other", "me"), before)
                .await
                .unwrap()
                .is_empty()
        );
    });
}
