//! Web APIs, one a file. Nothing here knows a page.
//!
//! Signatures are the same on both targets; on the server each function does nothing, as documented. A returned guard
//! keeps its effect alive: dropping it ends the effect.

mod channel;
mod clock;
mod dialog;
mod document;
mod dom_event;
mod fetch;
mod focus;
mod form;
mod icon;
mod listen;
mod local_storage;
mod lock;
mod notification;
mod popover;
mod random;
mod socket;
mod sound;
mod timer;
mod visibility;

pub use channel::Channel;
pub use clock::{local_date_time, local_time, monotonic_now, next_morning, now};
pub use dialog::show_dialog;
pub use document::{address, document, elements, reload, set_attribute, text_of, window};
pub use dom_event::{DomEvent, on_event};
pub use fetch::{Reply, form_fields, get, post};
pub use focus::{focus_on, focused_within};
pub use form::{field_value, form_element, is_form_changed, post_form};
pub use icon::{set_badge, set_icon};
pub use listen::{Listener, on_key, on_visibility, on_window, on_window_event};
pub use local_storage::{store, stored};
pub use lock::{LockGuard, hold_shared_lock, is_lock_held, locks_available, with_lock};
pub use notification::{DesktopNotification, Permission, ask_permission, notify, permission};
pub use popover::{hide_open_popover, is_popover_open};
pub use random::{random, random_rank};
pub use socket::{Socket, SocketEvent};
pub use sound::{Audio, AudioOutput, Playing};
pub use timer::{Timer, after, every};
pub use visibility::{has_focus, is_visible};

/// Whether this runs in a page; on the server there is none.
const IN_PAGE: bool = cfg!(target_arch = "wasm32");

/// Whether the browser has a global of that name; false on the server.
fn has(name: &str) -> bool {
    document::window().is_some_and(|window| {
        js_sys::Reflect::get(&window, &name.into()).is_ok_and(|it| !it.is_undefined())
    })
}

/// Swallows a rejection so that it is not logged as unhandled.
fn ignore(pending: wasm_bindgen::JsValue) {
    let pending = js_sys::Promise::resolve(&pending);
    wasm_bindgen_futures::spawn_local(async move {
        let _ = wasm_bindgen_futures::JsFuture::from(pending).await;
    });
}
