//! The islands of pages. The server renders whole pages; in the browser only the islands are code, and everything around
//! them stays the HTML that was sent.
//!
//! # Layout
//! - [`start`]: what the server sends along with a document; `embed`: how it does
//! - `live`: puts an island into a page
//! - `about`: which jobs an island is about
//! - `job`, `running`, `log`, `when`: jobs, a log, and times
//! - `settings`: what the settings page does by itself; `alert_notes`: its sentences about alerts
//! - `page`: islands that show nothing and keep a page up to date

mod about;
mod alert_notes;
#[cfg(feature = "ssr")]
mod embed;
mod job;
#[cfg(feature = "ssr")]
mod live;
mod log;
mod page;
mod running;
mod settings;
mod start;
mod when;

pub use about::About;
pub use alert_notes::{AlertNote, NoteGroup};
#[cfg(feature = "ssr")]
pub use live::{Bare, Live};
pub use start::{Start, use_lang};

use crate::job::{Job, JobId, LogPage, Notify, Timestamp};
use crate::tray::{Bell, ConfirmCancel, Toasts, TrayButton, TrayPanel};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The attribute with an [`Island`] as JSON.
pub const ATTRIBUTE: &str = "data-island";

/// An island of a page, with the data that the browser needs to render it beside the tray.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Island {
    /// The tray's button and its panel.
    Tray,
    /// The toasts in the corner of the page.
    Toasts,
    /// A job as it was when the page was rendered, and from then on as the tray has it.
    Job(Box<Job>),
    /// The active ones of these jobs.
    Running(About),
    /// Which ends of a job alert its owner, as it was when the page was rendered.
    Bell(JobId, Notify),
    /// The log of a job from its beginning, which grows.
    Log(JobId, LogPage),
    /// How long ago something was.
    Since(Timestamp),
    /// A point in time, in the user's time zone.
    Moment(Timestamp),
    /// Shows nothing: fetches the page, which was rendered at that time, again when one of these jobs ends.
    Fresh(About, Timestamp),
    /// The same, and also when one of them appears or changes its state.
    Following(About, Timestamp),
    /// Shows nothing: saves each change on the settings page at once, and lets the user test their alerts.
    Settings,
    /// Shows nothing: marks the job as seen while somebody may be looking.
    Seen(JobId),
}

impl Island {
    /// Renders it, with the tray and the language from context. For a new document, server and browser render the
    /// same.
    pub fn draw(self) -> AnyView {
        match self {
            Self::Tray => view! {
                <TrayButton />
                <TrayPanel />
            }
            .into_any(),
            Self::Toasts => view! {
                <Toasts />
                <ConfirmCancel />
            }
            .into_any(),
            Self::Job(job) => view! { <job::JobCard job=*job /> }.into_any(),
            Self::Running(about) => view! { <running::Running about /> }.into_any(),
            Self::Bell(id, first) => view! { <Bell id first /> }.into_any(),
            Self::Log(id, first) => view! { <log::Log id first /> }.into_any(),
            Self::Since(at) => view! { <when::When at /> }.into_any(),
            Self::Moment(at) => view! { <when::Moment at /> }.into_any(),
            Self::Fresh(about, rendered) => page::keep_fresh(about, rendered, false),
            Self::Following(about, rendered) => page::keep_fresh(about, rendered, true),
            Self::Settings => settings::save_changes(),
            Self::Seen(id) => page::mark_seen(id),
        }
    }
}
