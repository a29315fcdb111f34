//! Keeps what a reader chose.

#![allow(
    clippy::too_many_arguments,
    reason = "a server function has the fields of its form"
)]

use crate::app::{Refusal, request};
use crate::job::{Scope, Timestamp};
use crate::settings::{
    FAILURE_SECONDS, KindSounds, LONGEST_MINIMUM, LOUDEST, Settings, Sound, TOAST_SECONDS,
    UNTIL_UNMUTED,
};
use crate::tray::actions::{ActionError, door};
use crate::words::Lang;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// The latest moment that a browser may mute until: tomorrow, wherever it is.
const LONGEST_MUTE_MILLIS: i64 = 48 * 3_600_000;
const HOUR_MILLIS: i64 = 3_600_000;
/// The hour at which a night without alerts is over.
const MORNING: i8 = 8;

/// Keeps all choices of the form, and answers with all that is chosen. A plain form goes back to the
/// page: a new language is a new document.
#[server(prefix = "/forms", endpoint = "settings")]
pub async fn save_settings(
    lang: String,
    scope: String,
    toast_seconds: String,
    failure_toast_seconds: String,
    #[server(default)] sound: bool,
    volume: String,
    success_sound: String,
    failure_sound: String,
    #[server(default)] kind_sounds: BTreeMap<String, String>,
    #[server(default)] desktop: bool,
    minimum_seconds: String,
    #[server(default)] muted_kinds: BTreeMap<String, String>,
) -> Result<Settings, Refusal> {
    let language = match lang.as_str() {
        "" => None,
        lang => {
            Some(Lang::parse(lang).ok_or_else(|| Refusal::invalid("lang", "must be en or fr"))?)
        }
    };
    let scope = [Scope::Mine, Scope::Studio]
        .into_iter()
        .find(|one| one.as_str() == scope)
        .ok_or_else(|| Refusal::invalid("scope", "must be mine or studio"))?;
    let failure_toast_seconds = match failure_toast_seconds.trim() {
        "" => None,
        text => Some(number("failure_toast_seconds", text, &FAILURE_SECONDS)?),
    };
    // A kind without a sound of its own sounds like all others.
    let mut by_kind = KindSounds::default();
    for (kind, name) in kind_sounds.into_iter().filter(|(_, name)| !name.is_empty()) {
        by_kind.insert(kind, sound_of("kind_sounds", &name)?);
    }
    let chosen = Settings {
        language,
        scope,
        toast_seconds: number("toast_seconds", &toast_seconds, &TOAST_SECONDS)?,
        failure_toast_seconds,
        sound,
        volume: number("volume", &volume, &(0..=LOUDEST))?,
        success_sound: sound_of("success_sound", &success_sound)?,
        failure_sound: sound_of("failure_sound", &failure_sound)?,
        kind_sounds: by_kind,
        desktop,
        minimum_seconds: number("minimum_seconds", &minimum_seconds, &(0..=LONGEST_MINIMUM))?,
        muted_kinds: muted_kinds.into_keys().collect(),
        muted_until: None,
    };
    if let Err((field, problem)) = chosen.check() {
        return Err(Refusal::invalid(&in_snake_case(field), problem));
    }
    change(move |settings| {
        *settings = Settings {
            muted_until: settings.muted_until,
            ..chosen
        }
    })
    .await
}

/// Tells no ends for a while: `hour`, `morning`, `open`, a time, or nothing, which tells them again.
#[server(prefix = "/forms", endpoint = "mute")]
pub async fn mute(until: String) -> Result<Settings, Refusal> {
    let now = request::asked_at();
    let until = match until.as_str() {
        "" => None,
        "hour" => Some(Timestamp(now.0 + HOUR_MILLIS)),
        "morning" => Some(morning(now)),
        "open" => Some(UNTIL_UNMUTED),
        text => Some(
            Timestamp::parse(text)
                .filter(|until| (now.0..=now.0 + LONGEST_MUTE_MILLIS).contains(&until.0))
                .ok_or_else(|| Refusal::invalid("until", "must be a time within two days"))?,
        ),
    };
    change(move |settings| settings.muted_until = until).await
}

async fn change(change: impl FnOnce(&mut Settings) + Send + 'static) -> Result<Settings, Refusal> {
    let changed = door::change_settings(change).await;
    changed.map_err(|_: ActionError| Refusal::Unavailable)
}

/// Tomorrow morning where the server is; a live page sends the reader's own.
fn morning(now: Timestamp) -> Timestamp {
    let here = jiff::Timestamp::from_millisecond(now.0).ok();
    let here = here.map(|now| now.to_zoned(jiff::tz::TimeZone::system()));
    let morning = here.and_then(|now| {
        now.tomorrow()
            .ok()?
            .date()
            .at(MORNING, 0, 0, 0)
            .to_zoned(now.time_zone().clone())
            .ok()
    });
    morning.map_or(Timestamp(now.0 + 12 * HOUR_MILLIS), |at| {
        Timestamp(at.timestamp().as_millisecond())
    })
}

/// A whole number; what is none, or far too large for it, is refused by its range as well.
fn number<T: FromStr + Display>(
    field: &str,
    text: &str,
    range: &RangeInclusive<T>,
) -> Result<T, Refusal> {
    let parsed = text.trim().parse();
    parsed.map_err(|_| {
        let problem = format!("must be {} to {}", range.start(), range.end());
        Refusal::invalid(field, problem)
    })
}

fn sound_of(field: &str, name: &str) -> Result<Sound, Refusal> {
    Sound::parse(name).ok_or_else(|| Refusal::invalid(field, "must be one of the sounds"))
}

/// The name of a form's field for one of JSON.
fn in_snake_case(field: &str) -> String {
    field.chars().fold(String::new(), |mut name, c| {
        if c.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
        name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_morning_is_the_next_days() {
        let now = Timestamp::parse("2026-11-27T23:30:00.000Z").unwrap();
        let until = morning(now);
        let hours = until.seconds_since(now) / 3600.0;
        assert!((0.0..=34.0).contains(&hours), "{hours}");
    }

    #[test]
    fn fields_of_json_are_fields_of_the_form() {
        assert_eq!(
            in_snake_case("failureToastSeconds"),
            "failure_toast_seconds"
        );
        assert_eq!(in_snake_case("volume"), "volume");
    }
}
