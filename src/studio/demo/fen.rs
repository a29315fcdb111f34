//! Captain Fen, who knows the way home.

use super::{Cast, Set};
use crate::store::studio::Camera;

pub const CAST: Cast = Cast {
    name: "Captain Fen",
    role: "Fox, harbour pilot and keeper of the night ferry",
    age: 47,
    voice: "Low and unhurried, a smile at the end of each line",
    description: "Fen has brought every boat home that ever set out from the old harbour, save one, and still lights a lamp for it. He smells fog an hour before it comes, knits on watch, and speaks to the sea as one speaks to a difficult aunt. Nobody has seen him run. Nobody has seen him late.",
    tags: &["fox", "captain", "steady", "knits"],
    palette: ["#14213d", "#2f4b7c", "#e76f3c", "#f6c667", "#fbf3e4"],
    art: include_str!("../art/fen.svg"),
    scenes: &[
        Set {
            title: "Leaving the old harbour",
            description: "The sails fill, the coloured houses grow small, and the light on the pier stays lit.",
            camera: Camera::Pull,
            mood: "hopeful",
            seconds: 5.0,
            palette: ["#14213d", "#3f79a3", "#e76f3c", "#f6c667", "#fbf3e4"],
            art: include_str!("../art/fen-harbour.svg"),
        },
        Set {
            title: "The fog between the islands",
            description: "No wind, no edge to the water. Fen counts the bells and waits for the seventh.",
            camera: Camera::Hold,
            mood: "tense",
            seconds: 6.0,
            palette: ["#22375f", "#56737f", "#b4c7cb", "#ffd98a", "#eef0e6"],
            art: include_str!("../art/fen-fog.svg"),
        },
        Set {
            title: "Home under northern lights",
            description: "Green fire over the mountains, warm windows on the shore. Somebody has kept the stove going.",
            camera: Camera::PanRight,
            mood: "serene",
            seconds: 6.0,
            palette: ["#060f26", "#123a5e", "#3fd6a8", "#e76f3c", "#f3fafc"],
            art: include_str!("../art/fen-aurora.svg"),
        },
    ],
};
