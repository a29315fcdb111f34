//! The open transaction of a group of writes: savepoints, and the numbers of changes.

use super::StoreError;
use crate::live::Cursor;
use sqlx::SqliteConnection;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::Sqlite;
use std::ops::{Deref, DerefMut};

/// The open transaction of a group. Derefs to the connection.
pub struct Tx {
    connection: PoolConnection<Sqlite>,
    /// What is announced once the group is committed.
    pub(super) changed: Vec<(String, Cursor)>,
    numbers: Vec<Number>,
    /// A savepoint is open for the work that runs.
    guarded: bool,
}

/// The change number of a studio within a group.
struct Number {
    studio: String,
    latest: Cursor,
    /// What stands in the row.
    written: Cursor,
}

impl Tx {
    pub(super) fn on(connection: PoolConnection<Sqlite>) -> Self {
        Self {
            connection,
            changed: Vec::new(),
            numbers: Vec::new(),
            guarded: false,
        }
    }

    /// Announces a change of a studio once the group is committed.
    pub(super) fn changed(&mut self, studio: &str, cursor: Cursor) {
        self.changed.push((studio.to_owned(), cursor));
    }

    /// What this work writes from here on can be undone by itself. Whoever writes one statement
    /// needs none.
    pub(super) async fn guard(&mut self) -> Result<(), StoreError> {
        if !self.guarded {
            execute(self, "savepoint piece").await?;
            self.guarded = true;
        }
        Ok(())
    }

    /// The next change number of a studio, which is made when it is new. The row has it by the commit.
    /// The number of work that fails after all is used by nobody.
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
        self.numbers.push(Number {
            studio: studio.to_owned(),
            latest: change,
            written: change,
        });
        Ok(change)
    }

    /// Writes the numbers that were counted on.
    pub(super) async fn write_numbers(&mut self) -> Result<(), StoreError> {
        for number in std::mem::take(&mut self.numbers) {
            if number.latest > number.written {
                sqlx::query("update studios set change = ? where id = ?")
                    .bind(i64::try_from(number.latest).unwrap_or(i64::MAX))
                    .bind(number.studio)
                    .execute(&mut **self)
                    .await?;
            }
        }
        Ok(())
    }

    /// Ends work that went well.
    pub(super) async fn release(&mut self) -> Result<(), StoreError> {
        if std::mem::take(&mut self.guarded) {
            execute(self, "release piece").await?;
        }
        Ok(())
    }

    /// Undoes what was written since [`Tx::guard`]. A studio's row may go with it, so its number is
    /// read anew.
    pub(super) async fn undo(&mut self) -> Result<(), StoreError> {
        if std::mem::take(&mut self.guarded) {
            execute(self, "rollback to piece; release piece").await?;
            self.write_numbers().await?;
        }
        Ok(())
    }
}

impl Deref for Tx {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

pub(super) async fn execute(tx: &mut Tx, sql: &'static str) -> Result<(), StoreError> {
    sqlx::raw_sql(sql).execute(&mut **tx).await?;
    Ok(())
}
