//! Advances the page's time while the page is visible.

use crate::browser::every;
use crate::browser::{self, Timer};
use crate::tray::handle::Tray;
use crate::tray::model::status::Connection;
use crate::tray::reactive::{effect, keep_listeners};
use leptos::prelude::*;
use std::time::Duration;

const INTERVAL: Duration = Duration::from_secs(1);

/// Ticks in a visible page while a job runs or while the age of the data is shown.
pub fn start(tray: Tray) {
    tray.clock.sample(tray.clock.updated.get_untracked());
    keep_listeners(vec![browser::on_visibility(move || {
        tray.visible.set(browser::is_visible());
    })]);
    let mut timer = None::<Timer>;
    let needed = Memo::new(move |_| {
        tray.visible.get()
            && (tray.totals.with(|totals| totals.running > 0)
                || tray.connection.get() == Connection::Offline)
    });
    effect(move || {
        let next = needed.get().then(|| {
            tray.tick();
            every(INTERVAL, move || tray.tick())
        });
        // Stops the previous timer.
        drop(std::mem::replace(&mut timer, next));
    });
}
