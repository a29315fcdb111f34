//! Lists of the completed jobs of a kind.

use crate::stage::{Stage, caller, film, on_both_stores, result, to};
use jobtray::job::JobState;
use jobtray::queue::{NewJob, NewResult, QueueError, Report};
use serde_json::{Value, json};

/// Completes a film of a scene, and returns its id.
async fn complete(stage: &Stage, scene: &str, result: Option<NewResult>) -> String {
    let new = NewJob {
        input: json!({ "sceneId": scene }),
        ..film()
    };
    stage.advance(1.0);
    let job = stage.queue.submit(&stage.me, new).await.unwrap();
    let claim = stage.claim().await;
    assert_eq!(claim.job.job_id, job.job_id);
    let done = Report {
        result,
        ..to(JobState::Completed)
    };
    stage.report_as_worker(&claim, done).await.unwrap();
    job.job_id.to_string()
}

/// All ids of a list, read two at a time.
async fn ids(stage: &Stage, reference: Option<&str>) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), None::<String>);
    loop {
        let part = stage
            .queue
            .completed(&stage.me, "film", reference, after.as_deref(), 2)
            .await
            .unwrap();
        assert!(part.items.len() <= 2);
        ids.extend(part.items.iter().map(|job| job.id.to_string()));
        after = part.next_cursor;
        if after.is_none() {
            return ids;
        }
    }
}

#[test]
fn a_list_has_each_completed_job_once_with_the_newest_first() {
    on_both_stores(|stage| async move {
        let mut all = Vec::new();
        for scene in ["a", "b", "a", "b", "a"] {
            all.insert(0, complete(&stage, scene, Some(result())).await);
        }
        let failed = stage.submit().await;
        let claim = stage.claim().await;
        stage
            .report_as_worker(&claim, to(JobState::Failed))
            .await
            .unwrap();
        stage.submit().await;
        assert_eq!(ids(&stage, None).await, all);
        assert!(!all.contains(&failed.job_id.to_string()));
        let of_a = [&all[0], &all[2], &all[4]].map(String::clone);
        assert_eq!(ids(&stage, Some("scene:a")).await, of_a);
        assert!(ids(&stage, Some("scene:c")).await.is_empty());
    });
}

#[test]
fn details_are_kept_and_a_job_without_a_result_is_listed_without_them() {
    on_both_stores(|stage| async move {
        let details = json!({ "frames": 24 });
        let with_details = NewResult {
            details: Some(details.clone()),
            ..result()
        };
        let first = complete(&stage, "a", Some(with_details)).await;
        let second = complete(&stage, "a", None).await;
        let list = stage.queue.completed(&stage.me, "film", None, None, 10);
        let [newest, oldest] = list.await.unwrap().items.try_into().unwrap();
        assert_eq!(
            (newest.id.as_str(), oldest.id.as_str()),
            (&*second, &*first)
        );
        assert_eq!((newest.bytes, &*newest.media_type), (0, ""));
        assert_eq!(newest.details, Value::Null);
        assert_eq!((oldest.bytes, &*oldest.media_type), (9, "video/mp4"));
        assert_eq!(oldest.details, details);
        assert_eq!(oldest.input["sceneId"], "a");
        let job = stage.get(&oldest.id).await;
        let shown = serde_json::to_value(&job).unwrap();
        assert!(
            !shown.to_string().contains("frames"),
            "details are internal"
        );
    });
}

#[test]
fn another_studio_or_kind_finds_nothing_and_a_foreign_cursor_is_rejected() {
    on_both_stores(|stage| async move {
        complete(&stage, "a", Some(result())).await;
        let list = stage.queue.completed(&stage.me, "film", None, None, 10);
        let id = &list.await.unwrap().items[0].id;
        let stranger = caller("other", "me");
        for (who, kind) in [(&stranger, "film"), (&stage.me, "story")] {
            let list = stage.queue.completed(who, kind, None, None, 10).await;
            assert!(list.unwrap().items.is_empty(), "{kind}");
            let list = stage.queue.completed(who, kind, Some("scene:a"), None, 10);
            assert!(list.await.unwrap().items.is_empty(), "{kind}");
            let one = stage.queue.completed_job(who, kind, id).await;
            assert!(matches!(one, Err(QueueError::NotFound)), "{one:?}");
            for cursor in [id.as_str(), "", "zz", "film_0"] {
                let list = stage.queue.completed(who, kind, None, Some(cursor), 10);
                let Err(QueueError::Invalid(error)) = list.await else {
                    panic!("the cursor {cursor:?} was accepted");
                };
                assert_eq!(error.field, "cursor");
            }
        }
    });
}
