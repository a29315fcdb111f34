//! What a segment is made with, as forms and pages show it.

use crate::studio::Scene;
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub struct SegmentValues {
    pub scene_id: String,
    pub seconds: f64,
    /// Such as `1280x720`.
    pub size: String,
    pub seed: Option<u64>,
}

impl SegmentValues {
    /// The scene's own values.
    pub fn of_scene(scene: &Scene) -> Self {
        Self {
            scene_id: scene.id.clone(),
            seconds: scene.seconds,
            size: format!("{}x{}", scene.width, scene.height),
            seed: None,
        }
    }

    /// The values in a job's input, else the scene's own.
    pub fn of_input(scene: &Scene, input: &Value) -> Self {
        let number = |field: &str| input.get(field).and_then(Value::as_f64);
        let side = |field: &str, own: u32| number(field).unwrap_or_else(|| own.into());
        let (width, height) = (side("width", scene.width), side("height", scene.height));
        Self {
            scene_id: scene.id.clone(),
            seconds: number("seconds").unwrap_or(scene.seconds),
            size: format!("{width}x{height}"),
            seed: input.get("seed").and_then(Value::as_u64),
        }
    }

    /// The size as pages show it: `1280 × 720`.
    pub fn shown_size(&self) -> String {
        shown_size(&self.size)
    }
}

/// A size such as `1280x720` as pages show it.
pub fn shown_size(size: &str) -> String {
    size.replace('x', " × ")
}
