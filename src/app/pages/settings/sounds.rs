//! The choice of sounds, for all jobs and per kind of job.

use super::switch::Switch;
use crate::i18n::{Lang, Translation, pages as messages};
use crate::routes::attributes::PREVIEW;
use crate::settings::{MAX_VOLUME, Settings, Sound};
use crate::ui::Form;
use crate::ui::request;
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

pub fn sounds(lang: Lang, form: Form, settings: &Settings) -> AnyView {
    let own = [
        (
            "success_sound",
            messages::SUCCESS_SOUND,
            settings.success_sound,
        ),
        (
            "failure_sound",
            messages::FAILURE_SOUND,
            settings.failure_sound,
        ),
    ];
    let own = own.into_iter().map(|(name, label, sound)| {
        sound_choice(lang, form, name, label.get(lang), sound.as_str(), false)
    });
    let kinds = request::kinds().into_iter().map(|(kind, label)| {
        let own = settings.kind_sounds.get(kind).map_or("", Sound::as_str);
        let name = format!("kind_sounds[{kind}]");
        sound_choice(lang, form, &name, label.get(lang), own, true)
    });
    view! {
        <Switch form name="sound" on=settings.sound label=messages::SOUND_ON.get(lang) />
        <div class="field">
            <label for="volume">{messages::VOLUME.get(lang)}</label>
            <input
                id="volume"
                name="volume"
                type="range"
                min="0"
                max=MAX_VOLUME
                step="5"
                value=form.typed("volume", settings.volume)
            />
        </div>
        <div class="pair">
            {own.collect_view()}
        </div>
        <details>
            <summary>{messages::KIND_SOUNDS.get(lang)}</summary>
            <div class="pair">{kinds.collect_view()}</div>
        </details>
    }
    .into_any()
}

/// The choice of one sound, with a preview button that only a live page shows.
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
                {messages::DEFAULT_SOUND.get(lang)}
            </option>
        }
    });
    let sounds = Sound::ALL.map(|sound| {
        view! {
            <option value=sound.as_str() selected=sound.as_str() == typed>
                {name_of(sound).get(lang)}
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
                    {..custom_attribute(PREVIEW, name.to_owned())}
                    aria-describedby=name.to_owned()
                >
                    {messages::PREVIEW.get(lang)}
                </button>
            </span>
        </div>
    }
    .into_any()
}

const fn name_of(sound: Sound) -> Translation {
    match sound {
        Sound::Chime => Translation::new("Chime", "Carillon"),
        Sound::Bell => Translation::new("Bell", "Cloche"),
        Sound::Marimba => Translation::new("Marimba", "Marimba"),
        Sound::Pulse => Translation::new("Pulse", "Pulsation"),
        Sound::Soft => Translation::new("Soft", "Doux"),
        Sound::Alarm => Translation::new("Alarm", "Alarme"),
    }
}
