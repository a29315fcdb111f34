//! Mira Solène, who draws the maps.

use super::{Cast, Set};
use crate::store::studio::Camera;

pub const CAST: Cast = Cast {
    name: "Mira Solène",
    role: "Cartographer of skies and side streets",
    age: 29,
    voice: "Quick and warm, laughs in the middle of sentences",
    description: "Mira draws maps of what other people overlook: the way lanterns hang over a market, the gaps between clouds, the shortest path between two friends. She keeps a pencil in her hair and forgets that it is there. She wants to fill the one white spot on her grandmother's chart, and is a little afraid of what will be left to do then.",
    tags: &["cartographer", "curious", "night owl"],
    palette: ["#2b1b3d", "#6b3fa0", "#e0567a", "#ffc36b", "#fff1e0"],
    art: include_str!("../art/mira.svg"),
    scenes: &[
        Set {
            title: "Charts on the observatory roof",
            description: "The dome is open and the moon is up. A chart lies on the wall, held down by a lantern.",
            camera: Camera::PanLeft,
            mood: "dreamy",
            seconds: 5.0,
            palette: ["#150b2b", "#3b2069", "#8b4a94", "#ffc36b", "#fff1d6"],
            art: include_str!("../art/mira-observatory.svg"),
        },
        Set {
            title: "The market of lanterns",
            description: "A hundred lanterns, a hundred voices, and somewhere among the stalls a seller of unfinished maps.",
            camera: Camera::Push,
            mood: "lively",
            seconds: 6.0,
            palette: ["#1f1038", "#6b2f6b", "#e0567a", "#ffc36b", "#fff1e0"],
            art: include_str!("../art/mira-market.svg"),
        },
        Set {
            title: "Above the cloud sea",
            description: "The balloon rises out of the mist, and the white spot on the chart turns out to be a morning.",
            camera: Camera::Rise,
            mood: "free",
            seconds: 5.0,
            palette: ["#6b3fa0", "#d977a5", "#e0567a", "#ffb58a", "#fffaf4"],
            art: include_str!("../art/mira-clouds.svg"),
        },
    ],
};
