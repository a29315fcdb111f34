//! Which sounds there are to choose from, for all work and for a kind of it.

use super::Switch;
use crate::app::parts::Form;
use crate::app::request;
use crate::settings::{Settings, Sound};
use crate::words::{Lang, Words, pages as say};
use leptos::prelude::*;

pub fn sounds(lang: Lang, form: Form, chosen: &Settings) -> AnyView {
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
        <Switch form name="sound" on=chosen.sound label=say::SOUND_ON.say(lang) />
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
