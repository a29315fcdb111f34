//! What the queue needs to know about the kind, and how a job is prepared.

use super::KIND;
use super::estimate::RenderCost;
use super::input::{Input, RenderSettings};
use super::message::SceneMessage;
use crate::i18n::{Translate, Translation};
use crate::job::{Action, JobId};
use crate::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use crate::routes;
use crate::studio::{self, Studio, StudioError};
use crate::validation::{FieldError, Rule, read_input, schema_of};
use film::{Mood, Rgb, parse_colour};
use serde_json::{Value, json};

/// The page of a result.
pub const PAGE: &str = "/segments/{id}";

/// Replaces a palette colour that cannot be read.
const FALLBACK_COLOUR: Rgb = [20, 24, 34];

/// Renders scenes.
pub struct SceneKind {
    studio: Studio,
    pub(super) cost: RenderCost,
}

impl SceneKind {
    pub fn new(studio: Studio) -> Self {
        Self {
            studio,
            cost: RenderCost::default(),
        }
    }

    /// What to render: the settings of a job, and the scene and its character as they are now.
    pub(super) async fn scene(
        &self,
        caller: &Caller,
        settings: &RenderSettings,
    ) -> Result<film::Scene, StudioError> {
        let scene = self.studio.scene(caller, &settings.scene_id).await?;
        let character = self.studio.character(caller, &scene.character_id).await?;
        let palette = scene.palette.0.each_ref();
        Ok(film::Scene {
            heading: format!("{} — Scene {}", character.name, scene.number),
            title: scene.title,
            camera: camera(scene.camera),
            mood: Mood::of(&scene.mood),
            seconds: settings.seconds,
            fps: settings.fps,
            width: settings.width,
            height: settings.height,
            seed: settings.seed,
            backdrop: scene.art,
            figure: character.art,
            palette: palette.map(|colour| parse_colour(colour).unwrap_or(FALLBACK_COLOUR)),
        })
    }
}

impl KindSpec for SceneKind {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn label(&self) -> Translation {
        Translation::new("Scene", "Scène")
    }

    fn input_schema(&self) -> Value {
        schema_of::<Input>()
    }

    fn action(&self) -> Action {
        Action::Watch
    }

    fn prepare<'a>(&'a self, caller: &'a Caller, input: Value) -> Preparing<'a> {
        Box::pin(async move {
            let input: Input = read_input(&input)?;
            let scene = self
                .studio
                .scene(caller, &input.scene_id)
                .await
                .map_err(scene_error)?;
            let settings = input.over(&scene);
            let refs = vec![
                scene.reference(),
                format!("character:{}", scene.character_id),
            ];
            let name = SceneMessage::Name {
                character: scene.character_name,
                number: scene.number,
            };
            Ok(Prepared {
                name: name.english(),
                name_text: Some(name.text()),
                estimate_seconds: Some(self.cost.estimate(settings.megapixels())),
                refs,
                input: json!(settings),
            })
        })
    }

    fn page(&self, id: &JobId) -> String {
        routes::with_id(PAGE, id)
    }
}

/// The camera move of a stored scene, for the renderer.
fn camera(camera: studio::Camera) -> film::Camera {
    match camera {
        studio::Camera::Push => film::Camera::Push,
        studio::Camera::Pull => film::Camera::Pull,
        studio::Camera::PanLeft => film::Camera::PanLeft,
        studio::Camera::PanRight => film::Camera::PanRight,
        studio::Camera::Rise => film::Camera::Rise,
        studio::Camera::Hold => film::Camera::Hold,
    }
}

/// Why the scene cannot be read, as an error of the field that names it.
fn scene_error(error: StudioError) -> QueueError {
    const FIELD: &str = "input.sceneId";
    match error {
        StudioError::NotFound => FieldError::new(FIELD, Rule::NotFound).into(),
        StudioError::Invalid(error) => error.renamed(FIELD).into(),
        StudioError::Store(error) => QueueError::Unavailable(error.to_string()),
    }
}
