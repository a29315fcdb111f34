use super::{claimable, save};
use crate::job::{JobState, Timestamp};
use crate::store::error::{RuleError, StoreError};
use crate::store::jobs::JobStore;
use crate::store::record::{Effects, Lease, Record};
use crate::store::sample::new_record;
use crate::store::sqlite::Sqlite;
use crate::store::sqlite::plan::query_plan;
use crate::store::sqlite::writer::Undo;
use std::path::Path;

#[tokio::test]
async fn a_row_that_changed_after_the_rule_read_it_is_not_overwritten() {
    let store = Sqlite::open("memory:", Path::new("")).await.unwrap();
    let new = new_record(1);
    let record = new.record.clone();
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
        let written = store.writer.write(Undo::OnDemand, move |transaction| {
            Box::pin(async move { save(transaction, &before, &after).await })
        });
        let rejected = written.await;
        assert!(
            matches!(rejected, Err(StoreError::Rule(RuleError::Conflict(_)))),
            "{rejected:?}"
        );
    }
    let id = record.job.job_id.clone();
    let rule = Box::new(|_: &mut Record| Ok(Effects::default()));
    let stored = store.change(None, &id, rule).await.unwrap();
    assert_eq!(stored.job, record.job);
}

#[tokio::test]
async fn a_claim_walks_the_claimable_jobs_in_order() {
    let kinds = vec!["a".to_owned(), "b".to_owned()];
    let plan = query_plan(claimable(None, kinds).sql().as_str()).await;
    let walk = "SCAN jobs USING COVERING INDEX jobs_claimable".to_owned();
    assert!(plan.contains(&walk), "{plan:?}");
    let sorts = plan.iter().any(|step| step.contains("TEMP B-TREE"));
    assert!(!sorts, "{plan:?}");
}
