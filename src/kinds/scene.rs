//! The kind `scene`: renders a segment of a character's scene as a film.
//!
//! # Layout
//!
//! - `input`: what a caller may ask for · `run`: the job, with its progress, log and checkpoints
//! - `view`: the pages, and the form that starts a job
//!
//! The renderer is the crate `film`.

mod input;
mod run;
mod view;

pub use view::{PAGES, SCENE_VIEW};

use crate::i18n::{Lang, Translation, job};
use crate::job::{Action, JobId, Text};
use crate::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use crate::studio::{self, Studio, StudioError};
use film::{Film, Mood};
use input::{Input, Wish};
use serde_json::Value;
use std::sync::atomic::{AtomicU64, Ordering};

/// The name of the kind.
const KIND: &str = "scene";

/// Seconds of work a megapixel of film where nothing was measured yet: a core of 2.5 GHz, by build.
const FIRST_COST: f64 = if cfg!(debug_assertions) { 0.60 } else { 0.16 };
/// Seconds to draw the layers and to write the film, whatever its length.
const FIXED_COST: f64 = 0.4;

/// Renders scenes.
pub struct SceneKind {
    studio: Studio,
    /// Seconds of work a megapixel, of the last film; the bits of a double.
    cost: AtomicU64,
}

impl SceneKind {
    pub fn new(studio: Studio) -> Self {
        Self {
            studio,
            cost: AtomicU64::new(FIRST_COST.to_bits()),
        }
    }

    /// The film of a checked input, from the scene and its character as they are now.
    async fn film(&self, caller: &Caller, input: &Input) -> Result<Film, StudioError> {
        let scene = self.studio.scene(caller, &input.scene_id).await?;
        let character = self.studio.character(caller, &scene.character_id).await?;
        let ground = [20, 24, 34];
        let palette = scene
            .palette
            .0
            .each_ref()
            .map(|colour| film::parse_colour(colour).unwrap_or(ground));
        Ok(Film {
            heading: format!("{} — Scene {}", character.name, scene.number),
            title: scene.title,
            camera: camera(scene.camera),
            mood: Mood::of(&scene.mood),
            seconds: input.seconds,
            fps: input.fps,
            width: input.width,
            height: input.height,
            seed: input.seed,
            backdrop: scene.art,
            figure: character.art,
            palette,
        })
    }

    fn estimate(&self, film_megapixels: f64) -> f64 {
        let cost = f64::from_bits(self.cost.load(Ordering::Relaxed));
        FIXED_COST + film_megapixels * cost
    }

    /// Remembers what a film's rendering cost, for the next estimates.
    fn measured(&self, seconds_a_megapixel: f64) {
        self.cost
            .store(seconds_a_megapixel.to_bits(), Ordering::Relaxed);
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
            let wish = Wish::read(&input)?;
            let scene = self
                .studio
                .scene(caller, &wish.scene_id)
                .await
                .map_err(refuse)?;
            let input = wish.over(&scene);
            let name_text = Text::new("name.scene")
                .with("character", &scene.character_name)
                .with("number", scene.number);
            let megapixels = f64::from(input.width) * f64::from(input.height) / 1e6
                * input.seconds
                * f64::from(input.fps);
            Ok(Prepared {
                name: job::say(Lang::En, Some(&name_text), &scene.title),
                name_text: Some(name_text),
                estimate_seconds: Some(self.estimate(megapixels)),
                refs: vec![
                    format!("scene:{}", scene.id),
                    format!("character:{}", scene.character_id),
                ],
                input: serde_json::to_value(input)
                    .map_err(|error| input::invalid("", &error.to_string()))?,
            })
        })
    }

    fn page(&self, id: &JobId) -> String {
        format!("/segments/{id}")
    }
}

/// The renderer's name of a camera move.
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

/// What the studio refused, as an error of the field that asked for it.
fn refuse(error: StudioError) -> QueueError {
    match error {
        StudioError::NotFound => input::invalid("sceneId", "there is no such scene"),
        StudioError::Invalid(error) => error.renamed("input.sceneId").into(),
        StudioError::Store(error) => QueueError::Unavailable(error.to_string()),
    }
}
