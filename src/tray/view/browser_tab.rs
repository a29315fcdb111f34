//! What the browser's tab shows of the work: title, icon, and the number on the app.

use crate::browser;
use crate::tray::alerts::dispatcher;
use crate::tray::handle::Tray;
use crate::tray::reactive::follow;
use crate::tray::text::button::Look;
use crate::tray::text::title;
use leptos::prelude::*;

/// The icon as the site has it.
const OWN: &str = "/favicon.svg";
/// The icon's ring, in its own lengths.
const WHOLE: u8 = 100;

/// Keeps them true for as long as the page lives; nothing comes of it on the server.
pub fn start(tray: Tray) {
    let lang = tray.lang;
    let mut titled = title::Titled::default();
    follow(move || {
        tray.rows.track();
        let now = dispatcher::millis();
        let picked = tray
            .state
            .with_value(|state| titled.pick(state.soonest(), |id| state.is_running(id), now));
        // Its progress moves the title.
        let job = picked.and_then(|id| tray.job(&id));
        let work = job.filter(|_| !tray.focused.get());
        browser::set_work_title(work.map(|job| title::text(lang, &job)));
    });
    // The page came with its own icon, and without a number.
    let (mut look, mut percent, mut unseen) = (Look::Idle, 0, 0);
    follow(move || {
        let before = (look, percent, unseen);
        tray.summary.with(|summary| {
            look = Look::of(summary, tray.connection.get());
            percent = summary.progress.map_or(0, title::percent);
            unseen = summary.failed_unseen + summary.ready_unseen;
        });
        if (look, percent) != (before.0, before.1) {
            let icon = icon(look, percent);
            browser::set_icon(icon.as_deref().unwrap_or(OWN));
        }
        if unseen != before.2 {
            browser::set_badge(unseen);
        }
    });
}

/// A ring with the progress, or a sign until somebody has seen what ended; none: the site's own.
/// The colours are those of the style sheet's dark scheme on its ground: a tab may be of any colour.
fn icon(look: Look, percent: u8) -> Option<String> {
    let (colour, part, sign) = match look {
        Look::Running => ("%2393a8ff", percent, ""),
        Look::Ready => ("%2367d59f", WHOLE, "m10 16.5 4 4 8-9"),
        Look::Error => ("%23f3bc55", WHOLE, "m11 11 10 10M21 11 11 21"),
        Look::Idle | Look::Paused | Look::Offline => return None,
    };
    Some(format!(
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>\
         <rect width='32' height='32' rx='9' fill='%23191b1f'/>\
         <g fill='none' stroke-width='4' stroke-linecap='round'>\
         <circle cx='16' cy='16' r='11' stroke='%23454a54'/>\
         <circle cx='16' cy='16' r='11' stroke='{colour}' pathLength='{WHOLE}' \
         stroke-dasharray='{part} {WHOLE}' transform='rotate(-90 16 16)'/>\
         <path d='{sign}' stroke='{colour}' stroke-width='3'/></g></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_shows_what_runs_and_what_nobody_has_seen() {
        for (look, part) in [
            (Look::Running, "'42 100'"),
            (Look::Ready, "m10 16.5"),
            (Look::Error, "m11 11"),
        ] {
            let icon = icon(look, 42).unwrap_or_default();
            assert!(icon.contains(part), "{look:?}: {icon}");
            // A sign of these would end the address.
            assert!(!icon.contains(['#', '"']), "{icon}");
        }
        for look in [Look::Idle, Look::Paused, Look::Offline] {
            assert_eq!(icon(look, 42), None);
        }
    }
}
