//! HTML text for the items of keyed lists.

pub use super::list_item::escape;
use crate::i18n::{Lang, job as texts};
use crate::job::{Action, Job};
use crate::routes::attributes::JOB_ID;
use crate::tray::text::job_link;

/// An icon with one path.
pub fn icon(path: &str) -> String {
    format!(r#"<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{path}"/></svg>"#)
}

/// A button around a text or an icon; the event listener of the page acts on `action`.
pub fn button(class: &str, action: &str, label: &str, inside: &str) -> String {
    let label = escape(label);
    let label = if inside.starts_with('<') {
        format!(r#" aria-label="{label}" title="{label}""#)
    } else {
        String::new()
    };
    format!(
        r#"<button class="{class}" type="button" data-action="{action}"{label}>{inside}</button>"#
    )
}

/// A link to a job's result, or to the job; without a `text` it shows the job's name.
pub fn link_to_job(lang: Lang, job: &Job, class: &str, text: Option<&str>) -> String {
    let name = texts::name(lang, job);
    let href = escape(&job_link::target(job));
    let text = escape(text.unwrap_or(&name));
    let (id, state) = (&job.job_id, job.state.as_str());
    format!(
        r#"<a class="{class}" dir="auto" href="{href}" {JOB_ID}="{id}" data-state="{state}">{text}</a>"#
    )
}

/// A job's next action as a link: Watch, Read … None for a retry, which is a button.
pub fn next_action(lang: Lang, job: &Job, class: &str) -> Option<String> {
    let next = job.next_link()?;
    let text = texts::action(next.action).get(lang);
    let download = match next.action {
        Action::Download => " download",
        _ => "",
    };
    Some(link(class, &next.href, text, download))
}

/// A link, with further attributes.
pub fn link(class: &str, href: &str, text: &str, attributes: &str) -> String {
    let href = escape(href);
    format!(r#"<a class="{class}" href="{href}"{attributes}>{text}</a>"#)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::JobState;
    use crate::job::sample::job;

    #[test]
    fn text_from_people_is_escaped() {
        let hostile = r#"<img src=x onerror="alert('&')">"#;
        let job = Job {
            name: hostile.to_owned(),
            ..job(1, JobState::Completed)
        };
        for html in [
            link_to_job(Lang::En, &job, "x", None),
            link_to_job(Lang::En, &job, "x", Some(hostile)),
            button("x", "y", hostile, "<svg/>"),
        ] {
            assert!(!html.contains("<img"), "{html}");
            assert!(!html.contains("onerror=\""), "{html}");
        }
        let escaped = "&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;";
        assert_eq!(escape(hostile), escaped);
    }
}
