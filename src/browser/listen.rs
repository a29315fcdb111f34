//! Events of the window and the document.

use super::document::{document, window};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget, KeyboardEvent};

/// Dropping it removes the listener.
#[derive(Debug)]
pub struct Listener(Option<Registered>);

#[derive(Debug)]
struct Registered {
    target: EventTarget,
    events: &'static [&'static str],
    call: Closure<dyn Fn(Event)>,
}

/// Calls `call` for each of these window events. Does nothing on the server.
pub fn on_window(events: &'static [&'static str], call: impl Fn() + 'static) -> Listener {
    on_window_event(events, move |_| call())
}

/// Calls `call` with each of these window events. Does nothing on the server.
pub fn on_window_event(
    events: &'static [&'static str],
    call: impl Fn(Event) + 'static,
) -> Listener {
    Listener::new(window().map(Into::into), events, Box::new(call))
}

/// Calls `call` when the page becomes visible or hidden. Does nothing on the server.
pub fn on_visibility(call: impl Fn() + 'static) -> Listener {
    let document = document().map(Into::into);
    Listener::new(document, &["visibilitychange"], Box::new(move |_| call()))
}

/// Calls `call` when the key is pressed and no other listener handled it. Does nothing on the server.
pub fn on_key(key: &'static str, call: impl Fn() + 'static) -> Listener {
    on_window_event(&["keydown"], move |event| {
        let pressed: Option<&KeyboardEvent> = event.dyn_ref();
        if pressed.is_some_and(|event| event.key() == key && !event.default_prevented()) {
            call();
        }
    })
}

impl Listener {
    fn new(
        target: Option<EventTarget>,
        events: &'static [&'static str],
        call: Box<dyn Fn(Event)>,
    ) -> Self {
        Self(target.map(|target| {
            let call = Closure::wrap(call);
            for event in events {
                // It fails only for a target without events.
                let _ =
                    target.add_event_listener_with_callback(event, call.as_ref().unchecked_ref());
            }
            Registered {
                target,
                events,
                call,
            }
        }))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(Registered {
            target,
            events,
            call,
        }) = &self.0
        {
            for event in *events {
                // It was added, so it can be removed.
                let _ = target
                    .remove_event_listener_with_callback(event, call.as_ref().unchecked_ref());
            }
        }
    }
}
