//! The current time as the page shows it, which is the server's time.

use super::server_clock::{BrowserTime, ServerClock};
use crate::browser;
use crate::job::Timestamp;
use crate::tray::model::status::Connection;
use crate::tray::model::times::since;
use crate::tray::monotonic::Monotonic;
use crate::tray::reactive::set_if_changed;
use leptos::prelude::*;
use std::time::Duration;

/// Signals of the tray. All copies share them.
#[derive(Clone, Copy)]
pub struct PageClock {
    server: StoredValue<ServerClock>,
    /// The server's time now; it advances only while a visible page shows it.
    pub now: RwSignal<Timestamp>,
    /// The server's time of the latest message, which gives the age of the data.
    pub updated: RwSignal<Timestamp>,
}

impl PageClock {
    /// Starts at the server's time of the first HTML.
    pub fn new(server_time: Timestamp) -> Self {
        Self {
            server: StoredValue::new(ServerClock::default()),
            now: RwSignal::new(server_time),
            updated: RwSignal::new(server_time),
        }
    }

    /// Records the server's time from a message that just arrived. It does nothing on the server.
    pub fn sample(self, server_time: Timestamp) {
        if let Some(browser) = browser_time() {
            (self.server).update_value(|clock| clock.sample(server_time, browser));
        }
    }

    /// Sets [`PageClock::now`] to the current time. It does nothing on the server.
    pub fn tick(self, connection: Connection) {
        if let Some(browser) = browser_time() {
            let offline = connection == Connection::Offline;
            let now = (self.server).with_value(|clock| clock.now(browser, offline));
            set_if_changed(self.now, now);
        }
    }

    /// Call it when messages may arrive again after a time without any. It does nothing on the server.
    pub fn resume(self) {
        if let Some(browser) = browser_time() {
            self.server.update_value(|clock| clock.resume(browser));
        }
    }

    /// The age of the data.
    pub fn age(self) -> Duration {
        since(self.updated.get(), self.now.get())
    }
}

/// The time of the browser's monotonic clock; always the same on the server.
pub fn monotonic() -> Monotonic {
    Monotonic::after_start(browser::monotonic_now().unwrap_or_default())
}

fn browser_time() -> Option<BrowserTime> {
    Some(BrowserTime {
        wall: browser::now()?,
        monotonic: monotonic(),
    })
}
