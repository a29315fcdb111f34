//! Quiet time: alerts are off, but results still appear in the tray.

use super::save::change;
use crate::i18n::{Lang, Translation, pages as messages, tray as tray_messages};
use crate::islands::{Island, Live};
use crate::job::Timestamp;
use crate::routes::UNTIL_MORNING;
use crate::routes::attributes::UNTIL;
use crate::settings::{MORNING, Settings, UNTIL_UNMUTED};
use crate::ui::PageError;
use crate::ui::request::request_time;
use crate::validation::{Format, Rule};
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use std::time::Duration;

/// The longest time that a browser may mute for: until tomorrow, in any time zone.
const MAX_MUTE: Duration = Duration::from_hours(48);
const HOUR: Duration = Duration::from_hours(1);
/// How long the morning is away where the server knows no time zone.
const NIGHT: Duration = Duration::from_hours(12);

/// Mutes alerts for an `hour`, until the `morning`, until they are unmuted (`open`) or until a time. An empty value
/// unmutes them.
#[server(prefix = "/forms", endpoint = "mute")]
pub async fn mute(until: String) -> Result<Settings, PageError> {
    let now = request_time();
    let until = match until.as_str() {
        "" => None,
        "hour" => Some(now.after(HOUR)),
        UNTIL_MORNING => Some(morning(now)),
        "open" => Some(UNTIL_UNMUTED),
        text => Some(
            Timestamp::parse(text)
                .filter(|until| (now..=now.after(MAX_MUTE)).contains(until))
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

/// The section of the page. Each button is a form of its own: it acts at once and is not saved with the rest.
pub fn mute_section(lang: Lang, settings: &Settings) -> AnyView {
    let now = request_time();
    let until = settings.muted_until.filter(|until| now < *until);
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
    let button = |until: &'static str, label: Translation| {
        view! {
            <form method="post" action=Mute::PATH>
                <input type="hidden" name="until" {..custom_attribute(UNTIL, until)} value=until />
                <button class="button small" type="submit">
                    {label.get(lang)}
                </button>
            </form>
        }
        .into_any()
    };
    let buttons = match until {
        Some(_) => vec![button("", tray_messages::UNMUTE)],
        None => vec![
            button("hour", messages::MUTE_HOUR),
            button(UNTIL_MORNING, messages::MUTE_MORNING),
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

/// Tomorrow morning in the server's time zone; a live page sends the time of the user's own morning.
fn morning(now: Timestamp) -> Timestamp {
    let here = jiff::Timestamp::from_millisecond(now.0).ok();
    let here = here.map(|now| now.to_zoned(jiff::tz::TimeZone::system()));
    let morning = here.and_then(|now| {
        now.tomorrow()
            .ok()?
            .date()
            .at(MORNING.cast_signed(), 0, 0, 0)
            .to_zoned(now.time_zone().clone())
            .ok()
    });
    morning.map_or(now.after(NIGHT), |at| {
        Timestamp(at.timestamp().as_millisecond())
    })
}

#[cfg(test)]
mod tests {
    use super::{Timestamp, morning};

    #[test]
    fn morning_is_within_the_next_34_hours() {
        let now = Timestamp::parse("2026-11-27T23:30:00.000Z").unwrap();
        let until = morning(now);
        let hours = until.seconds_since(now) / 3600.0;
        assert!((0.0..=34.0).contains(&hours), "{hours}");
    }
}
