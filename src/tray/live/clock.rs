//! The present as the page shows it: the server's time.

use super::server_clock::{BrowserTime, ServerClock};
use crate::browser;
use crate::job::Timestamp;
use crate::tray::model::status::Connection;
use crate::tray::model::times::since;
use crate::tray::monotonic::Monotonic;
use crate::tray::reactive::set_if_changed;
use leptos::prelude::*;
use std::time::Duration;

/// Signals of the tray; a copy is as good as the original.
#[derive(Clone, Copy)]
pub struct PageClock {
    server: StoredValue<ServerClock>,
    /// The server's time now; it moves only while somebody can see it move.
    pub now: RwSignal<Timestamp>,
    /// The server's time of the latest message: how old the data is.
    pub updated: RwSignal<Timestamp>,
}

impl PageClock {
    /// Begins at the server's time of the first HTML.
    pub fn new(server_time: Timestamp) -> Self {
        Self {
            server: StoredValue::new(ServerClock::default()),
            now: RwSignal::new(server_time),
            updated: RwSignal::new(server_time),
        }
    }

    /// A message with the server's time arrived; nothing on the server.
    pub fn sample(self, server_time: Timestamp) {
        if let Some(browser) = browser_time() {
            (self.server).update_value(|clock| clock.sample(server_time, browser));
        }
    }

    /// Moves [`PageClock::now`] to the present; nothing on the server.
    pub fn tick(self, connection: Connection) {
        if let Some(browser) = browser_time() {
            let offline = connection == Connection::Offline;
            let now = (self.server).with_value(|clock| clock.now(browser, offline));
            set_if_changed(self.now, now);
        }
    }

    /// Messages may come again after a time without any; nothing on the server.
    pub fn resume(self) {
        if let Some(browser) = browser_time() {
            self.server.update_value(|clock| clock.resume(browser));
        }
    }

    /// How old the data is.
    pub fn age(self) -> Duration {
        since(self.updated.get(), self.now.get())
    }
}

/// The moment of the browser's monotonic clock; always the same on the server.
pub fn monotonic() -> Monotonic {
    let millis = browser::steady().map_or(0, |now| now.0);
    Monotonic::after_start(Duration::from_millis(u64::try_from(millis).unwrap_or(0)))
}

fn browser_time() -> Option<BrowserTime> {
    Some(BrowserTime {
        wall: browser::now()?,
        monotonic: monotonic(),
    })
}
