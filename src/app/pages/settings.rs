//! What a reader can choose. It is kept on the server, by user; a live page keeps each choice at once.

#![allow(
    clippy::too_many_arguments,
    reason = "a server function has the fields of its form"
)]

use crate::app::Refusal;
use crate::app::parts::{Control, Field, Form, FormState, Heading, Posted};
use crate::app::request;
use crate::islands::{Island, Live, use_lang};
use crate::job::{Scope, Timestamp};
use crate::settings::{
    FAILURE_SECONDS, KindSounds, LONGEST_MINIMUM, LOUDEST, Settings, Sound, TOAST_SECONDS,
    UNTIL_UNMUTED,
};
use crate::tray::actions::{ActionError, door};
use crate::words::{Lang, Words, pages as say, tray as tray_words};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
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

pub fn draw() -> AnyView {
    let lang = use_lang();
    let chosen = use_context::<Settings>().unwrap_or_default();
    let form = Form::to(SaveSettings::PATH);
    let (general, toasts, sounds, muting) = (
        general(lang, &chosen),
        toasts(lang, form, &chosen),
        sounds(lang, form, &chosen),
        muting(lang, &chosen),
    );
    view! {
        <Title text=say::SETTINGS.say(lang) />
        <Heading text=say::SETTINGS.say(lang) lead=say::SETTINGS_LEAD.say(lang) />
        <Posted form class="form settings" leaves=true>
            <Section title=say::SETTINGS_TRAY id="settings-tray">
                {general}
            </Section>
            <Section title=say::SETTINGS_TOASTS id="settings-toasts">
                {toasts}
            </Section>
            <Section title=say::SETTINGS_SOUND id="settings-sound">
                {sounds}
            </Section>
            <Section title=say::SETTINGS_DESKTOP id="settings-desktop">
                <Switch name="desktop" on=chosen.desktop label=say::DESKTOP_ON.say(lang) />
                <p class="hint">{say::DESKTOP_HINT.say(lang)}</p>
                <div class="remedy" role="status">{notes("remedy", &REMEDIES)}</div>
            </Section>
            <div class="form-end">
                <button class="button primary save" type="submit">
                    {say::SAVE.say(lang)}
                </button>
                <FormState form sending=say::SAVING.say(lang)>
                    {form.accepted().then(|| say::SAVED.say(lang))}
                </FormState>
            </div>
        </Posted>
        {muting}
        {test(lang)}
        <Live island=Island::Settings />
        <p class="aside">{say::SETTINGS_LATER.say(lang)}</p>
    }
    .into_any()
}

#[component]
fn Section(title: Words, id: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="panel-box" aria-labelledby=id>
            <h2 id=id>{title.say(use_lang())}</h2>
            {children()}
        </section>
    }
}

fn general(lang: Lang, chosen: &Settings) -> AnyView {
    let language = chosen.language.map_or("", Lang::as_str);
    let scope = chosen.scope.as_str();
    view! {
        <fieldset>
            <legend>{say::LANGUAGE.say(lang)}</legend>
            {choice("lang", "", say::LANGUAGE_AUTO.say(lang), language)}
            {choice("lang", "en", "English", language)}
            {choice("lang", "fr", "Français", language)}
        </fieldset>
        <fieldset>
            <legend>{say::SCOPE.say(lang)}</legend>
            {[(Scope::Mine, say::SCOPE_MINE), (Scope::Studio, say::SCOPE_STUDIO)]
                .map(|(one, words): (Scope, Words)| {
                    choice("scope", one.as_str(), words.say(lang), scope)
                })
                .collect_view()}
        </fieldset>
    }
    .into_any()
}

fn toasts(lang: Lang, form: Form, chosen: &Settings) -> AnyView {
    let failure = chosen.failure_toast_seconds;
    view! {
        <div class="pair">
            <Field
                form
                name="toast_seconds"
                label=say::TOAST_SECONDS.say(lang)
                required=true
                own=chosen.toast_seconds.to_string()
                control=seconds(*TOAST_SECONDS.start(), *TOAST_SECONDS.end())
            />
            <Field
                form
                name="failure_toast_seconds"
                label=say::FAILURE_SECONDS.say(lang)
                hint=say::FAILURE_SECONDS_HINT.say(lang)
                own=failure.map(|seconds| seconds.to_string()).unwrap_or_default()
                control=seconds(*FAILURE_SECONDS.start(), *FAILURE_SECONDS.end())
            />
        </div>
        <Field
            form
            name="minimum_seconds"
            label=say::MINIMUM_SECONDS.say(lang)
            hint=say::MINIMUM_SECONDS_HINT.say(lang)
            required=true
            own=chosen.minimum_seconds.to_string()
            control=seconds(0, LONGEST_MINIMUM)
        />
    }
    .into_any()
}

fn seconds(from: u16, to: u16) -> Control {
    Control::Number {
        from: from.to_string().into(),
        to: to.to_string().into(),
        whole: true,
    }
}

fn sounds(lang: Lang, form: Form, chosen: &Settings) -> AnyView {
    let own = [
        ("success_sound", say::SUCCESS_SOUND, chosen.success_sound),
        ("failure_sound", say::FAILURE_SOUND, chosen.failure_sound),
    ];
    let own = own.into_iter().map(|(name, label, sound)| {
        sound_choice(lang, form, name, label.say(lang), sound.as_str(), false)
    });
    let kinds = request::kinds().into_iter().map(|(kind, label)| {
        let own = chosen.kind_sounds.get(kind).map_or("", Sound::as_str);
        let name = format!("kind_sounds[{kind}]");
        sound_choice(lang, form, &name, label.say(lang), own, true)
    });
    view! {
        <Switch name="sound" on=chosen.sound label=say::SOUND_ON.say(lang) />
        <div class="field">
            <label for="volume">{say::VOLUME.say(lang)}</label>
            <input
                id="volume"
                name="volume"
                type="range"
                min="0"
                max="100"
                step="5"
                value=form.typed("volume", chosen.volume)
            />
        </div>
        <div class="pair">
            {own.collect_view()}
        </div>
        <details>
            <summary>{say::KIND_SOUNDS.say(lang)}</summary>
            <div class="pair">{kinds.collect_view()}</div>
        </details>
    }
    .into_any()
}

/// A choice of a sound with a button to hear it, which only a live page has.
fn sound_choice(
    lang: Lang,
    form: Form,
    name: &str,
    label: &'static str,
    own: &str,
    may_be_none: bool,
) -> AnyView {
    let typed = form.typed(name, own);
    let none = may_be_none.then(|| {
        view! {
            <option value="" selected=typed.is_empty()>
                {say::LIKE_ALL.say(lang)}
            </option>
        }
    });
    let sounds = Sound::ALL.map(|sound| {
        view! {
            <option value=sound.as_str() selected=sound.as_str() == typed>
                {name_of(sound).say(lang)}
            </option>
        }
    });
    view! {
        <div class="field">
            <label for=name.to_owned()>{label}</label>
            <span class="with-button">
                <select id=name.to_owned() name=name.to_owned()>
                    {none}
                    {sounds.collect_view()}
                </select>
                <button
                    class="button small when-live"
                    type="button"
                    data-preview=name.to_owned()
                    aria-describedby=name.to_owned()
                >
                    {say::PREVIEW.say(lang)}
                </button>
            </span>
        </div>
    }
    .into_any()
}

const fn name_of(sound: Sound) -> Words {
    match sound {
        Sound::Chime => Words::new("Chime", "Carillon"),
        Sound::Bell => Words::new("Bell", "Cloche"),
        Sound::Marimba => Words::new("Marimba", "Marimba"),
        Sound::Pulse => Words::new("Pulse", "Pulsation"),
        Sound::Soft => Words::new("Soft", "Doux"),
        Sound::Alarm => Words::new("Alarm", "Alarme"),
    }
}

#[component]
fn Switch(name: &'static str, on: bool, label: &'static str) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="checkbox" name=name value="true" checked=on />
            <span>{label}</span>
        </label>
    }
}

/// For how long nothing is told. Each is a form of its own, since it is done rather than chosen.
fn muting(lang: Lang, chosen: &Settings) -> AnyView {
    let now = request::asked_at();
    let until = chosen.muted_until.filter(|until| now < *until);
    let state = match until {
        None => say::NOT_MUTED.say(lang).into_any(),
        Some(UNTIL_UNMUTED) => tray_words::MUTED.say(lang).into_any(),
        Some(until) => view! {
            {say::MUTED_UNTIL.say(lang)}
            " "
            <Live island=Island::Moment(until) />
        }
        .into_any(),
    };
    let button = |until: &'static str, words: Words| {
        view! {
            <form method="post" action=Mute::PATH>
                <input type="hidden" name="until" value=until data-until=until />
                <button class="button small" type="submit">
                    {words.say(lang)}
                </button>
            </form>
        }
        .into_any()
    };
    let buttons = match until {
        Some(_) => vec![button("", tray_words::UNMUTE)],
        None => vec![
            button("hour", say::MUTE_HOUR),
            button("morning", say::MUTE_MORNING),
            button("open", say::MUTE_OPEN),
        ],
    };
    view! {
        <section class="panel-box settings muting" aria-labelledby="settings-mute">
            <h2 id="settings-mute">{say::SETTINGS_MUTE.say(lang)}</h2>
            <p>{state}</p>
            <div class="button-row">{buttons}</div>
        </section>
    }
    .into_any()
}

/// What may be in the way of notifications, by the names that the live page has for it, with what to do.
const REMEDIES: [(&str, Words); 4] = [
    ("unasked", say::DESKTOP_UNASKED),
    ("denied", say::DESKTOP_DENIED),
    ("insecure", say::DESKTOP_INSECURE),
    ("missing", say::DESKTOP_MISSING),
];
/// What a test may find, likewise.
const FOUND: [(&str, Words); 9] = [
    ("toast", say::TESTED_TOAST),
    ("sound", say::TESTED_SOUND),
    ("silent", say::TESTED_SILENT),
    ("sound-off", say::TESTED_SOUND_OFF),
    ("sound-blocked", say::TESTED_SOUND_BLOCKED),
    ("sound-missing", say::TESTED_SOUND_MISSING),
    ("desktop", say::TESTED_DESKTOP),
    ("desktop-off", say::TESTED_DESKTOP_OFF),
    ("muted", say::TESTED_MUTED),
];

/// Sentences of which a live page shows those that hold.
fn notes(of: &'static str, all: &[(&'static str, Words)]) -> AnyView {
    let lang = use_lang();
    let lines = all.iter().map(|(name, words)| {
        view! {
            <p data-note=format!("{of} {name}") hidden>
                {words.say(lang)}
            </p>
        }
    });
    lines.collect_view().into_any()
}

/// What only a live page can do.
fn test(lang: Lang) -> AnyView {
    view! {
        <section class="panel-box settings when-live" aria-labelledby="settings-test">
            <h2 id="settings-test">{say::TEST_TITLE.say(lang)}</h2>
            <p class="hint">{say::TEST_LINE.say(lang)}</p>
            <button class="button" type="button" id="test-alerts">
                {say::TEST.say(lang)}
            </button>
            <div class="found" role="status">
                {notes("found", &FOUND)}
                {notes("found", &REMEDIES)}
            </div>
        </section>
    }
    .into_any()
}

fn choice(
    name: &'static str,
    value: &'static str,
    words: &'static str,
    chosen: &'static str,
) -> AnyView {
    // A language is named in itself.
    let own = (name == "lang" && !value.is_empty()).then_some(value);
    view! {
        <label class="choice">
            <input type="radio" name=name value=value checked=value == chosen />
            <span lang=own>{words}</span>
        </label>
    }
    .into_any()
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
