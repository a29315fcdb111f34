//! The studio's rows.

use crate::job::Timestamp;
use serde::{Deserialize, Serialize};

/// Five colours as `#rrggbb`, from the darkest background to the lightest accent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Palette(pub [String; 5]);

impl Palette {
    pub fn new(colours: [&str; 5]) -> Self {
        Self(colours.map(str::to_owned))
    }
}

/// How the camera moves through a scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Camera {
    Push,
    Pull,
    PanLeft,
    PanRight,
    Rise,
    Hold,
}

impl Camera {
    pub const ALL: [Self; 6] = [
        Self::Push,
        Self::Pull,
        Self::PanLeft,
        Self::PanRight,
        Self::Rise,
        Self::Hold,
    ];

    /// The name in rows and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Pull => "pull",
            Self::PanLeft => "pan_left",
            Self::PanRight => "pan_right",
            Self::Rise => "rise",
            Self::Hold => "hold",
        }
    }
}

/// Someone who appears in scenes and stories.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Character {
    pub id: String,
    pub name: String,
    pub role: String,
    pub age: Option<u32>,
    pub voice: String,
    #[sqlx(json)]
    pub palette: Palette,
    pub description: String,
    #[sqlx(json)]
    pub tags: Vec<String>,
    /// The portrait: an SVG of 800 × 800. The background is the element whose id ends in `-backdrop`.
    /// Every id begins with a prefix of the character's own.
    pub art: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Character {
    /// How jobs refer to it.
    #[must_use]
    pub fn reference(&self) -> String {
        format!("character:{}", self.id)
    }
}

/// The fields of a character that a creator may change; they are written as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CharacterForm {
    pub name: String,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub age: Option<u32>,
    #[serde(default)]
    pub voice: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub tags: Vec<String>,
}

/// A place and a moment with a character in it.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct Scene {
    pub id: String,
    #[sqlx(rename = "character")]
    pub character_id: String,
    pub character_name: String,
    /// Counts from 1 within the character.
    pub number: u32,
    pub title: String,
    pub description: String,
    pub camera: Camera,
    pub mood: String,
    pub seconds: f64,
    pub width: u32,
    pub height: u32,
    pub fps: u32,
    /// The background: an SVG of 1920 × 1080 in three groups whose ids end in `-far`, `-mid` and `-near`, so that a
    /// renderer can move them at different speeds; each reaches beyond the edges.
    pub art: String,
    #[sqlx(json)]
    pub palette: Palette,
    pub created_at: Timestamp,
}

impl Scene {
    /// How jobs refer to it.
    #[must_use]
    pub fn reference(&self) -> String {
        format!("scene:{}", self.id)
    }
}

/// A studio to create, with its first user and everything in it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewStudio {
    pub id: String,
    pub name: String,
    pub creator_id: String,
    pub creator_name: String,
    pub characters: Vec<NewCharacter>,
    pub now: Timestamp,
}

#[derive(Debug, Clone, PartialEq)]
pub struct NewCharacter {
    pub id: String,
    pub form: CharacterForm,
    pub palette: Palette,
    pub art: String,
    pub scenes: Vec<NewScene>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct NewScene {
    pub id: String,
    pub title: String,
    pub description: String,
    pub camera: Camera,
    pub mood: String,
    pub seconds: f64,
    pub width: u32,
    pub height: u32,
    pub fps: u32,
    pub palette: Palette,
    pub art: String,
}
