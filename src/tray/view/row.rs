//! A job in the panel. Pages use parts of its row too.

use super::command_buttons::command_buttons;
use super::html::{self, escape, icon};
use super::icons;
use super::list_item::{ListItem, LiveValue, SLOT};
use crate::i18n::{Lang, job as texts, tray as messages};
use crate::job::{Job, JobState, Timestamp};
use crate::routes::attributes::JOB_ID;
use crate::tray::handle::Tray;
use crate::tray::kind_pictures::KindPictures;
use crate::tray::model::rows::PanelRows;
use crate::tray::model::state::TrayState;
use crate::tray::text::{job_link, job_status};
use leptos::prelude::*;
use std::sync::Arc;

/// A job, and what a view needs to know beside its fields.
#[derive(Debug, Clone, Copy)]
pub struct JobView<'a> {
    pub lang: Lang,
    pub pictures: KindPictures,
    pub job: &'a Job,
    pub now: Timestamp,
    /// The number of jobs ahead of a queued one.
    pub ahead: Option<usize>,
    /// The user has not seen yet how it ended.
    pub unseen: bool,
    /// It belongs to the user, who may be alerted when it ends.
    pub own: bool,
}

impl<'a> JobView<'a> {
    /// A job as the tray has it now.
    pub fn of(tray: Tray, job: &'a Job) -> Self {
        (tray.state).with_value(|state| tray.rows.with(|rows| Self::new(tray, state, rows, job)))
    }

    pub(super) fn new(tray: Tray, state: &TrayState, rows: &PanelRows, job: &'a Job) -> Self {
        let is_queued = job.state == JobState::Queued;
        Self {
            lang: tray.lang,
            pictures: tray.pictures,
            job,
            now: tray.clock.now.get(),
            ahead: is_queued.then(|| rows.jobs_ahead(&job.job_id)).flatten(),
            // Jobs that are too old for the tray count as seen.
            unseen: state.job(&job.job_id).is_some() && !state.is_seen(job),
            own: state.is_own(job),
        }
    }

    /// The HTML of the row, with slots for live values. A click anywhere on it leads to the result, or to the job's own
    /// page while there is none.
    pub fn row(&self) -> String {
        let Self { lang, job, .. } = *self;
        let id = &job.job_id;
        let name_id = format!("tray-{id}");
        let picture = icons::of_state(job.state).unwrap_or_else(|| self.pictures.icon(job));
        let picture = icon(picture);
        let name = escape(&texts::name(lang, job));
        let unseen = if self.unseen {
            format!(
                r#"<span class="visually-hidden"> ({})</span>"#,
                messages::NEW.get(lang)
            )
        } else {
            String::new()
        };
        format!(
            r#"<article class="job" {}><span class="job-picture">{picture}</span><div class="job-head"><a class="job-name" id="{name_id}" dir="auto" href="{}" title="{name}">{name}{unseen}</a><span class="job-buttons">{}{}</span></div><div class="job-line">{}</div>{}{}</article>"#,
            self.attributes(),
            escape(&job_link::target(job)),
            self.next_action("chip"),
            self.buttons(&name_id),
            self.status_line(),
            self.fix(),
            self.progress_bar(),
        )
    }

    /// A list item from HTML that contains [`JobView::status_line`] and then [`JobView::progress_bar`].
    pub fn item(&self, html: impl Into<Arc<str>>) -> ListItem {
        let Self {
            lang,
            job,
            now,
            ahead,
            ..
        } = *self;
        let text = |selector, value| LiveValue {
            selector,
            attribute: None,
            value,
        };
        let mut values = vec![
            text(".job-step", Some(job_status::step(lang, job, now, ahead))),
            text(".elapsed", job_status::elapsed(job, now)),
            text(".remaining", job_status::remaining(lang, job, now)),
        ];
        if job.state.is_active() {
            values.push(LiveValue {
                selector: "progress",
                attribute: Some("value"),
                value: job.progress.map(|progress| progress.to_string()),
            });
        }
        ListItem {
            key: job.job_id.as_str().into(),
            template: html.into(),
            values,
        }
    }

    /// The attributes with the job's id and its state.
    pub fn attributes(&self) -> String {
        let Self { job, unseen, .. } = *self;
        let (id, state) = (&job.job_id, job.state.as_str());
        let mut text = format!(r#"{JOB_ID}="{id}" data-state="{state}""#);
        if let Some(wanted) = job.wanted {
            text.push_str(" data-wanted=");
            text.push_str(wanted.as_str());
        }
        if job.stalled && job.state == JobState::Running {
            text.push_str(" data-stalled");
        }
        if unseen {
            text.push_str(" data-unseen");
        }
        text
    }

    /// The link to the job's next action.
    pub fn next_action(&self, class: &str) -> String {
        html::next_action(self.lang, self.job, class).unwrap_or_default()
    }

    /// The buttons of the job. `described_by` is the id of the element that names it.
    pub fn buttons(&self, described_by: &str) -> String {
        let Self { lang, job, own, .. } = *self;
        let with_bell = own && !job.state.is_finished();
        command_buttons(lang, job, described_by, with_bell)
    }

    /// Slots for the current step, the elapsed and the remaining time.
    pub fn status_line(&self) -> String {
        let Self { lang, job, .. } = *self;
        let has_result = matches!(job.state, JobState::Completed | JobState::Failed);
        let took = if has_result && job.elapsed_seconds > 0.0 {
            format!("{}\u{a0}", messages::TOOK.get(lang))
        } else {
            String::new()
        };
        format!(
            r#"<span class="job-step" dir="auto">{SLOT}</span><span class="job-times"><span class="took">{took}</span><span class="elapsed">{SLOT}</span><span class="remaining">{SLOT}</span></span>"#
        )
    }

    /// What to do about a failure.
    pub fn fix(&self) -> String {
        let Self { lang, job, .. } = *self;
        let failure = texts::failure(lang, job).filter(|_| job.state == JobState::Failed);
        let fix = failure.map(|(_, fix)| escape(&fix)).unwrap_or_default();
        format!(r#"<p class="job-fix" dir="auto">{fix}</p>"#)
    }

    /// A progress bar with a slot for its value, which is not rounded, and absent while it is unknown.
    pub fn progress_bar(&self) -> String {
        let Self { lang, job, .. } = *self;
        if !job.state.is_active() {
            return String::new();
        }
        let name = escape(&texts::name(lang, job));
        format!(r#"<progress class="bar" max="1"{SLOT} aria-label="{name}"></progress>"#)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::Notify;
    use crate::job::sample::job;

    fn row(job: &Job) -> String {
        let view = JobView {
            lang: Lang::En,
            pictures: KindPictures::new(|_| None),
            job,
            now: job.last_updated_at,
            ahead: None,
            unseen: false,
            own: true,
        };
        view.item(view.row()).html()
    }

    #[test]
    fn text_from_people_is_escaped() {
        let hostile = r#""><img src=x onerror='alert(1)'>"#;
        for state in JobState::ALL {
            let job = Job {
                name: hostile.to_owned(),
                current_step: Some(hostile.to_owned()),
                failure: Some(crate::job::Failure {
                    code: "oven_cold".to_owned(),
                    summary: hostile.to_owned(),
                    retryable: true,
                    fix: hostile.to_owned(),
                    fix_text: None,
                }),
                ..job(1, state)
            };
            let row = row(&job);
            assert!(!row.contains("<img"), "{state:?}: {row}");
            assert!(!row.contains("onerror='"), "{state:?}: {row}");
        }
    }

    #[test]
    fn progress_is_shown_to_its_last_digit_or_not_at_all() {
        for (progress, value) in [
            (Some(0.1 + 0.2), Some(r#" value="0.30000000000000004""#)),
            (Some(0.0), Some(r#" value="0""#)),
            (None, None),
        ] {
            let row = row(&Job {
                progress,
                ..job(1, JobState::Running)
            });
            assert!(
                row.contains(value.unwrap_or(r#"max="1" aria-label"#)),
                "{row}"
            );
        }
        let done = row(&job(1, JobState::Completed));
        assert!(!done.contains("<progress"), "{done}");
    }

    #[test]
    fn only_ones_own_unfinished_jobs_have_a_bell() {
        let running = Job {
            notify: Notify::Never,
            ..job(1, JobState::Running)
        };
        assert!(row(&running).contains(r#"data-bell="never""#));
        assert!(!row(&job(1, JobState::Completed)).contains("data-bell"));
        let others = JobView {
            own: false,
            ahead: None,
            unseen: false,
            lang: Lang::Fr,
            pictures: KindPictures::new(|_| None),
            job: &running,
            now: running.last_updated_at,
        };
        assert!(!others.row().contains("data-bell"));
    }
}
