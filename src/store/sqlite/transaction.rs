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
    /// A savepoint is open for the write that runs.
    has_savepoint: bool,
}

/// The change number of a studio within a group.
struct ChangeNumber {
    studio: String,
    latest: Cursor,
    /// What its row has.
    written: Cursor,
}

impl Transaction {
    /// Takes a connection on which a transaction will be begun.
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

    /// The next change number of a studio, which is created when it is new. The row has it by the commit.
    /// The number of a write that fails after all is used by nobody.
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

    /// Writes the numbers that were only counted so far.
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

    /// Lets the write that runs be undone from here on without its group. One statement needs no savepoint.
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

    /// Undoes what was written since [`Transaction::savepoint`]. A studio's row may go with it, so its number is
    /// read again.
    pub(super) async fn undo(&mut self) -> Result<(), StoreError> {
        if std::mem::take(&mut self.has_savepoint) {
            self.execute("rollback to one_write; release one_write")
                .await?;
            self.write_change_numbers().await?;
        }
        Ok(())
    }

    /// Runs SQL that takes no values.
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
