//! What a person chooses in the panel itself: whose jobs it shows, and whether ends are heard.

use super::actions::{Choice, Choose};
use super::icons::{self, Icon};
use super::live::{flag, word};
use super::{Tray, alerts, buttons};
use crate::browser::{self, Audio};
use crate::job::Scope;
use crate::live::Message;
use crate::words::{Words, tray as say};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use web_sys::MouseEvent;

/// The name of the field that the buttons send.
const FIELD: &str = "choice";

/// A form around buttons, each of which sends what it chooses.
#[component]
pub fn Choices(class: &'static str, label: &'static str, children: Children) -> impl IntoView {
    view! {
        <form method="post" action=Choose::PATH class=class aria-label=label>
            {children()}
        </form>
    }
    .into_any()
}

/// A button that chooses one thing.
#[component]
pub fn ChoiceButton(
    #[prop(into)] choice: Signal<Choice>,
    class: &'static str,
    #[prop(optional)] id: Option<&'static str>,
    /// Whether it is what is chosen now; none where it cannot be.
    #[prop(into)]
    pressed: Signal<Option<&'static str>>,
    /// Its name.
    #[prop(into)]
    label: Signal<Option<&'static str>>,
    children: Children,
) -> impl IntoView {
    let tray = expect_context::<Tray>();
    let press = move |event: MouseEvent| {
        event.prevent_default();
        choose(tray, choice.get_untracked());
    };
    view! {
        <button
            class=class
            id=id
            name=FIELD
            value=word(move || Some(choice.get().as_str()))
            aria-pressed=pressed
            aria-label=label
            on:click=press
        >
            {children()}
        </button>
    }
    .into_any()
}

/// Sends a choice, and takes all that is chosen from the answer.
fn choose(tray: Tray, choice: Choice) {
    if choice == Choice::Sound {
        alerts::turn_on(tray);
    }
    let fields = [(FIELD, choice.as_str())];
    browser::post(Choose::PATH, &fields, move |reply| {
        match buttons::read(reply) {
            Ok(settings) => tray.apply(Message::Settings { settings }),
            Err(error) => tray.refuse(error),
        }
    });
}

/// Mine, or the whole studio's.
#[component]
pub fn ScopeSwitch() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = tray.lang;
    let draw = move |scope, choice, words: Words| {
        let pressed = word(move || {
            Some(pressed(
                tray.settings.with(|settings| settings.scope == scope),
            ))
        });
        let words = words.say(lang);
        let label = Some(words);
        view! {
            <ChoiceButton choice class="switch-part" pressed label>
                {words}
            </ChoiceButton>
        }
        .into_any()
    };
    view! {
        <Choices class="switch" label=say::WHOSE.say(lang)>
            {draw(Scope::Mine, Choice::Mine, say::MINE)}
            {draw(Scope::Studio, Choice::Studio, say::STUDIO)}
        </Choices>
    }
}

const fn pressed(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

/// Whether ends are heard, and whether they can be.
#[component]
pub fn SoundToggle() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = tray.lang;
    let on = Memo::new(move |_| tray.settings.with(|settings| settings.sound));
    let blocked = Memo::new(move |_| on.get() && tray.audio.get() != Audio::Ready);
    let choice = Signal::derive(move || {
        if on.get() {
            Choice::Silence
        } else {
            Choice::Sound
        }
    });
    let label = word(move || {
        let words = if blocked.get() {
            say::SOUND_BLOCKED
        } else {
            say::SOUND
        };
        Some(words.say(lang))
    });
    let icon = Signal::derive(move || {
        if on.get() {
            icons::SOUND
        } else {
            icons::SILENCE
        }
    });
    view! {
        <Choices class="sound-slot" label=say::SOUND.say(lang)>
            <ChoiceButton
                choice
                class="deed"
                id="sound-toggle"
                pressed=word(move || Some(pressed(on.get())))
                label
            >
                <Icon path=icon />
            </ChoiceButton>
        </Choices>
        <span class="sound-blocked" hidden=flag(move || !blocked.get())></span>
    }
}
