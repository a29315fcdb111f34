//! X121, who mends what others throw away.

use super::{Cast, Set};
use crate::store::studio::Camera;

pub const CAST: Cast = Cast {
    name: "X121",
    role: "Repair robot who listens to broken things",
    age: 121,
    voice: "Soft and even, with a small chime before questions",
    description: "X121 was built to keep one machine running and outlived it by a century. Now it walks from workshop to lighthouse with a toolbox, a seedling in its shoulder joint and a heart-shaped lamp that glows when something it mends begins to work again. It counts in threes, apologises to doors, and has never thrown away a screw.",
    tags: &["robot", "gentle", "tinkerer"],
    palette: ["#12323c", "#1f6f78", "#3fb8af", "#ffb347", "#f4efe1"],
    art: include_str!("../art/x121.svg"),
    scenes: &[
        Set {
            title: "The workshop at dawn",
            description: "First light comes through the window, and the tools wait in their places. X121 chooses what to mend today.",
            camera: Camera::Push,
            mood: "calm",
            seconds: 4.0,
            palette: ["#12323c", "#20444d", "#3fb8af", "#ffb06a", "#fff3cf"],
            art: include_str!("../art/x121-workshop.svg"),
        },
        Set {
            title: "Crossing the glass desert",
            description: "Crystals as tall as houses stand in the warm wind. Footprints lead on, and only one pair of them.",
            camera: Camera::PanRight,
            mood: "lonely",
            seconds: 6.0,
            palette: ["#7d3a2d", "#b35a3c", "#6fd6cf", "#ffad72", "#fff6da"],
            art: include_str!("../art/x121-desert.svg"),
        },
        Set {
            title: "The lighthouse that hums",
            description: "At night the lamp sends out rings of light and a note so low that the rock answers. X121 has come to find out why.",
            camera: Camera::Rise,
            mood: "wonder",
            seconds: 5.0,
            palette: ["#0a1f2b", "#17505c", "#3fa39f", "#d9694a", "#ffe2a0"],
            art: include_str!("../art/x121-lighthouse.svg"),
        },
        Set {
            title: "Rain on the antenna field",
            description: "The dishes turn their faces up and listen to the rain. One of them is listening to something else.",
            camera: Camera::Pull,
            mood: "wistful",
            seconds: 5.0,
            palette: ["#0d2b2c", "#2f5a62", "#5d838b", "#ffb347", "#d9f2ef"],
            art: include_str!("../art/x121-rain.svg"),
        },
    ],
};
