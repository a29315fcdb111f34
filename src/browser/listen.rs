//! Events of the window and the document.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::EventTarget;

/// Dropping it stops the listening.
#[derive(Debug)]
pub struct Listener(Option<Listening>);

#[derive(Debug)]
struct Listening {
    target: EventTarget,
    event: &'static str,
    call: Closure<dyn Fn()>,
}

/// Calls at each event of the window; never on the server.
pub fn on_window(event: &'static str, call: impl Fn() + 'static) -> Listener {
    Listener::on(event, call, |window| Some(window.into()))
}

/// Calls at each event of the document; never on the server.
pub fn on_document(event: &'static str, call: impl Fn() + 'static) -> Listener {
    Listener::on(event, call, |window| Some(window.document()?.into()))
}

impl Listener {
    fn on(
        event: &'static str,
        call: impl Fn() + 'static,
        target: fn(web_sys::Window) -> Option<EventTarget>,
    ) -> Self {
        let listening = || {
            let target = target(super::IN_PAGE.then(web_sys::window)??)?;
            let call = Closure::<dyn Fn()>::new(call);
            target
                .add_event_listener_with_callback(event, call.as_ref().unchecked_ref())
                .ok()?;
            Some(Listening {
                target,
                event,
                call,
            })
        };
        Self(listening())
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(Listening {
            target,
            event,
            call,
        }) = &self.0
        {
            // It was added, so it can be taken away.
            let _ =
                target.remove_event_listener_with_callback(event, call.as_ref().unchecked_ref());
        }
    }
}
