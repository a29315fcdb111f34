//! What is said of jobs and of the tray, in the reader's language. Pure: times are passed in.

pub mod button;
pub mod job_status;
pub mod title;

pub use button::Connection;
