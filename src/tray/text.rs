//! What the tray says of jobs and of itself, in the reader's language.
//!
//! Pure: the present is passed in. The server and the first render in the browser say the same.
//!
//! # Layout
//! - [`job_status`]: what a job is doing, how long it ran and how long it still takes
//! - [`job_link`]: where a click on a job leads
//! - [`button`]: the button's words
//! - [`title`]: the page's title while a job runs

pub mod button;
pub mod job_link;
pub mod job_status;
pub mod title;
