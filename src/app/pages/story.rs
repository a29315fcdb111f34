//! One story, set to be read. Until it is written, the job that writes it.

use super::Drawn;
use crate::app::parts::{Trail, making};
use crate::app::request::{artifact_text, caller, job, studio};
use crate::i18n::{job as texts, pages as messages};
use crate::islands::{Island, Live, use_lang};
use crate::job::{JobId, Timestamp};
use crate::studio::{StudioError, story_html};
use leptos::prelude::*;
use leptos_meta::Title;

/// A finished story.
#[derive(Debug, Clone, PartialEq)]
struct Book {
    id: JobId,
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

pub async fn draw(id: String) -> Drawn {
    let job = job(&id).await?;
    let story = match studio()?.story(&caller()?, &id).await {
        Ok(story) => story,
        Err(StudioError::NotFound) => return making(job, "story"),
        Err(error) => return Err(error.into()),
    };
    let (html, chapters) = anchored(&story_html(&artifact_text(&job.job_id).await?));
    let book = Book {
        id: job.job_id,
        title: story.title,
        prompt: story.prompt,
        language: story.language,
        words: story.words,
        made_by: story.made_by,
        at: story.finished_at,
        chapters,
        html,
    };
    Ok(view! { <Reading book /> }.into_any())
}

/// Gives each chapter an id to jump to, and leaves out the title, which the page sets itself.
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
fn Reading(book: Book) -> impl IntoView {
    let lang = use_lang();
    let count = u32::try_from(book.chapters.len()).unwrap_or(u32::MAX);
    view! {
        <Title text=book.title.clone() />
        <Trail steps=vec![("/stories".to_owned(), messages::STORIES.get(lang).to_owned())] />
        <Live island=Island::Seen(book.id.clone()) />
        <div class="reading">
            <nav class="contents" aria-labelledby="contents">
                <h2 id="contents">{messages::CONTENTS.get(lang)}</h2>
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
                        {messages::chapters(lang, count)} " · " {messages::words(lang, book.words)} " · "
                        <bdi>{book.made_by}</bdi> " · " <Live island=Island::Moment(book.at) />
                    </p>
                </header>
                <div class="book-text" dir="auto" inner_html=book.html></div>
                <footer class="book-end" lang=lang.as_str()>
                    <a class="button" href=format!("/api/v1/jobs/{}/result", book.id) download>
                        {texts::action(crate::job::Action::Download).get(lang)}
                    </a>
                    <a class="button quiet" href=format!("/jobs/{}", book.id)>
                        {messages::JOB_AND_LOG.get(lang)}
                    </a>
                </footer>
            </article>
        </div>
    }
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
