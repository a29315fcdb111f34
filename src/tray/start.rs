//! Starts the tray in the browser.

use super::alerts::delivery::AlertDelivery;
use super::handle::Tray;
use super::live::clock::monotonic;
use super::live::{connection, ticker};
use super::reactive::effect;
use super::view::{browser_tab, events};

impl Tray {
    /// Follows the server from now on; does nothing on the server.
    pub fn connect(self) {
        // Before the listener that sends the forms of pages.
        events::listen(self);
        effect(move || {
            connection::start(self);
            ticker::start(self);
            let Self {
                lang,
                settings,
                alerts,
                navigation,
                ..
            } = self;
            self.set_delivery(AlertDelivery::start(
                lang, settings, alerts, navigation, monotonic,
            ));
            browser_tab::start(self);
        });
    }
}
