//! What only a browser can do, one function or thing a file.
//!
//! Signatures are the same on both targets; on the server each does nothing, as its doc says.
//! What must be kept for an effect to last is returned, and dropping it ends the effect.

mod clock;
mod document;
mod fetch;
mod focus;
mod listen;
mod morph;
mod pages;
mod popover;
mod random;
mod socket;
mod timer;
mod visibility;

pub use clock::{local_date_time, local_time, now};
pub use document::{elements, embedded, renew};
pub use fetch::{Reply, get, post, send_form};
pub use focus::{restore_focus, watch_focus};
pub use listen::{Listener, on_document, on_window};
pub use pages::{be_reachable, follow_pages, refresh};
pub use popover::{hide_popover, is_popover_open};
pub use random::random;
pub use socket::{Socket, SocketEvent};
pub use timer::{Timer, after, every};
pub use visibility::is_visible;

/// Whether this runs in a page; on the server there is none.
const IN_PAGE: bool = cfg!(target_arch = "wasm32");
