//! Changes of jobs for live clients.
//!
//! # Layout
//! - `broadcast`: one reader for all clients that follow the same jobs
//! - `subscriber`: one client, with its position in the changes
//! - `messages`: snapshots and changes as JSON, split to a size that a socket may buffer

mod broadcast;
mod messages;
mod subscriber;

pub use broadcast::LiveBroadcasts;
pub use subscriber::{Outgoing, Pace, Position, Subscriber};
