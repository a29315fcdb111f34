//! The title and the icon of the browser's tab, and the badge of an installed app.

use crate::browser;
use crate::routes::FAVICON;
use crate::tray::handle::Tray;
use crate::tray::live::clock::monotonic;
use crate::tray::model::status::Badge;
use crate::tray::model::title_job::TitleJob;
use crate::tray::model::totals::whole_percent;
use crate::tray::reactive::effect;
use crate::tray::text::title::title;
use leptos::prelude::*;

/// The site's own icon.
const SITE_ICON: &str = FAVICON;
/// The length of the icon's ring, in the units of `pathLength`.
const WHOLE: u8 = 100;

/// Keeps them up to date for as long as the page lives. Does nothing on the server.
pub fn start(tray: Tray) {
    let lang = tray.lang;
    let mut title_job = TitleJob::default();
    effect(move || {
        tray.rows.track();
        let chosen = tray.state.with_value(|state| {
            let is_running = |id: &_| state.is_running(id);
            title_job.choose(state.soonest(), is_running, monotonic())
        });
        // Reading the job runs this again when its progress changes.
        let job = chosen.and_then(|id| tray.job(&id));
        let shown = job.filter(|_| !tray.alerts.focused.get());
        let title = shown.map(|job| title(lang, &job));
        tray.navigation.override_title(title);
    });
    // A new document has the site's own icon, and no badge.
    let (mut badge, mut percent, mut unseen) = (Badge::Idle, 0, 0);
    effect(move || {
        let before = (badge, percent, unseen);
        tray.totals.with(|totals| {
            badge = Badge::of(totals, tray.connection.get());
            percent = totals.progress.map_or(0, whole_percent);
            unseen = totals.failed_unseen + totals.ready_unseen;
        });
        if (badge, percent) != (before.0, before.1) {
            let icon = icon(badge, percent);
            browser::set_icon(icon.as_deref().unwrap_or(SITE_ICON));
        }
        if unseen != before.2 {
            browser::set_badge(unseen);
        }
    });
}

/// A ring with the progress, with a sign while an ended job is unseen; none for the site's own icon.
///
/// The colours are those of the dark colour scheme, with its background, since a tab may have any colour.
fn icon(badge: Badge, percent: u8) -> Option<String> {
    let (colour, done, sign) = match badge {
        Badge::Running => ("%2393a8ff", percent, ""),
        Badge::Ready => ("%2367d59f", WHOLE, "m10 16.5 4 4 8-9"),
        Badge::Error => ("%23f3bc55", WHOLE, "m11 11 10 10M21 11 11 21"),
        Badge::Idle | Badge::Paused | Badge::Offline => return None,
    };
    Some(format!(
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>\
         <rect width='32' height='32' rx='9' fill='%23191b1f'/>\
         <g fill='none' stroke-width='4' stroke-linecap='round'>\
         <circle cx='16' cy='16' r='11' stroke='%23454a54'/>\
         <circle cx='16' cy='16' r='11' stroke='{colour}' pathLength='{WHOLE}' \
         stroke-dasharray='{done} {WHOLE}' transform='rotate(-90 16 16)'/>\
         <path d='{sign}' stroke='{colour}' stroke-width='3'/></g></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::{Badge, icon};

    #[test]
    fn the_icon_shows_what_runs_and_what_is_unseen() {
        for (badge, part) in [
            (Badge::Running, "'42 100'"),
            (Badge::Ready, "m10 16.5"),
            (Badge::Error, "m11 11"),
        ] {
            let icon = icon(badge, 42).unwrap_or_default();
            assert!(icon.contains(part), "{badge:?}: {icon}");
        }
    }

    #[test]
    fn the_site_keeps_its_icon_while_nothing_calls_for_attention() {
        for badge in [Badge::Idle, Badge::Paused, Badge::Offline] {
            assert_eq!(icon(badge, 42), None);
        }
    }

    #[test]
    fn the_icon_has_no_character_that_ends_its_address() {
        for badge in [Badge::Running, Badge::Ready, Badge::Error] {
            let icon = icon(badge, 42).unwrap_or_default();
            assert!(!icon.contains(['#', '"']), "{icon}");
        }
    }
}
