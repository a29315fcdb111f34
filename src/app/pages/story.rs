//! One story, set to be read. Until it is written, the job that writes it.

use crate::app::parts::{Loaded, Making, Moment, Trail, loaded};
use crate::app::{Refusal, use_lang};
use crate::job::{Job, Timestamp};
use crate::words::{job as texts, pages as say};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use serde::{Deserialize, Serialize};

/// What stands at a story's address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Volume {
    Book(Box<Book>),
    /// Not written, or not yet.
    Job(Box<Job>),
}

/// A finished story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Book {
    id: String,
    title: String,
    prompt: String,
    language: String,
    words: u32,
    made_by: String,
    at: Timestamp,
    /// The headings of the chapters, as HTML.
    chapters: Vec<String>,
    /// The whole text as HTML that the studio made safe; chapter n has the id `chapter-n`.
    html: String,
}

#[server(prefix = "/forms", endpoint = "story", input = GetUrl)]
pub async fn read_story(id: String) -> Result<Volume, Refusal> {
    use crate::app::request::{artifact_text, caller, job, studio};
    use crate::studio::{StudioError, story_html};
    let job = job(&id).await?;
    let story = match studio()?.story(&caller()?, &id).await {
        Ok(story) => story,
        Err(StudioError::NotFound) => return Ok(Volume::Job(Box::new(job))),
        Err(error) => return Err(error.into()),
    };
    let (html, chapters) = anchored(&story_html(&artifact_text(&job.job_id).await?));
    Ok(Volume::Book(Box::new(Book {
        id,
        title: story.title,
        prompt: story.prompt,
        language: story.language,
        words: story.words,
        made_by: story.made_by,
        at: story.finished_at,
        chapters,
        html,
    })))
}

/// Gives each chapter an id to jump to, and leaves out the title, which the page sets itself.
#[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "the server's half"))]
fn anchored(html: &str) -> (String, Vec<String>) {
    let html = match html.trim_start().strip_prefix("<h1>") {
        Some(rest) => rest.split_once("</h1>").map_or(html, |(_, body)| body),
        None => html,
    };
    let mut parts = html.split("<h2>");
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut chapters = Vec::new();
    for part in parts {
        let heading = part.split_once("</h2>").map_or("", |(heading, _)| heading);
        chapters.push(heading.to_owned());
        text.push_str("<h2 id=\"chapter-");
        text.push_str(&chapters.len().to_string());
        text.push_str("\">");
        text.push_str(part);
    }
    (text, chapters)
}

#[component]
pub fn Story() -> impl IntoView {
    let volume = loaded(read_story);
    view! {
        <Loaded
            what=volume
            show=move |shown: Volume| match shown {
                Volume::Book(book) => view! { <Reading book=*book /> }.into_any(),
                Volume::Job(job) => {
                    view! { <Making job=*job done=move || volume.refetch() /> }.into_any()
                }
            }
        />
    }
}

#[component]
fn Reading(book: Book) -> impl IntoView {
    let lang = use_lang();
    let count = u32::try_from(book.chapters.len()).unwrap_or(u32::MAX);
    view! {
        <Title text=book.title.clone() />
        <Trail steps=vec![("/stories".to_owned(), say::STORIES.say(lang).to_owned())] />
        <div class="reading">
            <nav class="contents" aria-labelledby="contents">
                <h2 id="contents">{say::CONTENTS.say(lang)}</h2>
                <ol>
                    {book
                        .chapters
                        .into_iter()
                        .enumerate()
                        .map(|(place, heading)| {
                            view! {
                                <li>
                                    <a
                                        href=format!("#chapter-{}", place + 1)
                                        rel="external"
                                        inner_html=heading
                                    ></a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ol>
            </nav>
            <article class="book" lang=book.language>
                <header class="book-head">
                    <h1 dir="auto">{book.title}</h1>
                    <p class="lead" dir="auto">
                        {book.prompt}
                    </p>
                    <p class="book-facts" lang=lang.as_str()>
                        {say::chapters(lang, count)} " · " {say::words(lang, book.words)} " · "
                        <bdi>{book.made_by}</bdi> " · " <Moment at=book.at />
                    </p>
                </header>
                <div class="book-text" dir="auto" inner_html=book.html></div>
                <footer class="book-end" lang=lang.as_str()>
                    <a class="button" href=format!("/api/v1/jobs/{}/result", book.id) download>
                        {texts::action(crate::job::Action::Download).say(lang)}
                    </a>
                    <a class="button quiet" href=format!("/jobs/{}", book.id)>
                        {say::JOB_AND_LOG.say(lang)}
                    </a>
                </footer>
            </article>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::anchored;

    #[test]
    fn chapters_get_ids_and_the_title_is_left_out() {
        let (html, chapters) = anchored("<h1>A</h1>\n<h2>One &amp; all</h2>\n<p>x</p><h2>Two</h2>");
        assert_eq!(chapters, ["One &amp; all", "Two"]);
        assert_eq!(
            html,
            "\n<h2 id=\"chapter-1\">One &amp; all</h2>\n<p>x</p><h2 id=\"chapter-2\">Two</h2>"
        );
    }
}
