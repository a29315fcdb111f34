//! The kind `scene`: renders a segment of a character's scene as a film.
//!
//! # Layout
//!
//! - `input`: what a caller may ask for
//! - `estimate`: how long rendering takes
//! - `handler`: runs the job, with its progress, log lines, failures and checkpoints
//! - `view`: the pages, and the form that starts a job
//!
//! The renderer is the crate `film`.

mod estimate;
mod handler;
mod input;
mod view;

pub use view::{PAGES, SCENE_VIEW};

use crate::i18n::{Lang, Translation, job};
use crate::job::{Action, JobId, Text};
use crate::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use crate::studio::{self, Studio, StudioError};
use estimate::RenderCost;
use film::{Mood, Rgb, parse_colour};
use input::{Input, Settings};
use serde_json::Value;

/// The name of the kind.
const KIND: &str = "scene";

/// Stands in for a palette colour that cannot be read.
const FALLBACK_COLOUR: Rgb = [20, 24, 34];

/// Renders scenes.
pub struct SceneKind {
    studio: Studio,
    cost: RenderCost,
}

impl SceneKind {
    pub fn new(studio: Studio) -> Self {
        Self {
            studio,
            cost: RenderCost::default(),
        }
    }

    /// What to render: the settings of a job, and the scene and its character as they are now.
    async fn scene(
        &self,
        caller: &Caller,
        settings: &Settings,
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
        input::schema()
    }

    fn action(&self) -> Action {
        Action::Watch
    }

    fn prepare<'a>(&'a self, caller: &'a Caller, input: Value) -> Preparing<'a> {
        Box::pin(async move {
            let input = Input::read(&input)?;
            let scene = self
                .studio
                .scene(caller, &input.scene_id)
                .await
                .map_err(scene_error)?;
            let settings = input.over(&scene);
            let name_text = Text::new("name.scene")
                .with("character", &scene.character_name)
                .with("number", scene.number);
            Ok(Prepared {
                name: job::say(Lang::En, Some(&name_text), &scene.title),
                name_text: Some(name_text),
                estimate_seconds: Some(self.cost.estimate(settings.megapixels())),
                refs: vec![
                    format!("scene:{}", scene.id),
                    format!("character:{}", scene.character_id),
                ],
                input: serde_json::to_value(settings)
                    .map_err(|error| input::invalid("", &error.to_string()))?,
            })
        })
    }

    fn page(&self, id: &JobId) -> String {
        format!("/segments/{id}")
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
    match error {
        StudioError::NotFound => input::invalid("sceneId", "there is no such scene"),
        StudioError::Invalid(error) => error.renamed("input.sceneId").into(),
        StudioError::Store(error) => QueueError::Unavailable(error.to_string()),
    }
}
