//! Events of the window and the document.

use super::document::document;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget, KeyboardEvent};

/// Dropping it stops the listening.
#[derive(Debug)]
pub struct Listener(Option<Listening>);

#[derive(Debug)]
struct Listening {
    target: EventTarget,
    events: &'static [&'static str],
    call: Closure<dyn Fn(Event)>,
}

/// Calls at each of these events of the window; never on the server.
pub fn on_window(events: &'static [&'static str], call: impl Fn() + 'static) -> Listener {
    Listener::on_window_events(events, move |_| call())
}

/// Calls when the page comes to the front or goes; never on the server.
pub fn on_visibility(call: impl Fn() + 'static) -> Listener {
    let document = document().map(Into::into);
    Listener::new(document, &["visibilitychange"], Box::new(move |_| call()))
}

/// Calls when a key is pressed that nothing else has taken; never on the server.
pub fn on_key(key: &'static str, call: impl Fn() + 'static) -> Listener {
    Listener::on_window_events(&["keydown"], move |event| {
        let pressed: Option<&KeyboardEvent> = event.dyn_ref();
        if pressed.is_some_and(|event| event.key() == key && !event.default_prevented()) {
            call();
        }
    })
}

impl Listener {
    pub(super) fn on_window_events(
        events: &'static [&'static str],
        call: impl Fn(Event) + 'static,
    ) -> Self {
        let window = super::IN_PAGE.then(web_sys::window).flatten();
        Self::new(window.map(Into::into), events, Box::new(call))
    }

    fn new(
        target: Option<EventTarget>,
        events: &'static [&'static str],
        call: Box<dyn Fn(Event)>,
    ) -> Self {
        Self(target.map(|target| {
            let call = Closure::wrap(call);
            for event in events {
                // It fails only where there are no events at all.
                let _ =
                    target.add_event_listener_with_callback(event, call.as_ref().unchecked_ref());
            }
            Listening {
                target,
                events,
                call,
            }
        }))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(Listening {
            target,
            events,
            call,
        }) = &self.0
        {
            for event in *events {
                // It was added, so it can be taken away.
                let _ = target
                    .remove_event_listener_with_callback(event, call.as_ref().unchecked_ref());
            }
        }
    }
}
