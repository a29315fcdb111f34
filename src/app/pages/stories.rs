//! The stories, and the form that has one written.

use crate::app::parts::{
    Field, Heading, Loaded, More, Nonce, Outcome, Running, Started, When, about, field_error,
    loaded_after, next_nonce, when_done,
};
use crate::app::{Refusal, request, use_lang};
use crate::job::{Job, Timestamp};
use crate::words::{Lang, pages as say};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use serde::{Deserialize, Serialize};

/// Stories on one page of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shelf {
    stories: Vec<Spine>,
    more: Option<String>,
}

/// A story as the list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spine {
    id: String,
    title: String,
    prompt: String,
    chapters: u32,
    words: u32,
    language: String,
    at: Timestamp,
}

#[server(prefix = "/forms", endpoint = "stories", input = GetUrl)]
pub async fn read_stories(after: String) -> Result<Shelf, Refusal> {
    use crate::app::request::{caller, studio};
    let after = (!after.is_empty()).then_some(after);
    let found = studio()?.stories(&caller()?, after.as_deref(), 30).await?;
    Ok(Shelf {
        more: found.next_cursor,
        stories: (found.items.into_iter())
            .map(|story| Spine {
                id: story.id,
                title: story.title,
                prompt: story.prompt,
                chapters: story.chapters,
                words: story.words,
                language: story.language,
                at: story.finished_at,
            })
            .collect(),
    })
}

#[server(prefix = "/forms", endpoint = "write_story")]
pub async fn write_story(
    prompt: String,
    chapters: String,
    cast: String,
    language: String,
    nonce: String,
) -> Result<Started, Refusal> {
    let mut input = serde_json::json!({ "prompt": prompt, "language": language });
    match chapters.trim().parse::<u32>() {
        Ok(chapters) => input["chapters"] = chapters.into(),
        Err(_) if chapters.trim().is_empty() => {}
        Err(_) => return Err(Refusal::invalid("chapters", "must be 1 to 40")),
    }
    let cast: Vec<&str> = cast
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if !cast.is_empty() {
        input["cast"] = cast.into();
    }
    let job = request::submit("story", input, &nonce).await?;
    Ok(Started {
        job_id: job.job_id,
        nonce: request::nonce(),
    })
}

#[component]
pub fn Stories() -> impl IntoView {
    let lang = use_lang();
    let shelf = loaded_after(read_stories);
    let jobs = about(is_story);
    when_done(jobs, move || shelf.refetch());
    view! {
        <Title text=say::STORIES.say(lang) />
        <Heading text=say::STORIES.say(lang) lead=say::STORIES_LEAD.say(lang) />
        <div class="columns">
            <Loaded
                what=shelf
                show=move |shelf: Shelf| {
                    view! {
                        <section aria-label=say::STORIES.say(lang)>
                            <List stories=shelf.stories />
                            <More to="/stories" after=shelf.more />
                        </section>
                    }
                        .into_any()
                }
            />
            <section class="panel-box" aria-labelledby="write">
                <h2 id="write">{say::WRITE_HEAD.say(lang)}</h2>
                <WriteForm />
                <Running jobs />
            </section>
        </div>
    }
    .into_any()
}

fn is_story(job: &Job) -> bool {
    job.kind == "story"
}

#[component]
fn List(stories: Vec<Spine>) -> impl IntoView {
    let lang = use_lang();
    if stories.is_empty() {
        return view! { <p class="empty">{say::NO_STORIES.say(lang)}</p> }.into_any();
    }
    view! {
        <ul class="rows" role="list">
            {stories
                .into_iter()
                .map(|story| {
                    view! {
                        <li class="row">
                            <h3 class="row-title">
                                <a
                                    href=format!("/stories/{}", story.id)
                                    lang=story.language
                                    dir="auto"
                                >
                                    {story.title}
                                </a>
                            </h3>
                            <p class="row-text" dir="auto">
                                {story.prompt}
                            </p>
                            <p class="row-facts">
                                {say::chapters(lang, story.chapters)} " · "
                                {say::words(lang, story.words)} " · " <When at=story.at />
                            </p>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

/// What to write about, how long, with whom and in which language.
#[component]
fn WriteForm() -> impl IntoView {
    let lang = use_lang();
    let start = ServerAction::<WriteStory>::new();
    let outcome = Signal::derive(move || start.value().get());
    let first = SharedValue::new(request::nonce).into_inner();
    let nonce = next_nonce(first, outcome);
    let wrong = move |field| field_error(outcome, field);
    view! {
        <ActionForm action=start attr:class="form">
            <Nonce value=nonce />
            <Field
                id="prompt"
                label=say::PROMPT.say(lang)
                hint=say::PROMPT_HINT.say(lang)
                error=wrong("prompt")
            >
                <textarea
                    id="prompt"
                    name="prompt"
                    rows="4"
                    required
                    maxlength="4000"
                    dir="auto"
                    aria-describedby="prompt-note"
                ></textarea>
            </Field>
            <div class="pair">
                <Field
                    id="cast"
                    label=say::CAST.say(lang)
                    hint=say::TAGS_HINT.say(lang)
                    error=wrong("cast")
                >
                    <input id="cast" name="cast" dir="auto" aria-describedby="cast-note" />
                </Field>
                <Field id="chapters" label=say::CHAPTERS.say(lang) error=wrong("chapters")>
                    <input
                        id="chapters"
                        name="chapters"
                        type="number"
                        value="6"
                        min="1"
                        max="40"
                        inputmode="numeric"
                        required
                        aria-describedby="chapters-note"
                    />
                </Field>
            </div>
            <Field id="language" label=say::LANGUAGE.say(lang) error=wrong("language")>
                <select id="language" name="language" aria-describedby="language-note">
                    <option value="en" selected=lang == Lang::En>
                        "English"
                    </option>
                    <option value="fr" selected=lang == Lang::Fr>
                        "Français"
                    </option>
                </select>
            </Field>
            <div class="form-end">
                <button class="button primary" type="submit">
                    {say::WRITE.say(lang)}
                </button>
                <Outcome outcome />
            </div>
        </ActionForm>
    }
    .into_any()
}
