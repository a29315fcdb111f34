//! What only a browser can do, one function or thing a file.
//!
//! Signatures are the same on both targets; on the server each does nothing, as its doc says.
//! What must be kept for an effect to last is returned, and dropping it ends the effect.

mod clock;
mod fetch;
mod focus;
mod listen;
mod popover;
mod random;
mod socket;
mod timer;
mod visibility;

pub use clock::{local_time, now};
pub use fetch::get_text;
pub use focus::focus_if_lost;
pub use listen::{Listener, on_document, on_window};
pub use popover::{hide_popover, is_popover_open};
pub use random::random;
pub use socket::{Socket, SocketEvent};
pub use timer::{Timer, after, every};
pub use visibility::is_visible;

/// Whether this runs in a page; on the server there is none.
const IN_PAGE: bool = cfg!(target_arch = "wasm32");
