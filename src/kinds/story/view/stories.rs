//! The list of stories, and the form that starts one.

use crate::i18n::pages as messages;
use crate::islands::{About, Island, Live, use_lang};
use crate::job::JobId;
use crate::kinds::story::KIND;
use crate::kinds::story::finished::{self, Story};
use crate::kinds::story::input::Input;
use crate::kinds::story::page_texts;
use crate::kinds::story::spec::{PAGE, STORIES};
use crate::routes;
use crate::routes::attributes::KEY;
use crate::ui::request::{self, caller, parameter, queue, request_time};
use crate::ui::{
    Control, Field, Form, Heading, InputField, NextPage, PageError, PageResult, PostForm,
    StartState,
};
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

/// Starts a story job and returns at once.
#[server(prefix = "/forms", endpoint = "write_story")]
pub async fn write_story(
    prompt: String,
    chapters: String,
    cast: String,
    language: String,
    nonce: String,
) -> Result<JobId, PageError> {
    let mut input = serde_json::json!({ "prompt": prompt, "language": language });
    if let Some(chapters) = InputField::of::<Input>("chapters").whole::<u32>(&chapters)? {
        input["chapters"] = chapters.into();
    }
    let cast: Vec<&str> = cast
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if !cast.is_empty() {
        input["cast"] = cast.into();
    }
    let job = request::submit(KIND, input, &nonce).await?;
    Ok(job.job_id)
}

pub async fn draw() -> PageResult {
    let lang = use_lang();
    let after = parameter("after");
    let found = finished::stories(&queue()?, &caller()?, after.as_deref(), 30).await?;
    let about = About::Kind(KIND.to_owned());
    let page = view! {
        <Title text=page_texts::STORIES.get(lang) />
        <Heading text=page_texts::STORIES.get(lang) lead=page_texts::STORIES_LEAD.get(lang) />
        <Live island=Island::Fresh(about.clone(), request_time()) />
        <div class="columns">
            <section aria-label=page_texts::STORIES.get(lang)>
                <StoryList stories=found.items />
                <NextPage to=STORIES after=found.next_cursor />
            </section>
            <section class="panel-box" aria-labelledby="write">
                <h2 id="write">{page_texts::WRITE_HEAD.get(lang)}</h2>
                <WriteForm />
                <Live island=Island::Running(about) />
            </section>
        </div>
    };
    Ok(page.into_any())
}

#[component]
fn StoryList(stories: Vec<Story>) -> impl IntoView {
    let lang = use_lang();
    if stories.is_empty() {
        return view! { <p class="empty">{page_texts::NO_STORIES.get(lang)}</p> }.into_any();
    }
    view! {
        <ul class="rows" role="list">
            {stories
                .into_iter()
                .map(|story| {
                    view! {
                        <li class="row" {..custom_attribute(KEY, story.id.clone())}>
                            <h2 class="row-title">
                                <a
                                    href=routes::with_id(PAGE, &story.id)
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
                                {page_texts::chapters(lang, story.chapters)} " · "
                                {page_texts::words(lang, story.words)} " · " <Live island=Island::Since(story.finished_at) />
                            </p>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn WriteForm() -> impl IntoView {
    let lang = use_lang();
    let form = Form::to(WriteStory::PATH);
    let prompt = InputField::of::<Input>("prompt").text_area(4);
    let chapters = InputField::of::<Input>("chapters");
    let languages = [("en", "English"), ("fr", "Français")]
        .map(|(code, name)| (code.to_owned(), name.to_owned()));
    view! {
        <PostForm form class="form" clears=true>
            <Field
                form
                name="prompt"
                label=page_texts::PROMPT.get(lang)
                hint=page_texts::PROMPT_HINT.get(lang)
                required=true
                own=""
                control=prompt
            />
            <div class="pair">
                <Field
                    form
                    name="cast"
                    label=page_texts::CAST.get(lang)
                    hint=messages::TAGS_HINT.get(lang)
                    own=""
                    control=Control::Line(None)
                />
                <Field
                    form
                    name="chapters"
                    label=page_texts::CHAPTERS.get(lang)
                    required=true
                    own=chapters.default()
                    control=chapters.control()
                />
            </div>
            <Field
                form
                name="language"
                label=messages::LANGUAGE.get(lang)
                own=lang.as_str()
                control=Control::Choice(languages.into())
            />
            <div class="form-end">
                <button class="button primary" type="submit">
                    {page_texts::WRITE.get(lang)}
                </button>
                <StartState form />
            </div>
        </PostForm>
    }
}
