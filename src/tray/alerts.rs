//! Which ends of jobs are announced, how, and by which of the browser's tabs.

pub mod dedup;
pub mod desktop;
pub mod dispatcher;
pub mod policy;
pub mod tabs;
pub mod toast_list;

pub use dispatcher::preview;
