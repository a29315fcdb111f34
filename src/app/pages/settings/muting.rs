//! Quiet time, in which ends are counted and not told.

use super::keeping::Mute;
use crate::app::request;
use crate::islands::{Island, Live};
use crate::settings::{Settings, UNTIL_UNMUTED};
use crate::words::{Lang, Words, pages as say, tray as tray_words};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// For how long nothing is told. Each is a form of its own, since it is done rather than chosen.
pub fn muting(lang: Lang, chosen: &Settings) -> AnyView {
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
