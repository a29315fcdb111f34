//! The form that starts the making of a segment. It answers at once; the tray tells the rest.

use super::{Control, Field, Form, Outcome, Posted};
use crate::app::{PageError, request};
use crate::i18n::pages as messages;
use crate::islands::use_lang;
use crate::job::JobId;
use crate::validation::{Format, Rule};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use std::borrow::Cow;

/// The sizes that can be chosen beside the scene's own.
const SIZES: [&str; 4] = ["320x180", "640x360", "1280x720", "1920x1080"];

const LENGTHS: Control = Control::Number {
    from: Cow::Borrowed("0.5"),
    to: Cow::Borrowed("1800"),
    whole: false,
};
const SEEDS: Control = Control::Number {
    from: Cow::Borrowed("0"),
    // The largest that every JSON reader keeps whole.
    to: Cow::Borrowed("9007199254740991"),
    whole: true,
};

/// What a segment is made with.
#[derive(Debug, Clone, PartialEq)]
pub struct Take {
    pub scene_id: String,
    pub seconds: f64,
    /// Such as `1280x720`.
    pub size: String,
    pub seed: Option<u64>,
}

#[server(prefix = "/forms", endpoint = "generate_scene")]
pub async fn generate_scene(
    scene_id: String,
    seconds: String,
    size: String,
    seed: String,
    nonce: String,
) -> Result<JobId, PageError> {
    let mut input = serde_json::json!({ "sceneId": scene_id });
    // A comma is how French writes it.
    match seconds.trim().replace(',', ".").parse::<f64>() {
        Ok(seconds) if seconds.is_finite() => input["seconds"] = seconds.into(),
        Err(_) if seconds.trim().is_empty() => {}
        _ => {
            return Err(PageError::invalid(
                "seconds",
                Rule::Range {
                    min: 0.5,
                    max: 1800.0,
                },
            ));
        }
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
    match seed.trim().parse::<u64>() {
        Ok(seed) => input["seed"] = seed.into(),
        Err(_) if seed.trim().is_empty() => {}
        Err(_) => {
            return Err(PageError::invalid(
                "seed",
                Rule::Range {
                    min: 0.0,
                    max: 9_007_199_254_740_991.0,
                },
            ));
        }
    }
    match request::submit("scene", input, &nonce).await {
        Ok(job) => Ok(job.job_id),
        // The form has both in one field.
        Err(PageError::Invalid(error)) if matches!(error.field.as_str(), "width" | "height") => {
            Err(error.renamed("size").into())
        }
        Err(refusal) => Err(refusal),
    }
}

/// The fields and one button. What was typed stays after the start, for the next one.
#[component]
pub fn GenerateForm(take: Take, label: String) -> impl IntoView {
    let lang = use_lang();
    let form = Form::to(GenerateScene::PATH);
    let seed = take.seed.map(|seed| seed.to_string()).unwrap_or_default();
    let sizes = sizes(&take.size);
    view! {
        <Posted form class="form">
            <input type="hidden" name="scene_id" value=take.scene_id />
            <div class="trio">
                <Field
                    form
                    name="seconds"
                    label=messages::SECONDS.get(lang)
                    required=true
                    own=take.seconds.to_string()
                    control=LENGTHS
                />
                <Field
                    form
                    name="size"
                    label=messages::SIZE.get(lang)
                    own=take.size
                    control=Control::Choice(sizes)
                />
                <Field
                    form
                    name="seed"
                    label=messages::SEED.get(lang)
                    hint=messages::SEED_HINT.get(lang)
                    placeholder=messages::SEED_ANY.get(lang)
                    own=seed
                    control=SEEDS
                />
            </div>
            <div class="form-end">
                <button class="button primary" type="submit">
                    {label}
                </button>
                <Outcome form />
            </div>
        </Posted>
    }
}

/// The sizes to choose from, the scene's own among them.
fn sizes(own: &str) -> Vec<(String, String)> {
    let other = (!SIZES.contains(&own)).then_some(own);
    (SIZES.into_iter().chain(other))
        .map(|size| (size.to_owned(), size.replace('x', " × ")))
        .collect()
}

/// One button that makes a segment with what is given.
#[component]
pub fn Again(take: Take, label: String) -> impl IntoView {
    let form = Form::to(GenerateScene::PATH);
    view! {
        <Posted form class="again">
            <input type="hidden" name="scene_id" value=take.scene_id />
            <input type="hidden" name="seconds" value=take.seconds.to_string() />
            <input type="hidden" name="size" value=take.size />
            <input
                type="hidden"
                name="seed"
                value=take.seed.map(|seed| seed.to_string()).unwrap_or_default()
            />
            <button class="button primary" type="submit">
                {label}
            </button>
            <Outcome form />
        </Posted>
    }
}
