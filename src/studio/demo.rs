//! The studio that an empty database gets, so that there is something to start with.

mod fen;
mod mira;
mod x121;

use crate::job::Timestamp;
use crate::store::studio::{Camera, CharacterForm, NewCharacter, NewScene, NewStudio, Palette};
use uuid::Uuid;

/// A studio with its local creator, three characters and their scenes.
pub fn studio(now: Timestamp) -> NewStudio {
    NewStudio {
        id: id("studio"),
        name: "Studio".to_owned(),
        creator_id: id("user"),
        creator_name: "Creator".to_owned(),
        characters: [&x121::CAST, &mira::CAST, &fen::CAST].map(character).into(),
        now,
    }
}

/// A character as its file defines it.
struct Cast {
    name: &'static str,
    role: &'static str,
    age: u32,
    voice: &'static str,
    description: &'static str,
    tags: &'static [&'static str],
    palette: [&'static str; 5],
    art: &'static str,
    scenes: &'static [Set],
}

/// A scene as its character's file defines it.
struct Set {
    title: &'static str,
    description: &'static str,
    camera: Camera,
    mood: &'static str,
    seconds: f64,
    palette: [&'static str; 5],
    art: &'static str,
}

fn character(cast: &Cast) -> NewCharacter {
    NewCharacter {
        id: id("character"),
        form: CharacterForm {
            name: cast.name.to_owned(),
            role: cast.role.to_owned(),
            age: Some(cast.age),
            voice: cast.voice.to_owned(),
            description: cast.description.to_owned(),
            tags: cast.tags.iter().map(ToString::to_string).collect(),
        },
        palette: Palette::new(cast.palette),
        art: cast.art.to_owned(),
        scenes: cast.scenes.iter().map(scene).collect(),
    }
}

fn scene(set: &Set) -> NewScene {
    NewScene {
        id: id("scene"),
        title: set.title.to_owned(),
        description: set.description.to_owned(),
        camera: set.camera,
        mood: set.mood.to_owned(),
        seconds: set.seconds,
        width: 1280,
        height: 720,
        fps: 24,
        palette: Palette::new(set.palette),
        art: set.art.to_owned(),
    }
}

/// A new id. Ids sort in the order in which they were created.
fn id(kind: &str) -> String {
    format!("{kind}_{}", Uuid::now_v7().simple())
}
