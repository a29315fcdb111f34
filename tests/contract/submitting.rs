//! Submitting jobs: limits, idempotency, concurrency, and lists.

use crate::lifecycle::all;
use crate::stage::{Stage, film, on_both_stores, to};
use jobtray::job::{JobState, Scope};
use jobtray::queue::{JobFilter, NewJob, NewResult, QueueError, Report};
use serde_json::json;
use std::collections::HashSet;

#[test]
fn one_idempotency_key_creates_one_job() {
    on_both_stores(|stage| async move {
        let keyed = NewJob {
            idempotency_key: Some("k".to_owned()),
            input: json!({ "sceneId": "s1", "b": 2 }),
            ..film()
        };
        let first = stage.queue.submit(&stage.me, keyed.clone()).await.unwrap();
        let again = stage.queue.submit(&stage.me, keyed.clone()).await.unwrap();
        assert_eq!(first, again);
        let other_body = NewJob {
            name: Some("Other".to_owned()),
            ..keyed.clone()
        };
        let reused = stage.queue.submit(&stage.me, other_body).await;
        assert!(matches!(reused, Err(QueueError::KeyReused)));
        let somebody = crate::stage::caller("studio", "somebody else");
        let theirs = stage.queue.submit(&somebody, keyed.clone()).await.unwrap();
        assert_ne!(theirs.job_id, first.job_id);

        let at_once = NewJob {
            idempotency_key: Some("many".to_owned()),
            ..film()
        };
        let tries = (0..20).map(|_| stage.queue.submit(&stage.me, at_once.clone()));
        let ids: HashSet<_> = futures::future::join_all(tries)
            .await
            .into_iter()
            .map(|job| job.unwrap().job_id)
            .collect();
        assert_eq!(ids.len(), 1);
    });
}

#[test]
fn an_idempotency_key_expires_after_a_day_and_its_job_does_not() {
    on_both_stores(|stage| async move {
        let keyed = NewJob {
            idempotency_key: Some("k".to_owned()),
            ..film()
        };
        let submit = || async {
            let job = stage.queue.submit(&stage.me, keyed.clone()).await;
            job.unwrap().job_id
        };
        let first = submit().await;
        stage.advance(24.0 * 3600.0);
        let recent = NewJob {
            idempotency_key: Some("recent".to_owned()),
            ..film()
        };
        let other = stage.queue.submit(&stage.me, recent.clone()).await.unwrap();
        assert_eq!(stage.queue.delete_old_keys().await.unwrap(), 0);
        assert_eq!(submit().await, first, "it is not older than a day");

        stage.advance(0.001);
        assert_eq!(stage.queue.delete_old_keys().await.unwrap(), 1);
        assert_ne!(submit().await, first);
        assert_eq!(stage.get(&first).await.job_id, first);
        let again = stage.queue.submit(&stage.me, recent).await.unwrap();
        assert_eq!(again.job_id, other.job_id);
    });
}

#[test]
fn a_field_over_its_limit_is_named_and_nothing_is_stored() {
    on_both_stores(|stage| async move {
        let cases = [
            (
                "type",
                NewJob {
                    kind: "No Kind".to_owned(),
                    ..film()
                },
            ),
            (
                "type",
                NewJob {
                    kind: "unknown".to_owned(),
                    ..film()
                },
            ),
            (
                "name",
                NewJob {
                    name: Some(String::new()),
                    ..film()
                },
            ),
            (
                "name",
                NewJob {
                    name: Some("x".repeat(201)),
                    ..film()
                },
            ),
            (
                "name",
                NewJob {
                    name: Some("a\0".to_owned()),
                    ..film()
                },
            ),
            (
                "name",
                NewJob {
                    name: Some("a\nb".to_owned()),
                    ..film()
                },
            ),
            (
                "input",
                NewJob {
                    input: json!("x"),
                    ..film()
                },
            ),
            (
                "input",
                NewJob {
                    input: json!({ "a": ["\0"] }),
                    ..film()
                },
            ),
            (
                "input",
                NewJob {
                    input: json!({ "a": "x".repeat(1 << 20) }),
                    ..film()
                },
            ),
            (
                "refs",
                NewJob {
                    refs: vec!["nothing".to_owned()],
                    ..film()
                },
            ),
            (
                "refs",
                NewJob {
                    refs: vec![format!("a:{}", "x".repeat(200))],
                    ..film()
                },
            ),
            (
                "refs",
                NewJob {
                    refs: vec!["a:1".to_owned(); 21],
                    ..film()
                },
            ),
            (
                "Idempotency-Key",
                NewJob {
                    idempotency_key: Some("x".repeat(256)),
                    ..film()
                },
            ),
        ];
        for (field, new) in cases {
            assert_invalid(&stage.queue.submit(&stage.me, new).await, field);
        }
        assert!(
            stage
                .queue
                .list(&stage.me, all())
                .await
                .unwrap()
                .jobs
                .is_empty()
        );

        let job = stage.external().await;
        let page = |page: &str| Report {
            result: Some(NewResult {
                page: Some(page.to_owned()),
                ..crate::stage::result()
            }),
            ..to(JobState::Completed)
        };
        let failure = |code: &str| Report {
            failure: Some(jobtray::job::Failure {
                code: code.to_owned(),
                summary: "No.".to_owned(),
                retryable: false,
                fix: "Yes.".to_owned(),
                fix_text: None,
            }),
            ..to(JobState::Failed)
        };
        let cases = [
            ("progress", crate::stage::progress(1.01)),
            ("progress", crate::stage::progress(-0.1)),
            ("progress", crate::stage::progress(f64::NAN)),
            (
                "currentStep",
                Report {
                    step: Some("x".repeat(501)),
                    ..Report::default()
                },
            ),
            ("result.page", page("//evil.example")),
            ("result.page", page("javascript:alert(1)")),
            ("result.page", page("/\\evil.example")),
            ("failure.code", failure("Not A Code")),
        ];
        for (field, report) in cases {
            assert_invalid(&stage.report_as_owner(&job.job_id, report).await, field);
        }
        assert_eq!(stage.get(&job.job_id).await, job);
        for limit in [0, 201] {
            let filter = JobFilter { limit, ..all() };
            assert_invalid(&stage.queue.list(&stage.me, filter).await, "limit");
        }
        let filter = JobFilter {
            cursor: Some("zzz".to_owned()),
            ..all()
        };
        assert_invalid(&stage.queue.list(&stage.me, filter).await, "cursor");
    });
}

fn assert_invalid<T: std::fmt::Debug>(answer: &Result<T, QueueError>, expected: &str) {
    let named = matches!(answer, Err(QueueError::Invalid(error)) if error.field == expected);
    assert!(named, "{expected}: {answer:?}");
}

#[test]
fn concurrent_submissions_and_claims_lose_no_job() {
    on_both_stores(|stage| async move {
        let threads = (0..8).map(|_| {
            let (queue, me) = (stage.queue.clone(), stage.me.clone());
            tokio::spawn(async move {
                for _ in 0..25 {
                    let job = queue.submit(&me, film()).await.unwrap();
                    queue.cancel(&me, &job.job_id).await.unwrap();
                    queue.retry(&me, &job.job_id).await.unwrap();
                }
            })
        });
        for thread in threads.collect::<Vec<_>>() {
            thread.await.unwrap();
        }
        let snapshot = stage.queue.snapshot(&stage.me, Scope::Mine).await.unwrap();
        assert_eq!(snapshot.jobs.len(), 200);
        assert_eq!(snapshot.cursor, 600, "every write used one change number");
        let workers = (0..8).map(|_| {
            let queue = stage.queue.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                while let Some(claim) = queue.claim(crate::stage::request("w")).await.unwrap() {
                    mine.push(claim.job.job_id);
                }
                mine
            })
        });
        let mut claimed = HashSet::new();
        for worker in workers.collect::<Vec<_>>() {
            for id in worker.await.unwrap() {
                assert!(claimed.insert(id), "claimed twice");
            }
        }
        assert_eq!(claimed.len(), 200);
    });
}

#[test]
fn a_list_has_pages_and_filters() {
    on_both_stores(|stage: Stage| async move {
        let mut submitted = Vec::new();
        for n in 0..7 {
            let new = NewJob {
                refs: vec![format!("scene:{}", n % 2)],
                ..film()
            };
            submitted.push(stage.queue.submit(&stage.me, new).await.unwrap());
            stage.advance(0.001 * f64::from(n % 3));
        }
        let other = crate::stage::caller("studio", "other");
        let theirs = stage.queue.submit(&other, film()).await.unwrap();
        let mut listed = Vec::new();
        let mut cursor = None;
        loop {
            let filter = JobFilter {
                cursor,
                limit: 2,
                ..JobFilter::default()
            };
            let page = stage.queue.list(&stage.me, filter).await.unwrap();
            listed.extend(page.jobs);
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert!(
            listed
                .windows(2)
                .all(|pair| pair[0].created_at >= pair[1].created_at)
        );
        let ids: HashSet<_> = listed.iter().map(|job| &job.job_id).collect();
        assert_eq!(ids, submitted.iter().map(|job| &job.job_id).collect());
        let count = async |filter: JobFilter| {
            stage
                .queue
                .list(&stage.me, filter)
                .await
                .unwrap()
                .jobs
                .len()
        };
        assert_eq!(count(all()).await, 8);
        assert_eq!(
            count(JobFilter {
                reference: Some("scene:0".to_owned()),
                ..all()
            })
            .await,
            4
        );
        assert_eq!(
            count(JobFilter {
                kind: Some("chore".to_owned()),
                ..all()
            })
            .await,
            0
        );
        stage.queue.cancel(&stage.me, &theirs.job_id).await.unwrap();
        let states = vec![JobState::Cancelled, JobState::Failed];
        assert_eq!(count(JobFilter { states, ..all() }).await, 1);
    });
}
