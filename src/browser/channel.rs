//! Messages between the tabs of one browser (the `BroadcastChannel` API).

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel to the other tabs of our origin. Dropping it closes it.
#[derive(Debug)]
pub struct Channel {
    channel: BroadcastChannel,
    _handler: Closure<dyn Fn(MessageEvent)>,
}

impl Channel {
    /// Calls `receive` with each message of another tab. None on the server and in browsers without channels.
    pub fn open(name: &str, receive: impl Fn(String) + 'static) -> Option<Self> {
        let channel = super::has("BroadcastChannel").then(|| BroadcastChannel::new(name))?;
        let channel = channel.ok()?;
        let handler = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                receive(text);
            }
        });
        channel.set_onmessage(Some(handler.as_ref().unchecked_ref()));
        Some(Self {
            channel,
            _handler: handler,
        })
    }

    /// Sends a message to all other tabs.
    pub fn send(&self, text: &str) {
        // It fails only once the channel is closed, which dropping it does.
        let _ = self.channel.post_message(&text.into());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
