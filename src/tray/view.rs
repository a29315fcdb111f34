//! The components of the tray.

pub mod action_error;
pub mod announcer;
pub mod bell;
pub mod browser_tab;
pub mod button;
pub mod commands;
pub mod confirm_cancel;
pub mod html;
pub mod icons;
pub mod keyed_list;
pub mod panel;
pub mod quick_settings;
pub mod ring;
pub mod row;
pub mod toasts;

pub use action_error::say_refusal;
pub use bell::Bell;
pub use button::TrayButton;
pub use confirm_cancel::Asking;
pub use html::escape;
pub use keyed_list::Pieces;
pub use panel::TrayPanel;
pub use row::Shown;
pub use toasts::Toasts;
