//! One job in the panel, as text. Its parts are used by other pages too.

use super::commands::buttons;
use super::html::{self, escape, icon};
use super::icons;
use super::ring::sign_of;
use crate::browser::{GAP, Moving, Piece};
use crate::i18n::{Lang, job as texts, tray as messages};
use crate::job::{Job, JobState, RequestedState, Timestamp};
use crate::tray::handle::Tray;
use crate::tray::model::rows::Rows;
use crate::tray::model::state::State;
use crate::tray::text::job_status;
use leptos::prelude::*;
use std::sync::Arc;

/// A job, and what is said of it beside what it says itself.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    pub lang: Lang,
    pub job: &'a Job,
    pub now: Timestamp,
    /// How many wait before it; none where it does not wait.
    pub ahead: Option<usize>,
    /// The user has not seen yet how it ended.
    pub unseen: bool,
    /// It is the user's own, whom its end is told.
    pub own: bool,
}

impl<'a> Shown<'a> {
    /// A job as the tray has it now.
    pub fn of(tray: Tray, state: &State, rows: &Rows, job: &'a Job) -> Self {
        let waits = job.state == JobState::Queued;
        Self {
            lang: tray.lang,
            job,
            now: tray.now.get(),
            ahead: waits.then(|| rows.ahead(&job.job_id)).flatten(),
            // Of what is too old for the tray, nobody knows.
            unseen: state.job(&job.job_id).is_some() && !state.is_seen(job),
            own: state.is_own(job),
        }
    }

    /// A row's frame: what it is, how far, how long, what can be done. A click anywhere on it goes to the
    /// result, or to the job's own page while there is none.
    pub fn row(&self) -> String {
        let Self { lang, job, .. } = *self;
        let id = &job.job_id;
        let name_id = format!("tray-{id}");
        let picture = icon(sign_of(job.state).unwrap_or_else(|| icons::of_kind(&job.kind)));
        let name = escape(&texts::name(lang, job));
        let news = if self.unseen {
            format!(
                r#"<span class="visually-hidden"> ({})</span>"#,
                messages::NEW.get(lang)
            )
        } else {
            String::new()
        };
        format!(
            r#"<article class="job" {}><span class="job-picture">{picture}</span><div class="job-head"><a class="job-name" id="{name_id}" dir="auto" href="{}" title="{name}">{name}{news}</a><span class="job-deeds">{}{}</span></div><div class="job-line">{}</div>{}{}</article>"#,
            self.attributes(),
            escape(&goal(job)),
            self.next_step("chip"),
            self.buttons(&name_id),
            self.line(),
            self.fix(),
            self.bar(),
        )
    }

    /// A piece from HTML that has [`Shown::line`] and then [`Shown::bar`].
    pub fn piece(&self, html: impl Into<Arc<str>>) -> Piece {
        let Self { lang, job, now, .. } = *self;
        let text = |at, value| Moving {
            at,
            attribute: None,
            value,
        };
        let mut moving = vec![
            text(".job-step", Some(self.step())),
            text(".elapsed", job_status::elapsed(job, now)),
            text(".remaining", job_status::remaining(lang, job, now)),
        ];
        if job.state.is_active() {
            moving.push(Moving {
                at: "progress",
                attribute: Some("value"),
                value: job.progress.map(|progress| progress.to_string()),
            });
        }
        Piece {
            key: job.job_id.as_str().into(),
            frame: html.into(),
            moving,
        }
    }

    /// Which job it is and how it stands, as attributes.
    pub fn attributes(&self) -> String {
        let Self { job, unseen, .. } = *self;
        let mut text = format!(
            r#"data-job-id="{}" data-state="{}""#,
            job.job_id,
            job.state.as_str()
        );
        if let Some(wish) = job.wanted {
            text.push_str(" data-wanted=");
            text.push_str(wish.as_str());
        }
        if job.stalled && job.state == JobState::Running {
            text.push_str(" data-stalled");
        }
        if unseen {
            text.push_str(" data-unseen");
        }
        text
    }

    /// What to do with what came of it.
    pub fn next_step(&self, class: &str) -> String {
        html::next_step(self.lang, self.job, class).unwrap_or_default()
    }

    /// What can be done to it, and who is told of its end. `described` is the id of the element that
    /// names the job.
    pub fn buttons(&self, described: &str) -> String {
        let Self { lang, job, own, .. } = *self;
        let bell = own && !job.state.is_finished();
        buttons(lang, job, described, bell)
    }

    /// What the job is at, how long it took and how long it will take.
    pub fn line(&self) -> String {
        let Self { lang, job, .. } = *self;
        let ended = matches!(job.state, JobState::Completed | JobState::Failed);
        // Says that the time is all it took.
        let took = if ended && job.elapsed_seconds > 0.0 {
            format!("{}\u{a0}", messages::TOOK.get(lang))
        } else {
            String::new()
        };
        format!(
            r#"<span class="job-step" dir="auto">{GAP}</span><span class="job-times"><span class="took">{took}</span><span class="elapsed">{GAP}</span><span class="remaining">{GAP}</span></span>"#
        )
    }

    /// What the job is at, or how it ended.
    fn step(&self) -> String {
        let Self {
            lang,
            job,
            now,
            ahead,
            ..
        } = *self;
        match job.wanted {
            Some(RequestedState::Paused) => messages::PAUSING.get(lang).to_owned(),
            Some(RequestedState::Cancelled) => messages::CANCELLING.get(lang).to_owned(),
            None => job_status::step(lang, job, now, ahead),
        }
    }

    /// What to do about a failure.
    pub fn fix(&self) -> String {
        let Self { lang, job, .. } = *self;
        let failure = texts::failure(lang, job).filter(|_| job.state == JobState::Failed);
        let fix = failure.map(|(_, fix)| escape(&fix)).unwrap_or_default();
        format!(r#"<p class="job-fix" dir="auto">{fix}</p>"#)
    }

    /// How far it is: unrounded, and without a value while nobody knows.
    pub fn bar(&self) -> String {
        let Self { lang, job, .. } = *self;
        if !job.state.is_active() {
            return String::new();
        }
        let name = escape(&texts::name(lang, job));
        format!(r#"<progress class="bar" max="1"{GAP} aria-label="{name}"></progress>"#)
    }
}

/// Where a click on a job leads.
pub fn goal(job: &Job) -> String {
    let page = job.result.as_ref().and_then(|result| result.page.clone());
    match (job.state, page) {
        (JobState::Completed, Some(page)) => page,
        _ => format!("/jobs/{}", job.job_id.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::Notify;
    use crate::job::sample::job;

    fn row(job: &Job) -> String {
        let shown = Shown {
            lang: Lang::En,
            job,
            now: job.last_updated_at,
            ahead: None,
            unseen: false,
            own: true,
        };
        shown.piece(shown.row()).html()
    }

    #[test]
    fn what_others_wrote_is_text() {
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
    fn progress_is_told_to_its_last_digit_and_not_invented() {
        for (progress, told) in [
            (Some(0.1 + 0.2), Some(r#" value="0.30000000000000004""#)),
            (Some(0.0), Some(r#" value="0""#)),
            (None, None),
        ] {
            let row = row(&Job {
                progress,
                ..job(1, JobState::Running)
            });
            assert!(
                row.contains(told.unwrap_or(r#"max="1" aria-label"#)),
                "{row}"
            );
        }
        let done = row(&job(1, JobState::Completed));
        assert!(!done.contains("<progress"), "{done}");
    }

    #[test]
    fn a_bell_is_for_what_is_still_to_end_and_ones_own() {
        let running = Job {
            notify: Notify::Never,
            ..job(1, JobState::Running)
        };
        assert!(row(&running).contains(r#"data-bell="never""#));
        assert!(!row(&job(1, JobState::Completed)).contains("data-bell"));
        let others = Shown {
            own: false,
            ahead: None,
            unseen: false,
            lang: Lang::Fr,
            job: &running,
            now: running.last_updated_at,
        };
        assert!(!others.row().contains("data-bell"));
    }
}
