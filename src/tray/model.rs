//! What the tray knows of the jobs, and how messages change it. Pure: no clock, no page, no network.

pub mod pending_cancels;
pub mod rows;
pub mod state;

pub use rows::{Group, Row, Rows};
