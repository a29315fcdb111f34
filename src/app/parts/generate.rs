//! The form that starts the making of a segment. It answers at once; the tray tells the rest.

use super::{Field, Nonce, Outcome, Started, field_error, next_nonce};
use crate::app::{Refusal, use_lang};
use crate::words::pages as say;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The sizes that can be chosen beside the scene's own.
const SIZES: [&str; 4] = ["320x180", "640x360", "1280x720", "1920x1080"];

/// What a segment is made with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Take {
    pub scene_id: String,
    pub seconds: f64,
    /// Such as `1280x720`.
    pub size: String,
    pub seed: Option<u64>,
    /// Makes a double click one job.
    pub nonce: String,
}

#[server(prefix = "/forms", endpoint = "generate_scene")]
pub async fn generate_scene(
    scene_id: String,
    seconds: String,
    size: String,
    seed: String,
    nonce: String,
) -> Result<Started, Refusal> {
    use crate::app::request;
    let mut input = serde_json::json!({ "sceneId": scene_id });
    // A comma is how French writes it.
    match seconds.trim().replace(',', ".").parse::<f64>() {
        Ok(seconds) => input["seconds"] = seconds.into(),
        Err(_) if seconds.trim().is_empty() => {}
        Err(_) => return Err(Refusal::invalid("seconds", "must be 0.5 to 1800")),
    }
    if let Some((width, height)) = size.split_once('x') {
        let pixels = |side: &str| {
            side.parse::<u32>()
                .map_err(|_| Refusal::invalid("size", "must be WIDTHxHEIGHT"))
        };
        input["width"] = pixels(width)?.into();
        input["height"] = pixels(height)?.into();
    }
    match seed.trim().parse::<u64>() {
        Ok(seed) => input["seed"] = seed.into(),
        Err(_) if seed.trim().is_empty() => {}
        Err(_) => return Err(Refusal::invalid("seed", "must be 0 to 9007199254740991")),
    }
    let job = request::submit("scene", input, &nonce).await?;
    Ok(Started {
        job_id: job.job_id,
        nonce: request::nonce(),
    })
}

/// The fields and one button. What was typed stays after the start, for the next one.
#[component]
pub fn GenerateForm(take: Take, label: String) -> impl IntoView {
    let lang = use_lang();
    let start = ServerAction::<GenerateScene>::new();
    let outcome = Signal::derive(move || start.value().get());
    let nonce = next_nonce(take.nonce, outcome);
    let wrong = move |field| field_error(outcome, field);
    let sizes = sizes(&take.size);
    view! {
        <ActionForm action=start attr:class="form">
            <input type="hidden" name="scene_id" value=take.scene_id />
            <Nonce value=nonce />
            <div class="trio">
                <Field id="seconds" label=say::SECONDS.say(lang) error=wrong("seconds")>
                    <input
                        id="seconds"
                        name="seconds"
                        type="number"
                        value=take.seconds.to_string()
                        min="0.5"
                        max="1800"
                        step="any"
                        inputmode="decimal"
                        required
                        aria-describedby="seconds-note"
                    />
                </Field>
                <Field id="size" label=say::SIZE.say(lang) error=wrong("width")>
                    <select id="size" name="size" aria-describedby="size-note">
                        {sizes
                            .into_iter()
                            .map(|size| {
                                let own = size == take.size;
                                let shown = size.replace('x', " × ");
                                view! {
                                    <option value=size selected=own>
                                        {shown}
                                    </option>
                                }
                            })
                            .collect_view()}
                    </select>
                </Field>
                <Field
                    id="seed"
                    label=say::SEED.say(lang)
                    hint=say::SEED_HINT.say(lang)
                    error=wrong("seed")
                >
                    <input
                        id="seed"
                        name="seed"
                        type="number"
                        value=take.seed.map(|seed| seed.to_string()).unwrap_or_default()
                        min="0"
                        max="9007199254740991"
                        inputmode="numeric"
                        placeholder=say::SEED_ANY.say(lang)
                        aria-describedby="seed-note"
                    />
                </Field>
            </div>
            <div class="form-end">
                <button class="button primary" type="submit">
                    {label}
                </button>
                <Outcome outcome />
            </div>
        </ActionForm>
    }
    .into_any()
}

/// The sizes to choose from, the scene's own among them.
fn sizes(own: &str) -> Vec<String> {
    let mut sizes: Vec<String> = SIZES.map(str::to_owned).to_vec();
    if !SIZES.contains(&own) {
        sizes.push(own.to_owned());
    }
    sizes
}

/// One button that makes a segment with what is given.
#[component]
pub fn Again(take: Take, label: String) -> impl IntoView {
    let start = ServerAction::<GenerateScene>::new();
    let outcome = Signal::derive(move || start.value().get());
    let nonce = next_nonce(take.nonce, outcome);
    view! {
        <ActionForm action=start attr:class="again">
            <input type="hidden" name="scene_id" value=take.scene_id />
            <input type="hidden" name="seconds" value=take.seconds.to_string() />
            <input type="hidden" name="size" value=take.size />
            <input
                type="hidden"
                name="seed"
                value=take.seed.map(|seed| seed.to_string()).unwrap_or_default()
            />
            <Nonce value=nonce />
            <button class="button primary" type="submit">
                {label}
            </button>
            <Outcome outcome />
        </ActionForm>
    }
    .into_any()
}
