//! One story to read. Until it is finished, the page shows the job that writes it.

use crate::i18n::{job as texts, pages as messages};
use crate::islands::{Island, Live, use_lang};
use crate::job::{JobId, Timestamp};
use crate::kinds::story::KIND;
use crate::kinds::story::finished::Story;
use crate::kinds::story::html::to_html;
use crate::kinds::story::page_texts;
use crate::kinds::story::spec::STORIES;
use crate::queue::QueueError;
use crate::routes;
use crate::ui::request::{artifact_text, caller, job, queue};
use crate::ui::{Breadcrumbs, PageResult, pending_result};
use leptos::prelude::*;
use leptos_meta::Title;

/// A finished story.
#[derive(Debug, Clone, PartialEq)]
struct StoryData {
    id: JobId,
    title: String,
    prompt: String,
    language: String,
    words: u32,
    made_by: String,
    at: Timestamp,
    /// The chapter headings as HTML.
    chapters: Vec<String>,
    /// The text as HTML that the studio sanitised; chapter n has the id `chapter-n`.
    html: String,
}

pub async fn draw(id: String) -> PageResult {
    let job = job(&id).await?;
    let story = match queue()?.completed_job(&caller()?, KIND, &job.job_id).await {
        Ok(completed) => Story::from(completed),
        Err(QueueError::NotFound) => return pending_result(job, KIND),
        Err(error) => return Err(error.into()),
    };
    let (html, chapters) = with_anchors(&to_html(&artifact_text(&job.job_id).await?));
    let story = StoryData {
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
    Ok(view! { <StoryPage story /> }.into_any())
}

/// Gives each chapter an id to link to, and drops the title, which the page shows itself.
fn with_anchors(html: &str) -> (String, Vec<String>) {
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
fn StoryPage(story: StoryData) -> impl IntoView {
    let lang = use_lang();
    let count = u32::try_from(story.chapters.len()).unwrap_or(u32::MAX);
    view! {
        <Title text=story.title.clone() />
        <Breadcrumbs steps=vec![(STORIES.to_owned(), page_texts::STORIES.get(lang).to_owned())] />
        <Live island=Island::Seen(story.id.clone()) />
        <div class="reading">
            <nav class="contents" aria-labelledby="contents">
                <h2 id="contents">{page_texts::CONTENTS.get(lang)}</h2>
                <ol>
                    {story
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
            <article class="book" lang=story.language>
                <header class="book-head">
                    <h1 dir="auto">{story.title}</h1>
                    <p class="lead" dir="auto">
                        {story.prompt}
                    </p>
                    <p class="book-facts" lang=lang.as_str()>
                        {page_texts::chapters(lang, count)} " · " {page_texts::words(lang, story.words)} " · "
                        <bdi>{story.made_by}</bdi> " · " <Live island=Island::Moment(story.at) />
                    </p>
                </header>
                <div class="book-text" dir="auto" inner_html=story.html></div>
                <footer class="book-end" lang=lang.as_str()>
                    <a class="button" href=routes::job_result(&story.id) download>
                        {texts::action(crate::job::Action::Download).get(lang)}
                    </a>
                    <a class="button quiet" href=routes::job_page(&story.id)>
                        {messages::JOB_AND_LOG.get(lang)}
                    </a>
                </footer>
            </article>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::with_anchors;

    #[test]
    fn chapters_get_ids_and_the_title_is_dropped() {
        let (html, chapters) =
            with_anchors("<h1>A</h1>\n<h2>One &amp; all</h2>\n<p>x</p><h2>Two</h2>");
        assert_eq!(chapters, ["One &amp; all", "Two"]);
        assert_eq!(
            html,
            "\n<h2 id=\"chapter-1\">One &amp; all</h2>\n<p>x</p><h2 id=\"chapter-2\">Two</h2>"
        );
    }
}
