use super::{Effects, NewRecord, Record, RuleError, save};
use crate::job::{Eta, Job, JobId, JobState, Timestamp};
use crate::store::record::Lease;
use crate::store::writer::Undo;
use crate::store::{JobStore, Sqlite, StoreError};
use serde_json::{Value, json};
use std::path::Path;

fn record() -> Record {
    let id = JobId::new("film", uuid::Uuid::now_v7());
    let time = Timestamp(0);
    let job = json!({
        "jobId": id, "type": "film", "name": "Film", "state": "queued", "wanted": null,
        "progress": 0.0, "currentStep": null, "estimateSeconds": null, "etaSeconds": null,
        "elapsedSeconds": 0.0, "stalled": false, "attempt": 1, "version": 1,
        "owner": { "id": "me", "name": "Me" }, "notify": "default", "refs": [],
        "createdAt": time, "startedAt": null, "finishedAt": null, "lastUpdatedAt": time,
        "nextAction": null, "failure": null, "result": null,
        "nameText": null, "stepText": null, "failureText": null,
    });
    Record {
        number: 0,
        studio: "studio".to_owned(),
        job: serde_json::from_value::<Job>(job).unwrap(),
        external: false,
        eta: Eta::default(),
        reported_at: None,
        artifact: None,
        lease: None,
        leases_lost: 0,
        next_log: 1,
    }
}

#[tokio::test]
async fn a_row_that_is_not_as_the_rule_saw_it_is_not_written() {
    let store = Sqlite::open("memory:", Path::new("")).await.unwrap();
    let record = record();
    let new = NewRecord {
        record: record.clone(),
        input: Value::Null,
        key: None,
    };
    store.insert(new).await.unwrap();
    let lease = Lease {
        worker: "w".to_owned(),
        token: "another".to_owned(),
        until: Timestamp(1),
        seconds: 1,
    };
    let stale: [fn(&mut Record, Lease); 4] = [
        |record, _| record.job.state = JobState::Running,
        |record, _| record.job.version = 2,
        |record, _| record.studio = "other".to_owned(),
        |record, lease| record.lease = Some(lease),
    ];
    for spoil in stale {
        let mut before = record.clone();
        spoil(&mut before, lease.clone());
        let mut after = record.clone();
        after.job.version = 9;
        let written = store.writer().write(Undo::Guarding, move |tx| {
            Box::pin(async move { save(tx, &before, &after, None).await })
        });
        let refused = written.await;
        assert!(
            matches!(refused, Err(StoreError::Rule(RuleError::Conflict(_)))),
            "{refused:?}"
        );
    }
    let id = record.job.job_id.clone();
    let rule = Box::new(|_: &mut Record| Ok(Effects::default()));
    let kept = store.change(None, &id, rule).await.unwrap();
    assert_eq!(kept.job, record.job);
}
