//! A user's settings, as JSON in the user's row.

use super::rows::json;
use crate::settings::Settings;
use crate::store::{Caller, StoreError, Tx};
use serde::Deserialize;
use serde_json::{Map, Value};
use sqlx::sqlite::SqliteExecutor;

pub async fn read(
    connection: impl SqliteExecutor<'_>,
    caller: &Caller,
) -> Result<Option<Settings>, StoreError> {
    let row: Option<Option<String>> =
        sqlx::query_scalar("select settings from users where id = ? and studio = ?")
            .bind(&caller.user)
            .bind(&caller.studio)
            .fetch_optional(connection)
            .await?;
    Ok(row.map(|text| text.as_deref().map(understood).unwrap_or_default()))
}

pub async fn write(tx: &mut Tx, caller: &Caller, settings: &Settings) -> Result<(), StoreError> {
    sqlx::query("update users set settings = ? where id = ? and studio = ?")
        .bind(json(settings)?)
        .bind(&caller.user)
        .bind(&caller.studio)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The settings of a row, which another version of this program may have written: a field that
/// this one does not understand has its default, and spoils no other.
fn understood(text: &str) -> Settings {
    let kept: Map<String, Value> = serde_json::from_str(text).unwrap_or_default();
    let mut known = Map::new();
    let mut settings = Settings::default();
    for (name, value) in kept {
        known.insert(name.clone(), value);
        match Settings::deserialize(Value::Object(known.clone())) {
            Ok(read) => settings = read,
            Err(_) => {
                known.remove(&name);
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
    fn what_another_version_wrote_spoils_nothing_else() {
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
            assert_eq!(understood(text), settings, "{text}");
        }
    }
}
