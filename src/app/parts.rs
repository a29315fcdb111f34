//! What several pages are made of.

mod facts;
mod field;
mod form;
mod generate;
mod making;
mod notice;
mod page;
mod scene_card;

pub use facts::Facts;
pub use field::{Control, Field};
pub use form::{Form, FormStart, FormState, Outcome, Posted};
pub use generate::{Again, GenerateForm, Take};
pub use making::making;
pub use notice::refused;
pub use page::{Heading, More, Trail};
pub use scene_card::{SceneCard, SceneCards};

/// Where a character's portrait or a scene's background is served.
pub fn art(id: &str) -> String {
    format!("/art/{id}.svg")
}

/// Where a character's portrait is served without what stands behind it.
pub fn figure(id: &str) -> String {
    format!("/art/{id}.svg?figure")
}
