//! The tray: what runs, how far it is and what came of it, on every page.
//!
//! # Layout
//! - [`Tray`]: the handle that pages take from context
//! - `model`: what is known of the jobs and how messages change it; pure
//! - `alerts`: which ends are announced, how, and by which of the browser's tabs
//! - `live`: the connection to the server and the server's clock
//! - `text`: what is said of jobs and of the tray in the reader's language; pure
//! - `view`: the components
//! - [`actions`]: server functions for what a person does to a job
//! - [`reactive`]: effects and signals

pub mod actions;
mod alerts;
mod handle;
mod live;
mod model;
pub mod reactive;
mod text;
mod view;

pub use alerts::preview;
pub use handle::Tray;
pub use model::{Group, Row, Rows};
pub use text::Connection;
pub use view::{Asking, Bell, Pieces, Shown, Toasts, TrayButton, TrayPanel, escape, say_refusal};
