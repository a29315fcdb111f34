//! The server's time in the page, and its seconds while somebody sees them pass.

use crate::browser::{self, Timer};
use crate::job::Timestamp;
use crate::live::Message;
use crate::tray::handle::Tray;
use crate::tray::reactive::set;
use crate::tray::reactive::{follow, keep};
use crate::tray::text::button::Connection;
use leptos::prelude::*;
use std::collections::VecDeque;

const TICK_MILLIS: u32 = 1_000;
/// Messages from which the difference of the clocks is taken.
const SAMPLES: usize = 8;

/// The difference between the server's clock and one of the browser's, in milliseconds.
///
/// A message is at most late, so the largest difference of the latest few is the truest.
#[derive(Debug, Clone, Default)]
pub struct ServerClock {
    samples: VecDeque<i64>,
}

impl ServerClock {
    pub fn sampled(&mut self, server: Timestamp, browser: Timestamp) {
        if self.samples.len() == SAMPLES {
            self.samples.pop_front();
        }
        self.samples.push_back(server.0 - browser.0);
    }

    pub fn at(&self, browser: Timestamp) -> Timestamp {
        Timestamp(browser.0 + self.samples.iter().max().copied().unwrap_or(0))
    }
}

impl Tray {
    /// A message from the socket: it also tells the server's time.
    pub fn receive(self, message: Message) {
        let server_time = match &message {
            Message::Snapshot { server_time, .. }
            | Message::Changes { server_time, .. }
            | Message::Alive { server_time, .. } => Some(*server_time),
            Message::Seen { .. } | Message::Settings { .. } => None,
        };
        self.sample(server_time);
        let quiet = matches!(message, Message::Alive { .. });
        self.apply(message);
        if quiet {
            self.tick();
        }
    }

    /// Moves [`Tray::now`] to the present. It is counted by a clock that nobody sets; without news, when
    /// the machine may have slept, by the one on the wall.
    pub fn tick(self) {
        let offline = self.connection.get_untracked() == Connection::Offline;
        let (clock, browser) = if offline {
            (self.wall_clock, browser::now())
        } else {
            (self.clock, browser::steady())
        };
        if let Some(browser) = browser {
            set(self.now, clock.with_value(|clock| clock.at(browser)));
        }
    }

    /// News can come again: what the machine slept, the clock on the wall has counted.
    pub fn wake(self) {
        if self.connection.get_untracked() == Connection::Offline
            && let Some((wall, steady)) = browser::now().zip(browser::steady())
        {
            let server = self.wall_clock.with_value(|clock| clock.at(wall));
            (self.clock).update_value(|clock| clock.sampled(server, steady));
        }
    }

    fn sample(self, server_time: Option<Timestamp>) {
        let Some(server) = server_time else { return };
        for (clock, browser) in [
            (self.clock, browser::steady()),
            (self.wall_clock, browser::now()),
        ] {
            if let Some(browser) = browser {
                clock.update_value(|clock| clock.sampled(server, browser));
            }
        }
    }
}

/// Ticks while something runs, or while the age of the data is told, in a page that is seen.
pub fn start(tray: Tray) {
    tray.sample(Some(tray.heard.get_untracked()));
    keep(vec![browser::on_visibility(move || {
        tray.visible.set(browser::is_visible());
    })]);
    let mut timer = None::<Timer>;
    let needed = Memo::new(move |_| {
        tray.visible.get()
            && (tray.summary.with(|summary| summary.running > 0)
                || tray.connection.get() == Connection::Offline)
    });
    follow(move || {
        let next = needed.get().then(|| {
            tray.tick();
            browser::every(TICK_MILLIS, move || tray.tick())
        });
        drop(std::mem::replace(&mut timer, next));
    });
}

#[cfg(test)]
mod tests {
    use super::{SAMPLES, ServerClock};
    use crate::job::Timestamp;

    #[test]
    fn a_late_message_does_not_move_the_clock() {
        let mut clock = ServerClock::default();
        clock.sampled(Timestamp(10_000), Timestamp(1_000));
        clock.sampled(Timestamp(11_000), Timestamp(3_500));
        assert_eq!(clock.at(Timestamp(4_000)), Timestamp(13_000));
    }

    #[test]
    fn a_browser_whose_clock_was_set_is_followed() {
        let mut clock = ServerClock::default();
        clock.sampled(Timestamp(10_000), Timestamp(0));
        for _ in 0..SAMPLES {
            clock.sampled(Timestamp(10_000), Timestamp(9_000));
        }
        assert_eq!(clock.at(Timestamp(9_000)), Timestamp(10_000));
    }
}
