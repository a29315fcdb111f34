//! What of a page is live. The server draws whole pages; in the browser only their islands are
//! code, and what stands around them stays the HTML that was sent.
//!
//! # Layout
//! - [`start`]: what the server hands to the browser with a document
//! - `about`: which jobs an island is about
//! - `job`, `running`, `log`, `when`: what islands show
//! - `settings`: what the settings page does by itself; `alert_notes`: its sentences about alerts
//! - `page`: islands that show nothing and keep a page true

mod about;
mod alert_notes;
mod job;
mod log;
mod page;
mod running;
mod settings;
mod start;
mod when;

pub use about::About;
pub use alert_notes::{AlertNote, NoteGroup};
pub use start::{Start, use_lang};

use crate::job::{Job, JobId, LogPage, Notify, Timestamp};
use crate::routes::attributes::KEY;
use crate::routes::{ISLAND, TRAY_KEY};
use crate::tray::{Bell, ConfirmCancel, Toasts, TrayButton, TrayPanel};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The attribute with what an island is, as JSON.
pub const ATTRIBUTE: &str = "data-island";

/// A live part of a page, with all that the browser needs besides the tray to draw it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Island {
    /// The tray's button and its panel.
    Tray,
    /// What has just ended, in the corner of the page.
    Toasts,
    /// A job as the page found it, and from then on as the tray hears of it.
    Job(Box<Job>),
    /// Those jobs that are active.
    Running(About),
    /// Of which of a job's ends its owner wants to hear, as the page found it.
    Bell(JobId, Notify),
    /// A job's log from its beginning, which grows.
    Log(JobId, LogPage),
    /// How long ago something was.
    Since(Timestamp),
    /// A point in time, in the reader's own zone.
    Moment(Timestamp),
    /// Shows nothing: the page, which the server drew then, is fetched again when one of these jobs ends.
    Fresh(About, Timestamp),
    /// The same, also when one of them appears or changes its state.
    Following(About, Timestamp),
    /// Shows nothing: keeps what is chosen on the page of settings at once, and lets the reader try it.
    Settings,
    /// Shows nothing: the reader looks at what came of the job.
    Seen(JobId),
}

impl Island {
    /// What tells it from its siblings when its page is fetched again.
    fn key(&self) -> String {
        match self {
            Self::Tray => TRAY_KEY.to_owned(),
            Self::Toasts => "toasts".to_owned(),
            Self::Job(job) => format!("job {}", job.job_id),
            Self::Running(about) => format!("running {about:?}"),
            Self::Bell(id, _) => format!("bell {id}"),
            Self::Log(id, _) => format!("log {id}"),
            Self::Since(at) => format!("since {at}"),
            Self::Moment(at) => format!("moment {at}"),
            Self::Fresh(about, _) => format!("fresh {about:?}"),
            Self::Following(about, _) => format!("following {about:?}"),
            Self::Settings => "settings".to_owned(),
            Self::Seen(id) => format!("seen {id}"),
        }
    }

    /// Draws it, with the tray and the language from context. In a document's first islands, server and
    /// browser draw the same.
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
            Self::Fresh(about, drawn) => page::keep_fresh(about, drawn, false),
            Self::Following(about, drawn) => page::keep_fresh(about, drawn, true),
            Self::Settings => settings::keep_choices(),
            Self::Seen(id) => page::mark_seen(id),
        }
    }
}

/// Whoever asks draws the islands by themselves: a live page that fetches another. In context
/// while such a page is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Bare;

/// Puts an island into a page.
#[component]
pub fn Live(island: Island) -> impl IntoView {
    let key = island.key();
    // It holds strings, numbers and lists: that cannot fail.
    let json = serde_json::to_string(&island).unwrap_or_default();
    let drawn = match use_context::<Bare>() {
        Some(Bare) => ().into_any(),
        None => island.draw(),
    };
    leptos::html::custom(ISLAND)
        .attr(KEY, key)
        .attr(ATTRIBUTE, json)
        .child(drawn)
        .into_any()
}
