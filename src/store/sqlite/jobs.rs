//! The job half of the store.
//!
//! # Layout
//! - `row`: how a row of `jobs` is read; `read`: one job and what belongs to it
//! - `list`: pages, newest first; `completed`: what a kind has made; `visible`: what subscribers see; `marks`: ends that
//!   were seen or announced
//! - `write`: the inserts and the one guarded update; `system`: what reads and deletes across studios

mod completed;
mod list;
mod marks;
mod read;
mod row;
mod system;
mod visible;
mod write;

use super::Sqlite;
use super::writer::Undo;
use crate::job::{Job, JobId, LogLine, Scope, Timestamp};
use crate::live::Cursor;
use crate::store::caller::Caller;
use crate::store::error::StoreError;
use crate::store::jobs::{
    ClaimedJob, CommitListener, CompletedJob, CompletedQuery, Due, EndMark, JobChange, JobFiles,
    JobQuery, JobSnapshot, JobStore, LogRange,
};
use crate::store::record::{ChangeRule, IdempotencyKey, NewRecord, PastAttempt, Record};
use async_trait::async_trait;
use serde_json::Value;

#[async_trait]
impl JobStore for Sqlite {
    fn on_commit(&self, listener: CommitListener) {
        self.writer.on_commit(listener);
    }

    async fn insert(&self, new: NewRecord) -> Result<Job, StoreError> {
        self.writer
            .write(Undo::Savepoint, |transaction| {
                Box::pin(write::insert(transaction, new))
            })
            .await
    }

    async fn find_by_key(
        &self,
        caller: &Caller,
        key: &IdempotencyKey,
    ) -> Result<Option<Job>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        read::by_key(&mut connection, &caller.studio, &caller.user, key).await
    }

    async fn change(
        &self,
        studio: Option<&str>,
        id: &JobId,
        rule: ChangeRule,
    ) -> Result<Record, StoreError> {
        let (studio, id) = (studio.map(str::to_owned), id.clone());
        self.writer
            .write(Undo::OnDemand, |transaction| {
                Box::pin(write::change(transaction, studio, id, rule))
            })
            .await
    }

    async fn claim(
        &self,
        studio: Option<&str>,
        kinds: &[String],
        rule: ChangeRule,
    ) -> Result<Option<ClaimedJob>, StoreError> {
        let (studio, kinds) = (studio.map(str::to_owned), kinds.to_vec());
        self.writer
            .write(Undo::Savepoint, |transaction| {
                Box::pin(write::claim(transaction, studio, kinds, rule))
            })
            .await
    }

    async fn record(&self, studio: &str, id: &JobId) -> Result<Option<Record>, StoreError> {
        read::record(&self.readers, studio, id).await
    }

    async fn input(&self, studio: &str, id: &JobId) -> Result<Option<Value>, StoreError> {
        read::input(&self.readers, studio, id).await
    }

    async fn jobs(&self, query: JobQuery) -> Result<Vec<Job>, StoreError> {
        list::jobs(&self.readers, query).await
    }

    async fn completed(&self, query: CompletedQuery<'_>) -> Result<Vec<CompletedJob>, StoreError> {
        completed::newest(&self.readers, query).await
    }

    async fn completed_job(
        &self,
        studio: &str,
        kind: &str,
        id: &JobId,
    ) -> Result<Option<CompletedJob>, StoreError> {
        completed::one(&self.readers, studio, kind, id).await
    }

    async fn snapshot(
        &self,
        caller: &Caller,
        scope: Scope,
        since: Timestamp,
        limit: u32,
    ) -> Result<JobSnapshot, StoreError> {
        visible::snapshot(&self.readers, caller, scope, since, limit).await
    }

    async fn changed_since(
        &self,
        caller: &Caller,
        scope: Scope,
        cursor: Cursor,
        limit: u32,
    ) -> Result<(Cursor, Vec<JobChange>), StoreError> {
        visible::changed_since(&self.readers, caller, scope, cursor, limit).await
    }

    async fn logs(
        &self,
        studio: &str,
        id: &JobId,
        range: LogRange,
        limit: u32,
    ) -> Result<Option<Vec<LogLine>>, StoreError> {
        read::logs(&self.readers, studio, id, range, limit).await
    }

    async fn history(&self, studio: &str, id: &JobId) -> Result<Vec<PastAttempt>, StoreError> {
        read::history(&self.readers, studio, id).await
    }

    async fn ended_with_notify_always(
        &self,
        caller: &Caller,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError> {
        marks::ended_with_notify_always(&self.readers, caller, since, limit).await
    }

    async fn announced(&self, caller: &Caller, since: Timestamp) -> Result<Vec<JobId>, StoreError> {
        marks::announced(&self.readers, caller, since).await
    }

    async fn mark(
        &self,
        caller: &Caller,
        mark: EndMark,
        ids: &[JobId],
    ) -> Result<Vec<JobId>, StoreError> {
        let (caller, ids) = (caller.clone(), ids.to_vec());
        self.writer
            .write(Undo::Savepoint, move |transaction| {
                Box::pin(marks::mark(transaction, caller, mark, ids))
            })
            .await
    }

    async fn due(&self, due: Due) -> Result<Vec<JobId>, StoreError> {
        system::due(&self.readers, due).await
    }

    async fn job_files(&self, ids: &[JobId]) -> Result<Vec<JobFiles>, StoreError> {
        system::job_files(&self.readers, ids).await
    }

    async fn delete_keys(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.writer
            .write(Undo::Savepoint, move |transaction| {
                Box::pin(system::delete_keys(transaction, before))
            })
            .await
    }

    async fn clear(&self) -> Result<(), StoreError> {
        self.writer
            .write(Undo::Savepoint, |transaction| {
                Box::pin(system::clear(transaction))
            })
            .await
    }
}
