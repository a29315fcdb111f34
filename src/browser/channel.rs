//! What the tabs of one browser say to each other.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// Dropping it stops the listening.
#[derive(Debug)]
pub struct Channel {
    channel: BroadcastChannel,
    _handler: Closure<dyn Fn(MessageEvent)>,
}

impl Channel {
    /// Hears what other tabs of our origin say; none on the server, and in a browser without channels.
    pub fn open(name: &str, on: impl Fn(String) + 'static) -> Option<Self> {
        let channel = super::has("BroadcastChannel").then(|| BroadcastChannel::new(name))?;
        let channel = channel.ok()?;
        let handler = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                on(text);
            }
        });
        channel.set_onmessage(Some(handler.as_ref().unchecked_ref()));
        Some(Self {
            channel,
            _handler: handler,
        })
    }

    /// Tells all other tabs.
    pub fn send(&self, text: &str) {
        // It fails only once it is closed, and nobody closes it.
        let _ = self.channel.post_message(&text.into());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
