//! The components of the tray.
//!
//! # Layout
//! - [`button`], [`ring`], [`announcer`]: the button in the navigation
//! - [`panel`], [`row`], [`command_buttons`], [`bell`], [`quick_settings`]: the panel under it
//! - [`toasts`], [`confirm_cancel`], [`action_error`]: what comes up by itself
//! - [`browser_tab`]: title, icon and badge of the browser's tab
//! - [`events`]: what the user does to buttons and forms
//! - [`keyed_list`], [`rendered_list`], [`list_item`]: lists of HTML text, and how they are kept up to date
//! - [`html`], [`icons`]: what the items are made of

pub mod action_error;
pub mod announcer;
pub mod bell;
pub mod browser_tab;
pub mod button;
pub mod command_buttons;
pub mod confirm_cancel;
pub mod events;
pub mod html;
pub mod icons;
pub mod keyed_list;
pub mod list_item;
pub mod panel;
pub mod quick_settings;
pub mod rendered_list;
pub mod ring;
pub mod row;
pub mod toasts;
