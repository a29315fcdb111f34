//! The tray's texts about jobs and about itself, in the reader's language.
//!
//! Pure: the time is passed in. The server and the first render in the browser give the same texts.
//!
//! # Layout
//! - [`job_status`]: what a job is doing, how long it has run and how long it will take
//! - [`job_link`]: where a click on a job leads
//! - [`button`]: the texts of the button
//! - [`title`]: the page's title while a job runs

pub mod button;
pub mod job_link;
pub mod job_status;
pub mod title;
