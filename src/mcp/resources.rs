//! Jobs, their logs and results as resources, and the two texts for assistants.
//!
//! # Layout
//! - [`list`]: the resources and templates that are listed
//! - [`read`]: the contents of a resource
//! - [`subscriptions`]: who is notified when a resource changes

pub mod list;
pub mod read;
pub mod subscriptions;
