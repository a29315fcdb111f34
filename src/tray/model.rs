//! What the tray knows about jobs, and how messages change it.
//!
//! Pure: no clock, no page and no network. The server renders with the same code, and tests need neither.
//!
//! # Layout
//! - [`state`]: the reducer, (state, message) → [`update`]
//! - [`alert`]: the end of a job that is to be announced
//! - [`partial_snapshot`]: an incomplete snapshot
//! - [`running_order`], [`rows`]: the order of the panel
//! - [`batch`], [`totals`]: the totals of the button
//! - [`status`]: the tray in one word
//! - [`times`]: running and remaining time at a given moment
//! - [`pending_cancels`]: which jobs this page is cancelling
//! - [`title_job`]: which job the page's title names

pub mod alert;
pub mod batch;
pub mod partial_snapshot;
pub mod pending_cancels;
pub mod rows;
pub mod running_order;
pub mod state;
pub mod status;
pub mod times;
pub mod title_job;
pub mod totals;
pub mod update;
