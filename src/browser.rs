//! What only a browser can do, one function or thing a file.
//!
//! Signatures are the same on both targets; on the server each does nothing, as its doc says.
//! What must be kept for an effect to last is returned, and dropping it ends the effect.

mod channel;
mod clock;
mod dialog;
mod document;
mod fetch;
mod focus;
mod form;
mod icon;
mod listen;
mod memory;
mod morph;
mod notification;
mod pages;
mod piece;
mod piece_list;
mod popover;
mod random;
mod socket;
mod sound;
mod timer;
mod title;
mod touch;
mod turns;
mod visibility;

pub use channel::Channel;
pub use clock::{local_date_time, local_time, next_morning, now, steady};
pub use dialog::show_dialog;
pub use document::{elements, embedded, renew};
pub use fetch::{Reply, get, post};
pub use focus::{focus_on, focused_within, restore_focus, watch_focus};
pub use form::{is_touched, mark, save_form, say_kept, set_value, value_of};
pub use icon::{set_badge, set_icon};
pub use listen::{Listener, on_key, on_visibility, on_window};
pub use memory::{remember, remembered};
pub use notification::{Notice, Permission, ask_permission, notify, permission};
pub use pages::{be_reachable, follow_pages, redraw_forms, refresh, visit};
pub use piece::{GAP, Moving, Piece, escape};
pub use piece_list::PieceList;
pub use popover::is_popover_open;
pub use random::{random, random_rank};
pub use socket::{Socket, SocketEvent};
pub use sound::{Audio, Playing, audio, play, unlock_audio};
pub use timer::{Timer, after, every};
pub use title::{set_page_title, set_work_title};
pub use touch::{Touch, on_touch};
pub use turns::{Held, has_turns, hold_shared, in_turn, is_held};
pub use visibility::{has_focus, is_visible};

/// Whether this runs in a page; on the server there is none.
const IN_PAGE: bool = cfg!(target_arch = "wasm32");

/// Whether the browser knows a thing of that name; false on the server.
fn has(name: &str) -> bool {
    let window = IN_PAGE.then(web_sys::window).flatten();
    window.is_some_and(|window| {
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
