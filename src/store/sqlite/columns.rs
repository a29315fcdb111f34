//! How our own types are stored in a column.

use crate::job::{JobId, JobState, Notify, RequestedState, Stream, Timestamp};
use crate::store::studio::Camera;
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::sqlite::{Sqlite, SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::{Decode, Encode, Type};

/// Stores types as the text that represents them in JSON.
macro_rules! stored_as_text {
    ($($type:ty),*) => {$(
        impl Type<Sqlite> for $type {
            fn type_info() -> SqliteTypeInfo {
                <str as Type<Sqlite>>::type_info()
            }

            fn compatible(other: &SqliteTypeInfo) -> bool {
                <str as Type<Sqlite>>::compatible(other)
            }
        }

        impl Encode<'_, Sqlite> for $type {
            fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
                Encode::<Sqlite>::encode(self.as_str(), buffer)
            }
        }

        impl Decode<'_, Sqlite> for $type {
            fn decode(value: SqliteValueRef<'_>) -> Result<Self, BoxDynError> {
                let text = <&str as Decode<Sqlite>>::decode(value)?;
                Ok(Self::deserialize(StrDeserializer::<Error>::new(text))?)
            }
        }
    )*};
}

stored_as_text!(Camera, JobId, JobState, Notify, RequestedState, Stream);

/// Milliseconds since 1970.
impl Type<Sqlite> for Timestamp {
    fn type_info() -> SqliteTypeInfo {
        <i64 as Type<Sqlite>>::type_info()
    }

    fn compatible(other: &SqliteTypeInfo) -> bool {
        <i64 as Type<Sqlite>>::compatible(other)
    }
}

impl Encode<'_, Sqlite> for Timestamp {
    fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        self.0.encode_by_ref(buffer)
    }
}

impl Decode<'_, Sqlite> for Timestamp {
    fn decode(value: SqliteValueRef<'_>) -> Result<Self, BoxDynError> {
        <i64 as Decode<Sqlite>>::decode(value).map(Self)
    }
}

/// A count as a signed number, the only kind that SQLite has.
pub(super) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Seconds as whole milliseconds, which rows store.
#[expect(clippy::cast_possible_truncation, reason = "no job runs for 2^53 ms")]
pub(super) fn to_millis(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}

#[expect(clippy::cast_precision_loss, reason = "no job runs for 2^53 ms")]
pub(super) fn to_seconds(millis: i64) -> f64 {
    millis as f64 / 1000.0
}
