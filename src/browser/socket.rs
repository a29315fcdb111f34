//! One WebSocket to our own server. Reconnecting is up to the caller.

use super::document::window;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, MessageEvent, WebSocket};

/// What happens to a socket. `Closed` is the last event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SocketEvent {
    Opened,
    Text(String),
    Closed,
}

/// Dropping it closes the connection without another event.
#[derive(Debug)]
pub struct Socket {
    socket: WebSocket,
    _handler: Closure<dyn Fn(Event)>,
}

impl Socket {
    /// Opens a socket to a path of the page's own origin, and calls `receive` with each of its events. None on the
    /// server, and if the browser rejects it at once.
    pub fn open(path: &str, receive: impl Fn(SocketEvent) + 'static) -> Option<Self> {
        let location = window()?.location();
        let scheme = match location.protocol().ok()?.as_str() {
            "https:" => "wss",
            _ => "ws",
        };
        let url = format!("{scheme}://{}{path}", location.host().ok()?);
        let socket = WebSocket::new(&url).ok()?;
        let handler = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            match event.dyn_ref::<MessageEvent>() {
                Some(message) => {
                    if let Some(text) = message.data().as_string() {
                        receive(SocketEvent::Text(text));
                    }
                }
                None if event.type_() == "open" => receive(SocketEvent::Opened),
                None => receive(SocketEvent::Closed),
            }
        });
        let function = handler.as_ref().unchecked_ref();
        socket.set_onopen(Some(function));
        socket.set_onmessage(Some(function));
        // A close event follows every error.
        socket.set_onclose(Some(function));
        Some(Self {
            socket,
            _handler: handler,
        })
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // It fails only for an invalid close code, and none is given.
        let _ = self.socket.close();
    }
}
