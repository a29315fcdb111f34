//! The input of a scene job: read, checked field by field, and filled from the scene.

use crate::queue::QueueError;
use crate::studio::Scene;
use crate::validation::{FieldError, Rule};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::ops::RangeInclusive;

const SECONDS: RangeInclusive<f64> = 0.5..=1800.0;
const FPS: RangeInclusive<f64> = 8.0..=60.0;
const WIDTH: RangeInclusive<f64> = 160.0..=1920.0;
const HEIGHT: RangeInclusive<f64> = 90.0..=1080.0;
/// The largest whole number that every JSON reader keeps exactly.
const SEED: RangeInclusive<f64> = 0.0..=9_007_199_254_740_991.0;
const FIELDS: [&str; 6] = ["sceneId", "seconds", "fps", "width", "height", "seed"];

/// How to render a scene: a checked input, completed from the scene.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    pub scene_id: String,
    pub seconds: f64,
    pub fps: u32,
    pub width: u32,
    pub height: u32,
    pub seed: u64,
}

/// A checked input. What the caller left out comes from the scene.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    pub scene_id: String,
    seconds: Option<f64>,
    fps: Option<u32>,
    width: Option<u32>,
    height: Option<u32>,
    seed: Option<u64>,
}

impl Settings {
    /// Millions of pixels in all frames together.
    pub fn megapixels(&self) -> f64 {
        f64::from(self.width) * f64::from(self.height) / 1e6 * self.seconds * f64::from(self.fps)
    }
}

impl Input {
    /// Reads an input; the error names the field.
    pub fn read(input: &Value) -> Result<Self, QueueError> {
        let fields = input
            .as_object()
            .ok_or_else(|| invalid("", "must be an object"))?;
        if let Some(unknown) = fields.keys().find(|key| !FIELDS.contains(&key.as_str())) {
            return Err(invalid(unknown, "is not a field of a scene"));
        }
        let scene_id = match fields.get("sceneId") {
            Some(Value::String(id)) if !id.is_empty() => id.clone(),
            None | Some(Value::Null) => return Err(invalid("sceneId", "is required")),
            Some(_) => return Err(invalid("sceneId", "must be the id of a scene")),
        };
        Ok(Self {
            scene_id,
            seconds: number(fields, "seconds", &SECONDS)?,
            fps: whole(fields, "fps", &FPS)?,
            width: even(fields, "width", &WIDTH)?,
            height: even(fields, "height", &HEIGHT)?,
            seed: whole(fields, "seed", &SEED)?,
        })
    }

    /// Completes the input with what the scene has.
    pub fn over(self, scene: &Scene) -> Settings {
        Settings {
            seconds: self.seconds.unwrap_or(scene.seconds),
            fps: self.fps.unwrap_or(scene.fps),
            width: self.width.unwrap_or(scene.width),
            height: self.height.unwrap_or(scene.height),
            seed: self.seed.unwrap_or_else(|| seed_of(&self.scene_id)),
            scene_id: self.scene_id,
        }
    }
}

/// The JSON Schema of an input.
pub fn schema() -> Value {
    let whole = |range: RangeInclusive<f64>, step: u32, says: &str| json!({ "type": "integer", "minimum": range.start(), "maximum": range.end(), "multipleOf": step, "description": says });
    json!({
        "type": "object",
        "required": ["sceneId"],
        "additionalProperties": false,
        "properties": {
            "sceneId": { "type": "string", "minLength": 1, "description": "The id of the scene to render; the tool list_scenes and GET /scenes list them." },
            "seconds": { "type": "number", "minimum": SECONDS.start(), "maximum": SECONDS.end(), "description": "Length of the film; the scene's own by default." },
            "fps": whole(FPS, 1, "Frames a second; the scene's own by default."),
            "width": whole(WIDTH, 2, "Pixels across, even; the scene's own by default."),
            "height": whole(HEIGHT, 2, "Pixels down, even; the scene's own by default."),
            "seed": whole(SEED, 1, "Another seed makes another take; the scene's own by default."),
        }
    })
}

/// An error of a field of the input; of the input itself where the field is empty.
pub fn invalid(field: &str, problem: &str) -> QueueError {
    let field = match field {
        "" => "input".to_owned(),
        field => format!("input.{field}"),
    };
    FieldError::new(field, Rule::legacy(problem)).into()
}

fn number(
    fields: &Map<String, Value>,
    name: &str,
    range: &RangeInclusive<f64>,
) -> Result<Option<f64>, QueueError> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value
            .as_f64()
            .filter(|number| range.contains(number))
            .map(Some)
            .ok_or_else(|| {
                let problem = format!("must be a number from {} to {}", range.start(), range.end());
                invalid(name, &problem)
            }),
    }
}

fn whole<T: TryFrom<u64>>(
    fields: &Map<String, Value>,
    name: &str,
    range: &RangeInclusive<f64>,
) -> Result<Option<T>, QueueError> {
    let Some(number) = number(fields, name, range)? else {
        return Ok(None);
    };
    // Within the range, so it is neither negative nor beyond what a double holds exactly.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let exact = T::try_from(number as u64).ok();
    exact
        .filter(|_| number.fract() == 0.0)
        .map(Some)
        .ok_or_else(|| invalid(name, "must be a whole number"))
}

fn even(
    fields: &Map<String, Value>,
    name: &str,
    range: &RangeInclusive<f64>,
) -> Result<Option<u32>, QueueError> {
    let number: Option<u32> = whole(fields, name, range)?;
    match number {
        Some(number) if number % 2 == 1 => Err(invalid(name, "must be an even number")),
        number => Ok(number),
    }
}

/// A scene's own seed (FNV-1a of its id, cut to what JSON keeps exactly), so that its first take is always the same.
fn seed_of(id: &str) -> u64 {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash >> 11
}

#[cfg(test)]
mod tests {
    use super::{Input, schema};
    use crate::queue::QueueError;
    use serde_json::{Value, json};

    fn refused(input: &Value) -> (String, String) {
        match Input::read(input) {
            Err(QueueError::Invalid(error)) => {
                (error.field, error.rule.in_language(crate::i18n::Lang::En))
            }
            other => panic!("{input} gave {other:?}"),
        }
    }

    #[test]
    fn each_wrong_field_is_named() {
        for (extra, field) in [
            (json!({"seconds": 0.4}), "input.seconds"),
            (json!({"seconds": 1800.1}), "input.seconds"),
            (json!({"seconds": "5"}), "input.seconds"),
            (json!({"fps": 7}), "input.fps"),
            (json!({"fps": 61}), "input.fps"),
            (json!({"fps": 23.976}), "input.fps"),
            (json!({"width": 158}), "input.width"),
            (json!({"width": 1922}), "input.width"),
            (json!({"width": 641}), "input.width"),
            (json!({"height": 88}), "input.height"),
            (json!({"height": 1e300}), "input.height"),
            (json!({"height": true}), "input.height"),
            (json!({"seed": -1}), "input.seed"),
            (json!({"seed": 1.5}), "input.seed"),
            (json!({"seed": 1e17}), "input.seed"),
            (json!({"secnods": 5}), "input.secnods"),
            (json!({"sceneId": 7}), "input.sceneId"),
            (json!({"sceneId": ""}), "input.sceneId"),
            (json!({"sceneId": null}), "input.sceneId"),
        ] {
            let mut input = json!({"sceneId": "scene_1"});
            for (key, value) in extra.as_object().unwrap() {
                input[key] = value.clone();
            }
            assert_eq!(refused(&input).0, field, "{input}");
        }
        assert_eq!(refused(&json!({})).0, "input.sceneId");
        assert_eq!(refused(&json!([1])).0, "input");
    }

    #[test]
    fn the_limits_themselves_are_allowed() {
        for extra in [
            json!({"seconds": 0.5, "fps": 8, "width": 160, "height": 90, "seed": 0}),
            json!({"seconds": 1800, "fps": 60.0, "width": 1920, "height": 1080, "seed": 9_007_199_254_740_991_u64}),
            json!({"seconds": null}),
        ] {
            let mut input = extra;
            input["sceneId"] = json!("scene_1");
            assert!(Input::read(&input).is_ok(), "{input}");
        }
    }

    #[test]
    fn the_schema_has_every_field() {
        let schema = schema();
        for field in super::FIELDS {
            assert!(schema["properties"][field].is_object(), "{field}");
        }
    }
}
