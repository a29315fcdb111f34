//! The tray: what runs, how far it is and what it made, on every page.
//!
//! # Layout
//! - [`Tray`]: the handle that components take from context
//! - `model`: what is known about jobs and how messages change it; pure
//! - `text`: texts about jobs in the user's language; pure
//! - `alerts`: which ends of jobs are announced, how, and by which of the browser's tabs
//! - `live`: the connection to the server, and the server's clock
//! - `view`: the components
//! - [`actions`]: server functions for what a user does; `requests`: how the page calls them
//! - `start`: starts all this in the browser
//! - [`alert_test`]: lets the user test their alerts
//! - [`reactive`], `monotonic`: effects and signals, moments

pub mod actions;
pub mod alert_test;
mod alerts;
mod handle;
mod kind_pictures;
mod live;
mod model;
mod monotonic;
pub mod reactive;
mod requests;
mod start;
mod text;
mod view;

pub use handle::Tray;
pub use kind_pictures::FindPicture;
pub use model::rows::{PanelRow, PanelRows};
pub use model::status::Connection;
pub use requests::mark_seen;
pub use view::action_error::error_text;
pub use view::bell::Bell;
pub use view::button::TrayButton;
pub use view::confirm_cancel::ConfirmCancel;
pub use view::html::escape;
pub use view::keyed_list::KeyedList;
pub use view::list_item::ListItem;
pub use view::panel::TrayPanel;
pub use view::row::JobView;
pub use view::toasts::Toasts;
