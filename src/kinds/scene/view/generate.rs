//! The form that starts a segment, and a button that starts one with given values.

use super::segment_values::{SegmentValues, shown_size};
use crate::i18n::pages as messages;
use crate::islands::use_lang;
use crate::job::JobId;
use crate::kinds::scene::KIND;
use crate::kinds::scene::input::Input;
use crate::kinds::scene::page_texts;
use crate::studio::Scene;
use crate::ui::{Control, Field, Form, InputField, PageError, PostForm, StartState, request};
use crate::validation::{Format, Rule};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The sizes to choose from, besides the scene's own.
const SIZES: [&str; 4] = ["320x180", "640x360", "1280x720", "1920x1080"];

/// The form that starts a segment of a scene.
pub fn start_form(scene: &Scene) -> AnyView {
    let values = SegmentValues::of_scene(scene);
    let label = page_texts::generate_scene(use_lang(), scene.number);
    view! { <GenerateForm values label /> }.into_any()
}

/// A button that starts a segment with the scene's own values.
pub fn start_button(scene: &Scene) -> AnyView {
    let values = SegmentValues::of_scene(scene);
    let label = page_texts::generate_scene(use_lang(), scene.number);
    view! { <GenerateButton values label /> }.into_any()
}

/// Starts a segment and returns at once; the tray shows its progress.
#[server(prefix = "/forms", endpoint = "generate_scene")]
pub async fn generate_scene(
    scene_id: String,
    seconds: String,
    size: String,
    seed: String,
    nonce: String,
) -> Result<JobId, PageError> {
    let mut input = serde_json::json!({ "sceneId": scene_id });
    if let Some(seconds) = InputField::of::<Input>("seconds").number(&seconds)? {
        input["seconds"] = seconds.into();
    }
    if !size.is_empty() {
        let (width, height) = size.split_once('x').unwrap_or_default();
        let pixels = |side: &str| {
            side.parse::<u32>().map_err(|_| {
                PageError::invalid(
                    "size",
                    Rule::Format {
                        format: Format::Size,
                    },
                )
            })
        };
        input["width"] = pixels(width)?.into();
        input["height"] = pixels(height)?.into();
    }
    if let Some(seed) = InputField::of::<Input>("seed").whole::<u64>(&seed)? {
        input["seed"] = seed.into();
    }
    match request::submit(KIND, input, &nonce).await {
        Ok(job) => Ok(job.job_id),
        // The form has one field for both.
        Err(PageError::Invalid(error)) if matches!(error.field.as_str(), "width" | "height") => {
            Err(error.renamed("size").into())
        }
        Err(error) => Err(error),
    }
}

/// The fields and the button. After the start, the fields keep their values for the next segment.
#[component]
fn GenerateForm(values: SegmentValues, label: String) -> impl IntoView {
    let lang = use_lang();
    let form = Form::to(GenerateScene::PATH);
    let seed = values.seed.map(|seed| seed.to_string()).unwrap_or_default();
    let sizes = sizes(&values.size);
    let seconds = InputField::of::<Input>("seconds").control();
    let seeds = InputField::of::<Input>("seed").control();
    view! {
        <PostForm form class="form">
            <input type="hidden" name="scene_id" value=values.scene_id />
            <div class="trio">
                <Field
                    form
                    name="seconds"
                    label=page_texts::SECONDS.get(lang)
                    required=true
                    own=values.seconds.to_string()
                    control=seconds
                />
                <Field
                    form
                    name="size"
                    label=messages::SIZE.get(lang)
                    own=values.size
                    control=Control::Choice(sizes)
                />
                <Field
                    form
                    name="seed"
                    label=page_texts::SEED.get(lang)
                    hint=page_texts::SEED_HINT.get(lang)
                    placeholder=page_texts::SEED_ANY.get(lang)
                    own=seed
                    control=seeds
                />
            </div>
            <div class="form-end">
                <button class="button primary" type="submit">
                    {label}
                </button>
                <StartState form />
            </div>
        </PostForm>
    }
}

/// The sizes to choose from, including the scene's own.
fn sizes(own: &str) -> Vec<(String, String)> {
    let other = (!SIZES.contains(&own)).then_some(own);
    (SIZES.into_iter().chain(other))
        .map(|size| (size.to_owned(), shown_size(size)))
        .collect()
}

/// A button that starts a segment with these values.
#[component]
pub fn GenerateButton(values: SegmentValues, label: String) -> impl IntoView {
    let form = Form::to(GenerateScene::PATH);
    view! {
        <PostForm form class="again">
            <input type="hidden" name="scene_id" value=values.scene_id />
            <input type="hidden" name="seconds" value=values.seconds.to_string() />
            <input type="hidden" name="size" value=values.size />
            <input
                type="hidden"
                name="seed"
                value=values.seed.map(|seed| seed.to_string()).unwrap_or_default()
            />
            <button class="button primary" type="submit">
                {label}
            </button>
            <StartState form />
        </PostForm>
    }
}
