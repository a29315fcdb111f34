//! What several pages are made of.

mod field;
mod generate;
mod job;
mod loaded;
mod making;
mod page;
mod scene_card;
mod started;
mod when;

pub use field::{Field, Nonce, field_error};
pub use generate::{Again, GenerateForm, Take};
pub use job::{JobCard, Jobs, Running, about, live, when_done};
pub use loaded::{Loaded, Notice, loaded, loaded_after};
pub use making::Making;
pub use page::{Heading, More, Trail};
pub use scene_card::{SceneCard, SceneCards};
pub use started::{Outcome, Started, next_nonce};
pub use when::{Moment, When};

/// Where a character's portrait or a scene's background is served.
pub fn art(id: &str) -> String {
    format!("/art/{id}.svg")
}

/// Where a character's portrait is served without what stands behind it.
pub fn figure(id: &str) -> String {
    format!("/art/{id}.svg?figure")
}
