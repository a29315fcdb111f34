//! Pieces of HTML as text, of which what is live is made.

pub use crate::browser::escape;
use crate::i18n::{Lang, job as texts};
use crate::job::{Action, Job};

use super::row::goal;

/// A picture of one path.
pub fn icon(path: &str) -> String {
    format!(r#"<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{path}"/></svg>"#)
}

/// A button that does something by its name, with a text or a picture in it.
pub fn button(class: &str, act: &str, label: &str, inside: &str) -> String {
    let label = escape(label);
    let named = if inside.starts_with('<') {
        format!(r#" aria-label="{label}" title="{label}""#)
    } else {
        String::new()
    };
    format!(r#"<button class="{class}" type="button" data-act="{act}"{named}>{inside}</button>"#)
}

/// A link to what came of a job, or to the job.
pub fn link(lang: Lang, job: &Job, class: &str, words: Option<&str>) -> String {
    let name = texts::name(lang, job);
    let (href, words) = (escape(&goal(job)), escape(words.unwrap_or(&name)));
    let (id, state) = (&job.job_id, job.state.as_str());
    format!(
        r#"<a class="{class}" dir="auto" href="{href}" data-job-id="{id}" data-state="{state}">{words}</a>"#
    )
}

/// What to do with what came of a job, as a link: Watch, Read … Retry is a button.
pub fn next_step(lang: Lang, job: &Job, class: &str) -> Option<String> {
    let next = job.next_link()?;
    let words = texts::action(next.action).get(lang);
    let download = (next.action == Action::Download).then_some(" download");
    Some(link_to(
        class,
        &next.href,
        words,
        download.unwrap_or_default(),
    ))
}

/// A link to an address, with what else its tag says.
pub fn link_to(class: &str, href: &str, words: &str, more: &str) -> String {
    let href = escape(href);
    format!(r#"<a class="{class}" href="{href}"{more}>{words}</a>"#)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::JobState;
    use crate::job::sample::job;

    #[test]
    fn what_others_wrote_is_text() {
        let hostile = r#"<img src=x onerror="alert('&')">"#;
        let job = Job {
            name: hostile.to_owned(),
            ..job(1, JobState::Completed)
        };
        for html in [
            link(Lang::En, &job, "x", None),
            link(Lang::En, &job, "x", Some(hostile)),
            button("x", "y", hostile, "<svg/>"),
        ] {
            assert!(!html.contains("<img"), "{html}");
            assert!(!html.contains("onerror=\""), "{html}");
        }
        let escaped = "&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;";
        assert_eq!(escape(hostile), escaped);
    }
}
