//! The input of a scene job, and the settings that result from it and the scene.

use crate::studio::Scene;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// What a caller asks for. Missing fields are taken from the scene.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Input {
    /// The id of the scene to render; the tool `list_scenes` and `GET /scenes` list them.
    #[validate(length(min = 1))]
    pub scene_id: String,
    /// Length of the film; the scene's own by default.
    #[validate(range(min = 0.5, max = 1800.0))]
    seconds: Option<f64>,
    /// Frames per second; the scene's own by default.
    #[validate(range(min = 8, max = 60))]
    fps: Option<u32>,
    /// Pixels across, even; the scene's own by default.
    #[validate(range(min = 160, max = 1920))]
    #[schemars(extend("multipleOf" = 2))]
    width: Option<u32>,
    /// Pixels down, even; the scene's own by default.
    #[validate(range(min = 90, max = 1080))]
    #[schemars(extend("multipleOf" = 2))]
    height: Option<u32>,
    /// Another seed makes another take; the scene's own by default.
    // The largest whole number that every JSON reader keeps exactly.
    #[validate(range(min = 0_u64, max = 9_007_199_254_740_991_u64))]
    seed: Option<u64>,
}

impl Input {
    /// Completes the input from the scene.
    pub fn over(self, scene: &Scene) -> RenderSettings {
        RenderSettings {
            seconds: self.seconds.unwrap_or(scene.seconds),
            fps: self.fps.unwrap_or(scene.fps),
            width: self.width.unwrap_or(scene.width),
            height: self.height.unwrap_or(scene.height),
            seed: self.seed.unwrap_or_else(|| seed_of(&self.scene_id)),
            scene_id: self.scene_id,
        }
    }
}

/// How to render a scene. This is stored as the job's input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RenderSettings {
    pub scene_id: String,
    pub seconds: f64,
    pub fps: u32,
    pub width: u32,
    pub height: u32,
    pub seed: u64,
}

impl RenderSettings {
    /// Millions of pixels in all frames together.
    pub fn megapixels(&self) -> f64 {
        f64::from(self.width) * f64::from(self.height) / 1e6 * self.seconds * f64::from(self.fps)
    }
}

/// A scene's own seed, so that its first take is always the same: the FNV-1a hash of its id, cut to the bits
/// that JSON represents exactly.
fn seed_of(id: &str) -> u64 {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash >> 11
}

#[cfg(test)]
mod tests {
    use super::{Input, seed_of};
    use crate::validation::{Rule, ValueType, read_input, schema_of};
    use serde_json::{Value, json};

    /// An input with these fields beside its scene.
    fn input(fields: &Value) -> Value {
        let mut input = json!({"sceneId": "scene_1"});
        for (name, value) in fields.as_object().unwrap() {
            input[name] = value.clone();
        }
        input
    }

    #[test]
    fn each_field_keeps_its_limits() {
        let range = |min, max| Rule::Range { min, max };
        let expected = |expected| Rule::Type { expected };
        let integer = || expected(ValueType::Integer);
        let even = || Rule::MultipleOf { of: 2 };
        for (fields, field, rule) in [
            (json!({"seconds": 0.4}), "input.seconds", range(0.5, 1800.0)),
            (
                json!({"seconds": 1800.1}),
                "input.seconds",
                range(0.5, 1800.0),
            ),
            (
                json!({"seconds": "5"}),
                "input.seconds",
                expected(ValueType::Number),
            ),
            (json!({"fps": 7}), "input.fps", range(8.0, 60.0)),
            (json!({"fps": 61}), "input.fps", range(8.0, 60.0)),
            (json!({"fps": 23.976}), "input.fps", integer()),
            (json!({"width": 158}), "input.width", range(160.0, 1920.0)),
            (json!({"width": 1922}), "input.width", range(160.0, 1920.0)),
            (json!({"width": 641}), "input.width", even()),
            (json!({"height": 88}), "input.height", range(90.0, 1080.0)),
            (json!({"height": 91}), "input.height", even()),
            (
                json!({"height": 1e300}),
                "input.height",
                range(90.0, 1080.0),
            ),
            (json!({"height": true}), "input.height", integer()),
            (
                json!({"seed": -1}),
                "input.seed",
                range(0.0, 9_007_199_254_740_991.0),
            ),
            (json!({"seed": 1.5}), "input.seed", integer()),
            (
                json!({"seed": 1e17}),
                "input.seed",
                range(0.0, 9_007_199_254_740_991.0),
            ),
            (
                json!({"sceneId": 7}),
                "input.sceneId",
                expected(ValueType::Text),
            ),
            (json!({"sceneId": ""}), "input.sceneId", Rule::NotEmpty),
            (json!({"sceneId": null}), "input.sceneId", Rule::Required),
        ] {
            let error = read_input::<Input>(&input(&fields)).unwrap_err();
            assert_eq!(
                (error.field.as_str(), error.rule),
                (field, rule),
                "{fields}"
            );
        }
    }

    #[test]
    fn unknown_missing_and_shapeless_inputs_are_errors() {
        for (input, field) in [
            (input(&json!({"secnods": 5})), "input.secnods"),
            (json!({}), "input.sceneId"),
            (json!([1]), "input"),
        ] {
            let error = read_input::<Input>(&input).unwrap_err();
            assert_eq!(error.field, field, "{input}");
        }
    }

    #[test]
    fn the_limits_themselves_are_allowed() {
        for fields in [
            json!({"seconds": 0.5, "fps": 8, "width": 160, "height": 90, "seed": 0}),
            json!({"seconds": 1800, "fps": 60.0, "width": 1920, "height": 1080, "seed": 9_007_199_254_740_991_u64}),
            json!({"seconds": null}),
        ] {
            let read = read_input::<Input>(&input(&fields));
            assert!(read.is_ok(), "{fields}: {read:?}");
        }
    }

    #[test]
    fn the_schema_shows_each_field_with_its_limits() {
        let field =
            |kind, min: Value, max: Value| json!({"type": kind, "minimum": min, "maximum": max});
        let mut schema = schema_of::<Input>();
        for property in schema["properties"].as_object_mut().unwrap().values_mut() {
            let description = property.as_object_mut().unwrap().remove("description");
            assert!(description.is_some(), "{property}");
        }
        let mut width = field("integer", json!(160), json!(1920));
        let mut height = field("integer", json!(90), json!(1080));
        (width["multipleOf"], height["multipleOf"]) = (json!(2), json!(2));
        assert_eq!(
            schema,
            json!({
                "type": "object",
                "additionalProperties": false,
                "required": ["sceneId"],
                "properties": {
                    "sceneId": {"type": "string", "minLength": 1},
                    "seconds": field("number", json!(0.5), json!(1800.0)),
                    "fps": field("integer", json!(8), json!(60)),
                    "width": width,
                    "height": height,
                    "seed": field("integer", json!(0), json!(9_007_199_254_740_991_u64)),
                }
            })
        );
    }

    #[test]
    fn the_seed_of_a_scene_is_exact_in_json() {
        // A change here would give every scene another first take.
        assert_eq!(seed_of("scene_1"), 2_252_335_868_406_790);
        assert!(seed_of("\u{10ffff}") <= 9_007_199_254_740_991);
    }
}
