//! A user's settings, as JSON in the user's row.

use crate::settings::Settings;
use crate::store::caller::Caller;
use crate::store::error::StoreError;
use crate::store::sqlite::transaction::Transaction;
use crate::store::studio::ChangeSettings;
use serde::Deserialize;
use serde_json::{Map, Value};
use sqlx::sqlite::SqliteExecutor;
use sqlx::types::Json;

pub(super) async fn read(
    connection: impl SqliteExecutor<'_>,
    caller: &Caller,
) -> Result<Option<Settings>, StoreError> {
    let row: Option<Option<String>> =
        sqlx::query_scalar("select settings from users where id = ? and studio = ?")
            .bind(&caller.user)
            .bind(&caller.studio)
            .fetch_optional(connection)
            .await?;
    Ok(row.map(|text| text.as_deref().map(tolerant).unwrap_or_default()))
}

pub(super) async fn change(
    transaction: &mut Transaction,
    caller: Caller,
    change: ChangeSettings,
) -> Result<Option<Settings>, StoreError> {
    let Some(mut settings) = read(&mut **transaction, &caller).await? else {
        return Ok(None);
    };
    change(&mut settings);
    sqlx::query("update users set settings = ? where id = ? and studio = ?")
        .bind(Json(&settings))
        .bind(&caller.user)
        .bind(&caller.studio)
        .execute(&mut **transaction)
        .await?;
    Ok(Some(settings))
}

/// Reads settings that another version of this program may have written: a field that this version cannot read gets
/// its default, and the others are kept.
fn tolerant(text: &str) -> Settings {
    let stored: Map<String, Value> = serde_json::from_str(text).unwrap_or_default();
    let mut readable = Map::new();
    let mut settings = Settings::default();
    for (name, value) in stored {
        readable.insert(name.clone(), value);
        match Settings::deserialize(Value::Object(readable.clone())) {
            Ok(read) => settings = read,
            Err(_) => {
                readable.remove(&name);
            }
        }
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::job::Scope;

    #[test]
    fn an_unreadable_field_does_not_reset_the_others() {
        let french = Settings {
            language: Some(Lang::Fr),
            ..Settings::default()
        };
        let shared = Settings {
            scope: Scope::Studio,
            ..Settings::default()
        };
        for (text, settings) in [
            ("{}", Settings::default()),
            (r#"{"language":"fr"}"#, french.clone()),
            (r#"{"later":{"deep":[1]},"language":"fr"}"#, french.clone()),
            (r#"{"scope":"galaxy","language":"fr"}"#, french),
            (r#"{"language":"tlh","scope":"studio"}"#, shared),
            ("[]", Settings::default()),
            ("not JSON", Settings::default()),
        ] {
            assert_eq!(tolerant(text), settings, "{text}");
        }
    }
}
