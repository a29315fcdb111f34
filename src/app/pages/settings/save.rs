//! Saves the form of the settings page.

#![allow(
    clippy::too_many_arguments,
    reason = "a server function has the fields of its form"
)]

use crate::i18n::Lang;
use crate::job::Scope;
use crate::settings::{
    FAILURE_SECONDS, KindSounds, MAX_MINIMUM, MAX_VOLUME, Settings, Sound, TOAST_SECONDS,
};
use crate::tray::actions::{ActionError, server as action_server};
use crate::ui::{PageError, request};
use crate::validation::Rule;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Saves all settings of the form and returns them. A form without scripts leads back to the page, which
/// shows a new language in a new document.
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
    #[server(default)] muted_kinds: BTreeMap<String, bool>,
) -> Result<Settings, PageError> {
    let language = match lang.as_str() {
        "" => None,
        lang => Some(
            Lang::parse(lang).ok_or_else(|| PageError::invalid("lang", one_of(&["en", "fr"])))?,
        ),
    };
    let scope = [Scope::Mine, Scope::Studio]
        .into_iter()
        .find(|one| one.as_str() == scope)
        .ok_or_else(|| PageError::invalid("scope", one_of(&["mine", "studio"])))?;
    let failure_toast_seconds = match failure_toast_seconds.trim() {
        "" => None,
        text => Some(number("failure_toast_seconds", text, &FAILURE_SECONDS)?),
    };
    // A kind without a sound of its own uses the default.
    let mut by_kind = KindSounds::default();
    for (kind, name) in kind_sounds.into_iter().filter(|(_, name)| !name.is_empty()) {
        by_kind.insert(kind, sound_of("kind_sounds", &name)?);
    }
    let muted_kinds = muted_kinds.into_iter().filter(|(_, muted)| *muted);
    let chosen = Settings {
        language,
        scope,
        toast_seconds: number("toast_seconds", &toast_seconds, &TOAST_SECONDS)?,
        failure_toast_seconds,
        sound,
        volume: number("volume", &volume, &(0..=MAX_VOLUME))?,
        success_sound: sound_of("success_sound", &success_sound)?,
        failure_sound: sound_of("failure_sound", &failure_sound)?,
        kind_sounds: by_kind,
        desktop,
        minimum_seconds: number("minimum_seconds", &minimum_seconds, &(0..=MAX_MINIMUM))?,
        muted_kinds: muted_kinds.map(|(kind, _)| kind).collect(),
        muted_until: None,
    };
    if let Err(error) = chosen.check() {
        let field = in_snake_case(&error.field);
        return Err(error.renamed(field).into());
    }
    let shown = request::kinds();
    change(move |settings| {
        let mut chosen = Settings {
            muted_until: settings.muted_until,
            ..chosen
        };
        chosen.keep_kinds(settings, |kind| shown.iter().any(|(one, _)| *one == kind));
        *settings = chosen;
    })
    .await
}

/// Changes the settings and sends them to all tabs of the user.
pub(super) async fn change(
    change: impl FnOnce(&mut Settings) + Send + 'static,
) -> Result<Settings, PageError> {
    let changed = action_server::change_settings(change).await;
    changed.map_err(|_: ActionError| PageError::Unavailable)
}

/// Reads a whole number. A value that does not parse gets the same error as one outside its range.
fn number<T: FromStr + Copy + Into<f64>>(
    field: &str,
    text: &str,
    range: &RangeInclusive<T>,
) -> Result<T, PageError> {
    let parsed = text.trim().parse();
    parsed.map_err(|_| {
        let (min, max) = (*range.start(), *range.end());
        PageError::invalid(
            field,
            Rule::Range {
                min: min.into(),
                max: max.into(),
            },
        )
    })
}

fn one_of(allowed: &[&str]) -> Rule {
    let allowed = allowed.iter().map(|&value| value.to_owned()).collect();
    Rule::OneOf { allowed }
}

fn sound_of(field: &str, name: &str) -> Result<Sound, PageError> {
    Sound::parse(name)
        .ok_or_else(|| PageError::invalid(field, one_of(&Sound::ALL.map(Sound::as_str))))
}

/// The name of a JSON field in a form.
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
    use super::in_snake_case;

    #[test]
    fn json_field_names_become_form_field_names() {
        assert_eq!(
            in_snake_case("failureToastSeconds"),
            "failure_toast_seconds"
        );
        assert_eq!(in_snake_case("volume"), "volume");
    }
}
