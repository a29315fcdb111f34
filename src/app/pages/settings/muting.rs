//! Quiet time, in which ends are counted and not told.

use super::keeping::change;
use crate::app::{PageError, request};
use crate::i18n::{Lang, Translation, pages as messages, tray as tray_messages};
use crate::islands::{Island, Live};
use crate::job::Timestamp;
use crate::settings::{Settings, UNTIL_UNMUTED};
use crate::validation::{Format, Rule};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The latest moment that a browser may mute until: tomorrow, wherever it is.
const LONGEST_MUTE_MILLIS: i64 = 48 * 3_600_000;
const HOUR_MILLIS: i64 = 3_600_000;
/// The hour at which a night without alerts is over.
const MORNING: i8 = 8;

/// Tells no ends for a while: `hour`, `morning`, `open`, a time, or nothing, which tells them again.
#[server(prefix = "/forms", endpoint = "mute")]
pub async fn mute(until: String) -> Result<Settings, PageError> {
    let now = request::asked_at();
    let until = match until.as_str() {
        "" => None,
        "hour" => Some(Timestamp(now.0 + HOUR_MILLIS)),
        "morning" => Some(morning(now)),
        "open" => Some(UNTIL_UNMUTED),
        text => Some(
            Timestamp::parse(text)
                .filter(|until| (now.0..=now.0 + LONGEST_MUTE_MILLIS).contains(&until.0))
                .ok_or_else(|| {
                    PageError::invalid(
                        "until",
                        Rule::Format {
                            format: Format::Time,
                        },
                    )
                })?,
        ),
    };
    change(move |settings| settings.muted_until = until).await
}

/// For how long nothing is told. Each is a form of its own, since it is done rather than chosen.
pub fn muting(lang: Lang, chosen: &Settings) -> AnyView {
    let now = request::asked_at();
    let until = chosen.muted_until.filter(|until| now < *until);
    let state = match until {
        None => messages::NOT_MUTED.get(lang).into_any(),
        Some(UNTIL_UNMUTED) => tray_messages::MUTED.get(lang).into_any(),
        Some(until) => view! {
            {messages::MUTED_UNTIL.get(lang)}
            " "
            <Live island=Island::Moment(until) />
        }
        .into_any(),
    };
    let button = |until: &'static str, words: Translation| {
        view! {
            <form method="post" action=Mute::PATH>
                <input type="hidden" name="until" value=until data-until=until />
                <button class="button small" type="submit">
                    {words.get(lang)}
                </button>
            </form>
        }
        .into_any()
    };
    let buttons = match until {
        Some(_) => vec![button("", tray_messages::UNMUTE)],
        None => vec![
            button("hour", messages::MUTE_HOUR),
            button("morning", messages::MUTE_MORNING),
            button("open", messages::MUTE_OPEN),
        ],
    };
    view! {
        <section class="panel-box settings muting" aria-labelledby="settings-mute">
            <h2 id="settings-mute">{messages::SETTINGS_MUTE.get(lang)}</h2>
            <p>{state}</p>
            <div class="button-row">{buttons}</div>
        </section>
    }
    .into_any()
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

#[cfg(test)]
mod tests {
    use super::{Timestamp, morning};

    #[test]
    fn the_morning_is_the_next_days() {
        let now = Timestamp::parse("2026-11-27T23:30:00.000Z").unwrap();
        let until = morning(now);
        let hours = until.seconds_since(now) / 3600.0;
        assert!((0.0..=34.0).contains(&hours), "{hours}");
    }
}
