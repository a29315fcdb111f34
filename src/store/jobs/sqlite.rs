//! The jobs' part of the store on SQLite.

use super::{Changed, Due, JobStore, PageQuery, Shown, Standing, Taken, page, read, tray, write};
use crate::job::{Job, JobId, LogLine, Scope, Timestamp};
use crate::live::Cursor;
use crate::store::record::{ChangeRule, Key, NewRecord, PastAttempt, Record};
use crate::store::writer::{Announce, Undo};
use crate::store::{Caller, Sqlite, StoreError, system};
use async_trait::async_trait;
use serde_json::Value;

#[async_trait]
impl JobStore for Sqlite {
    fn announce_to(&self, announce: Announce) {
        self.writer().announce_to(announce);
    }

    async fn insert(&self, new: NewRecord) -> Result<Job, StoreError> {
        self.writer()
            .write(Undo::Whole, move |tx| Box::pin(write::insert(tx, new)))
            .await
    }

    async fn by_key(&self, caller: &Caller, key: &Key) -> Result<Option<Job>, StoreError> {
        let mut connection = self.readers().acquire().await?;
        write::by_key(&mut connection, &caller.studio, &caller.user, key).await
    }

    async fn change(
        &self,
        studio: Option<&str>,
        id: &JobId,
        rule: ChangeRule,
    ) -> Result<Record, StoreError> {
        let (studio, id) = (studio.map(str::to_owned), id.clone());
        self.writer()
            .write(Undo::Guarding, move |tx| {
                Box::pin(async move { write::change(tx, studio.as_deref(), &id, rule).await })
            })
            .await
    }

    async fn take(
        &self,
        studio: Option<&str>,
        kinds: &[String],
        rule: ChangeRule,
    ) -> Result<Option<Taken>, StoreError> {
        let (studio, kinds) = (studio.map(str::to_owned), kinds.to_vec());
        self.writer()
            .write(Undo::Whole, move |tx| {
                Box::pin(async move {
                    let number = system::claimable(tx, studio.as_deref(), &kinds).await?;
                    write::take(tx, number, rule).await
                })
            })
            .await
    }

    async fn record(&self, studio: &str, id: &JobId) -> Result<Option<Record>, StoreError> {
        read::record(self.readers(), studio, id).await
    }

    async fn input(&self, studio: &str, id: &JobId) -> Result<Option<Value>, StoreError> {
        read::input(self.readers(), studio, id).await
    }

    async fn page(&self, query: PageQuery) -> Result<Vec<Job>, StoreError> {
        page::page(self.readers(), query).await
    }

    async fn shown(
        &self,
        caller: &Caller,
        scope: Scope,
        since: Timestamp,
        limit: u32,
    ) -> Result<Shown, StoreError> {
        tray::shown(self.readers(), caller, scope, since, limit).await
    }

    async fn changed_since(
        &self,
        caller: &Caller,
        scope: Scope,
        cursor: Cursor,
        limit: u32,
    ) -> Result<(Cursor, Vec<Changed>), StoreError> {
        tray::changed_since(self.readers(), caller, scope, cursor, limit).await
    }

    async fn logs(
        &self,
        studio: &str,
        id: &JobId,
        after: u64,
        limit: u32,
    ) -> Result<Option<Vec<LogLine>>, StoreError> {
        read::logs(self.readers(), studio, id, after, limit).await
    }

    async fn last_logs(
        &self,
        studio: &str,
        id: &JobId,
        limit: u32,
    ) -> Result<Option<Vec<LogLine>>, StoreError> {
        read::last_logs(self.readers(), studio, id, limit).await
    }

    async fn wished(
        &self,
        caller: &Caller,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError> {
        tray::wished(self.readers(), caller, since, limit).await
    }

    async fn told(&self, caller: &Caller, since: Timestamp) -> Result<Vec<JobId>, StoreError> {
        tray::told(self.readers(), caller, since).await
    }

    async fn mark_told(&self, caller: &Caller, ids: &[JobId]) -> Result<(), StoreError> {
        mark(self, write::TOLD, caller, ids).await.map(drop)
    }

    async fn history(&self, studio: &str, id: &JobId) -> Result<Vec<PastAttempt>, StoreError> {
        read::history(self.readers(), studio, id).await
    }

    async fn mark_seen(&self, caller: &Caller, ids: &[JobId]) -> Result<Vec<JobId>, StoreError> {
        mark(self, write::SEEN, caller, ids).await
    }

    async fn due(&self, due: Due) -> Result<Vec<JobId>, StoreError> {
        system::due(self.readers(), due).await
    }

    async fn standings(&self, ids: &[JobId]) -> Result<Vec<Standing>, StoreError> {
        system::standings(self.readers(), ids).await
    }

    async fn forget_keys(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.writer()
            .write(Undo::Whole, move |tx| {
                Box::pin(system::forget_keys(tx, before))
            })
            .await
    }

    async fn clear(&self) -> Result<(), StoreError> {
        self.writer()
            .write(Undo::Whole, |tx| Box::pin(system::clear(tx)))
            .await
    }
}

async fn mark(
    store: &Sqlite,
    how: &'static str,
    caller: &Caller,
    ids: &[JobId],
) -> Result<Vec<JobId>, StoreError> {
    let (caller, ids) = (caller.clone(), ids.to_vec());
    store
        .writer()
        .write(Undo::Whole, move |tx| {
            Box::pin(async move { write::mark(tx, how, &caller, &ids).await })
        })
        .await
}
