//! The stories, and the form that has one written.

use super::Drawn;
use crate::app::Refusal;
use crate::app::parts::{Field, Form, Heading, More, Outcome, Posted, typed_text};
use crate::app::request::{self, caller, parameter, studio};
use crate::islands::{About, Island, Live, use_lang};
use crate::job::JobId;
use crate::studio::Story;
use crate::words::pages as say;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

#[server(prefix = "/forms", endpoint = "write_story")]
pub async fn write_story(
    prompt: String,
    chapters: String,
    cast: String,
    language: String,
    nonce: String,
) -> Result<JobId, Refusal> {
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
    Ok(job.job_id)
}

pub async fn draw() -> Drawn {
    let lang = use_lang();
    let after = parameter("after");
    let shelf = studio()?.stories(&caller()?, after.as_deref(), 30).await?;
    let about = About::Kind("story".to_owned());
    let page = view! {
        <Title text=say::STORIES.say(lang) />
        <Heading text=say::STORIES.say(lang) lead=say::STORIES_LEAD.say(lang) />
        <Live island=Island::Fresh(about.clone(), request::asked_at()) />
        <div class="columns">
            <section aria-label=say::STORIES.say(lang)>
                <List stories=shelf.items />
                <More to="/stories" after=shelf.next_cursor />
            </section>
            <section class="panel-box" aria-labelledby="write">
                <h2 id="write">{say::WRITE_HEAD.say(lang)}</h2>
                <WriteForm />
                <Live island=Island::Running(about) />
            </section>
        </div>
    };
    Ok(page.into_any())
}

#[component]
fn List(stories: Vec<Story>) -> impl IntoView {
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
                        <li class="row" data-key=story.id.clone()>
                            <h2 class="row-title">
                                <a
                                    href=format!("/stories/{}", story.id)
                                    lang=story.language
                                    dir="auto"
                                >
                                    {story.title}
                                </a>
                            </h2>
                            <p class="row-text" dir="auto">
                                {story.prompt}
                            </p>
                            <p class="row-facts">
                                {say::chapters(lang, story.chapters)} " · "
                                {say::words(lang, story.words)} " · " <Live island=Island::Since(story.finished_at) />
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
    let form = Form::to(WriteStory::PATH);
    let language = form.typed("language", lang.as_str());
    view! {
        <Posted form class="form" clears=true>
            <Field
                id="prompt"
                label=say::PROMPT.say(lang)
                hint=say::PROMPT_HINT.say(lang)
                error=form.error("prompt")
            >
                <textarea
                    id="prompt"
                    name="prompt"
                    rows="4"
                    required
                    maxlength="4000"
                    dir="auto"
                    aria-describedby="prompt-note"
                >
                    {typed_text(&form.typed("prompt", ""))}
                </textarea>
            </Field>
            <div class="pair">
                <Field
                    id="cast"
                    label=say::CAST.say(lang)
                    hint=say::TAGS_HINT.say(lang)
                    error=form.error("cast")
                >
                    <input
                        id="cast"
                        name="cast"
                        value=form.typed("cast", "")
                        dir="auto"
                        aria-describedby="cast-note"
                    />
                </Field>
                <Field id="chapters" label=say::CHAPTERS.say(lang) error=form.error("chapters")>
                    <input
                        id="chapters"
                        name="chapters"
                        type="number"
                        value=form.typed("chapters", "6")
                        min="1"
                        max="40"
                        inputmode="numeric"
                        required
                        aria-describedby="chapters-note"
                    />
                </Field>
            </div>
            <Field id="language" label=say::LANGUAGE.say(lang) error=form.error("language")>
                <select id="language" name="language" aria-describedby="language-note">
                    <option value="en" selected=language != "fr">
                        "English"
                    </option>
                    <option value="fr" selected=language == "fr">
                        "Français"
                    </option>
                </select>
            </Field>
            <div class="form-end">
                <button class="button primary" type="submit">
                    {say::WRITE.say(lang)}
                </button>
                <Outcome form />
            </div>
        </Posted>
    }
}
