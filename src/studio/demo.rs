//! The studio that an empty database gets, so that there is something to start with.

use crate::job::Timestamp;
use crate::store::studio::NewStudio;
use uuid::Uuid;

/// A studio with its local creator, three characters and their scenes.
pub fn studio(now: Timestamp) -> NewStudio {
    NewStudio {
        id: id("studio"),
        name: "Studio".to_owned(),
        creator_id: id("user"),
        creator_name: "Creator".to_owned(),
        characters: Vec::new(),
        now,
    }
}

/// A new id; ids made one after the other sort in that order.
fn id(kind: &str) -> String {
    format!("{kind}_{}", Uuid::now_v7().simple())
}
