//! One WebSocket to our own server, from opening to its end. Who reconnects decides elsewhere.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, MessageEvent, WebSocket};

/// What happens to a socket. After `Closed` nothing follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SocketEvent {
    Opened,
    Text(String),
    Closed,
}

/// Dropping it closes the connection silently.
#[derive(Debug)]
pub struct Socket {
    socket: WebSocket,
    _handler: Closure<dyn Fn(Event)>,
}

impl Socket {
    /// Opens a socket to a path of the page's own origin; none on the server, or where the
    /// browser refuses at once.
    pub fn open(path: &str, on: impl Fn(SocketEvent) + 'static) -> Option<Self> {
        let location = super::IN_PAGE.then(web_sys::window)??.location();
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
                        on(SocketEvent::Text(text));
                    }
                }
                None if event.type_() == "open" => on(SocketEvent::Opened),
                None => on(SocketEvent::Closed),
            }
        });
        let function = handler.as_ref().unchecked_ref();
        socket.set_onopen(Some(function));
        socket.set_onmessage(Some(function));
        // An error is always followed by the close.
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
        // It fails only for a code that is not allowed, and none is given.
        let _ = self.socket.close();
    }
}
