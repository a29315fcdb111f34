//! What SQLite's errors mean for a caller.

use crate::store::error::StoreError;

/// The result codes after which trying again later can help: the disk, a lock or the memory was not available.
/// See <https://sqlite.org/rescode.html>.
const TRANSIENT: [i32; 9] = [
    5,  // SQLITE_BUSY
    6,  // SQLITE_LOCKED
    7,  // SQLITE_NOMEM
    8,  // SQLITE_READONLY
    9,  // SQLITE_INTERRUPT
    10, // SQLITE_IOERR
    13, // SQLITE_FULL
    14, // SQLITE_CANTOPEN
    15, // SQLITE_PROTOCOL
];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error
            .as_database_error()
            .and_then(|error| error.code()?.parse::<i32>().ok());
        match (code, &error) {
            // The low byte is the primary code; the other bytes add detail.
            (Some(code), _) if TRANSIENT.contains(&(code & 0xff)) => {
                Self::Unavailable(error.to_string())
            }
            (None, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => {
                Self::Unavailable(error.to_string())
            }
            _ => Self::Corrupt(error.to_string()),
        }
    }
}
