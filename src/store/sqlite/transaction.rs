//! The open transaction of a group of writes: savepoints, and the change numbers.

use crate::live::Cursor;
use crate::store::error::StoreError;
use sqlx::SqliteConnection;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::Sqlite;
use std::ops::{Deref, DerefMut};

/// The open transaction of a group. Derefs to the connection.
pub(super) struct Transaction {
    connection: PoolConnection<Sqlite>,
    /// Studios that changed, for the commit's listener.
    pub(super) changes: Vec<(String, Cursor)>,
    numbers: Vec<ChangeNumber>,
    /// Whether a savepoint is open for the current write.
    has_savepoint: bool,
}

/// The change number of a studio within a group.
struct ChangeNumber {
    studio: String,
    latest: Cursor,
    /// The number in the studio's row.
    written: Cursor,
}

impl Transaction {
    /// Wraps a connection on which a transaction is about to begin.
    pub(super) fn on(connection: PoolConnection<Sqlite>) -> Self {
        Self {
            connection,
            changes: Vec::new(),
            numbers: Vec::new(),
            has_savepoint: false,
        }
    }

    /// Adds a change of a studio to those that the commit's listener gets.
    pub(super) fn changed(&mut self, studio: &str, cursor: Cursor) {
        self.changes.push((studio.to_owned(), cursor));
    }

    /// The next change number of a studio, whose row is created if it is missing. The row is updated before the
    /// commit. The number of a write that fails later is skipped.
    pub(super) async fn next_change(&mut self, studio: &str) -> Result<Cursor, StoreError> {
        let known = self.numbers.iter_mut().find(|one| one.studio == studio);
        if let Some(number) = known {
            number.latest += 1;
            return Ok(number.latest);
        }
        let change: i64 = sqlx::query_scalar(
            "insert into studios (id, change) values (?, 1)
             on conflict (id) do update set change = change + 1 returning change",
        )
        .bind(studio)
        .fetch_one(&mut **self)
        .await?;
        let change = change.unsigned_abs();
        self.numbers.push(ChangeNumber {
            studio: studio.to_owned(),
            latest: change,
            written: change,
        });
        Ok(change)
    }

    /// Writes the change numbers that are not in the rows yet.
    pub(super) async fn write_change_numbers(&mut self) -> Result<(), StoreError> {
        for number in std::mem::take(&mut self.numbers) {
            if number.latest > number.written {
                sqlx::query("update studios set change = ? where id = ?")
                    .bind(super::columns::signed(number.latest))
                    .bind(number.studio)
                    .execute(&mut **self)
                    .await?;
            }
        }
        Ok(())
    }

    /// Begins the part of the current write that can be undone without its group. A write of one statement needs no
    /// savepoint.
    pub(super) async fn savepoint(&mut self) -> Result<(), StoreError> {
        if !self.has_savepoint {
            self.execute("savepoint one_write").await?;
            self.has_savepoint = true;
        }
        Ok(())
    }

    /// Ends a write that succeeded.
    pub(super) async fn release(&mut self) -> Result<(), StoreError> {
        if std::mem::take(&mut self.has_savepoint) {
            self.execute("release one_write").await?;
        }
        Ok(())
    }

    /// Undoes what was written since [`Transaction::savepoint`]. That may include a studio's row, so the next change
    /// reads its number again.
    pub(super) async fn undo(&mut self) -> Result<(), StoreError> {
        if std::mem::take(&mut self.has_savepoint) {
            self.execute("rollback to one_write; release one_write")
                .await?;
            self.write_change_numbers().await?;
        }
        Ok(())
    }

    /// Runs SQL without parameters.
    pub(super) async fn execute(&mut self, sql: &'static str) -> Result<(), StoreError> {
        sqlx::raw_sql(sql).execute(&mut **self).await?;
        Ok(())
    }
}

impl Deref for Transaction {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}
