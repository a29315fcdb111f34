//! The tray: what runs, how far it is and what came of it, on every page.
//!
//! # Layout
//! - [`Tray`]: the handle that pages take from context
//! - [`state`], `order`, [`face`], `line`: pure; what is known, in which order, and what is said of it
//! - [`actions`]: server functions for what a person does to a job
//! - `link`, `backoff`: the live connection; `ticks`: the seconds that pass
//! - `alerts`: tells ends; pure: [`telling`] (how), `once` (by which tab), [`toast_list`], `notice`, `title`
//! - `tab`: what the browser's tab shows of the work
//! - `button`, `ring`, `panel`, `row`, `buttons`, `toasts`, `icons`, `announcer`, `refusal`: the views

pub mod actions;
mod alerts;
mod announcer;
mod asking;
mod backoff;
mod button;
mod buttons;
mod choices;
pub mod face;
mod html;
mod icons;
mod line;
mod link;
pub mod live;
mod notice;
mod once;
mod order;
mod panel;
mod refusal;
mod ring;
mod row;
#[cfg(test)]
mod sample;
pub mod state;
mod tab;
pub mod telling;
mod ticks;
mod title;
pub mod toast_list;
mod toasts;

pub use alerts::preview;
pub use asking::Asking;
pub use button::TrayButton;
pub use buttons::JobButtons;
pub use order::{Group, Row, Rows};
pub use panel::{EachRow, TrayPanel};
pub use refusal::{RefusalNote, say_refusal};
pub use row::{JobBar, JobFix, JobRow, JobStep, JobTimes, NextStep};
pub use toasts::Toasts;

use crate::browser::{self, Audio};
use crate::job::{Job, JobId, JobState, Summary, Timestamp, Wish};
use crate::live::{Message, Snapshot};
use crate::settings::Settings;
use crate::words::Lang;
use actions::ActionError;
use face::Connection;
use leptos::prelude::*;
use live::follow;
use state::{Alert, Applied, State};
use std::collections::HashMap;
use std::sync::Arc;
use ticks::ServerClock;
use toast_list::ToastList;

/// How long a refusal is told.
const REFUSAL_MILLIS: u32 = 8_000;

/// The tray's signals; a copy is as good as the original.
///
/// Each job has a signal of its own, so that a change of one redraws its row and nothing else.
#[derive(Clone, Copy)]
pub struct Tray {
    state: StoredValue<State>,
    /// The reader's language.
    pub lang: Lang,
    clock: StoredValue<ServerClock>,
    jobs: RwSignal<HashMap<JobId, ArcRwSignal<Arc<Job>>>>,
    /// The numbers of the button.
    pub summary: RwSignal<Summary>,
    /// The lines of the panel.
    pub rows: RwSignal<Rows>,
    /// Counts on when a job appears, goes, or changes in more than its progress.
    pub moved: RwSignal<u32>,
    /// What ended and was not seen yet.
    pub unseen: RwSignal<Vec<JobId>>,
    /// How the page stands with the server.
    pub connection: RwSignal<Connection>,
    /// The server's time as the page counts it: moves while somebody can see it move.
    pub now: RwSignal<Timestamp>,
    /// The server's time of the latest message: how old the data is.
    pub heard: RwSignal<Timestamp>,
    /// Whether somebody may be looking at the page.
    pub visible: RwSignal<bool>,
    /// Whether the panel is open.
    pub open: RwSignal<bool>,
    /// What the user chose.
    pub settings: RwSignal<Settings>,
    /// The latest ends to tell, each once.
    pub alerts: RwSignal<Vec<Alert>>,
    /// What stands in the corner of the page.
    pub toasts: RwSignal<ToastList>,
    /// Ends that came while nobody looked.
    pub away: RwSignal<Vec<JobId>>,
    /// The job that may be cancelled once its user says so again.
    pub asking: RwSignal<Option<Arc<Job>>>,
    /// Whether the page can be heard.
    pub audio: RwSignal<Audio>,
    /// Whether the keyboard is in the page.
    pub focused: RwSignal<bool>,
    /// Why the latest button did nothing.
    pub refusal: RwSignal<Option<ActionError>>,
}

impl Tray {
    /// What the server had of the chosen scope when it rendered the page; `me` is the user's id.
    pub fn new(snapshot: Snapshot, me: String, lang: Lang, settings: Settings) -> Self {
        let now = snapshot.server_time;
        let state = State::from_snapshot(snapshot, me);
        let jobs = (state.jobs())
            .map(|job| (job.job_id.clone(), ArcRwSignal::new(job.clone())))
            .collect();
        Self {
            jobs: RwSignal::new(jobs),
            summary: RwSignal::new(state.summary()),
            rows: RwSignal::new(state.rows()),
            moved: RwSignal::new(0),
            unseen: RwSignal::new(state.unseen()),
            connection: RwSignal::new(Connection::Connecting),
            now: RwSignal::new(now),
            heard: RwSignal::new(now),
            visible: RwSignal::new(browser::is_visible()),
            open: RwSignal::new(false),
            settings: RwSignal::new(settings),
            alerts: RwSignal::new(Vec::new()),
            toasts: RwSignal::new(ToastList::default()),
            away: RwSignal::new(Vec::new()),
            asking: RwSignal::new(None),
            // What the server draws; the page finds out by itself.
            audio: RwSignal::new(Audio::Ready),
            focused: RwSignal::new(true),
            lang,
            clock: StoredValue::new(ServerClock::default()),
            refusal: RwSignal::new(None),
            state: StoredValue::new(state),
        }
    }

    /// Follows the server from now on; does nothing on the server.
    pub fn connect(self) {
        follow(move || {
            link::start(self);
            ticks::start(self);
            alerts::start(self);
            tab::start(self);
        });
    }

    /// A job as the tray knows it, live; none when it is older than what the tray holds.
    pub fn job(self, id: JobId) -> Signal<Option<Arc<Job>>> {
        Signal::derive(move || {
            let job = self.jobs.with(|jobs| jobs.get(&id).cloned());
            job.map(|job| job.get())
        })
    }

    /// Seconds until all that is not paused is done; none when that cannot be known.
    fn all_done_in(self, now: Timestamp) -> Option<f64> {
        // It moves whenever a job does.
        self.summary.track();
        self.state
            .with_value(|state| line::all_done_in(state.jobs().map(|job| &**job), now))
    }

    /// Shows how an end is told in the page.
    pub fn show_test(self) {
        let settings = self.settings.get_untracked();
        self.toasts
            .update(|list| list.test(&settings, alerts::millis()));
    }

    /// Shows how an end is told on the desktop.
    pub fn notify_test(self) {
        browser::notify(notice::test(self.lang));
    }

    /// Whether ends are counted and not told for now.
    pub fn is_muted(self) -> bool {
        let until = self.settings.with(|settings| settings.muted_until);
        until.is_some_and(|until| self.now.get() < until)
    }

    /// Whether the user has not seen yet how a job ended.
    pub fn is_unseen(self, id: &JobId) -> bool {
        self.unseen.with(|unseen| unseen.contains(id))
    }

    /// The user's own ends that they have not seen, of those that `which` takes.
    fn own_unseen_jobs(self, which: impl Fn(&Job) -> bool) -> Vec<Arc<Job>> {
        self.state.with_value(|state| {
            let unseen = state.unseen();
            let jobs = unseen.iter().filter_map(|id| state.job(id).cloned());
            jobs.filter(|job| state.is_own(job) && which(job)).collect()
        })
    }

    /// The user has seen how these ended; those that were seen before cost nothing.
    pub fn see(self, ids: &[JobId]) {
        let news: Vec<_> = self.unseen.with_untracked(|unseen| {
            (ids.iter().filter(|id| unseen.contains(id)).cloned()).collect()
        });
        if !news.is_empty() {
            buttons::see(&news);
            self.apply(Message::Seen { job_ids: news });
        }
    }

    /// Says for a while why a button did nothing.
    fn refuse(self, error: ActionError) {
        self.refusal.set(Some(error));
        browser::after(REFUSAL_MILLIS, move || self.refusal.set(None)).forget();
    }

    /// Takes a message into the state, and moves exactly the signals that differ.
    pub fn apply(self, message: Message) {
        if let Message::Settings { settings } = message {
            return set(self.settings, *settings);
        }
        let (applied, summary, rows, unseen, heard) = {
            let mut state = self.state.write_value();
            let applied = state.apply(message);
            let summary = state.summary();
            (
                applied,
                summary,
                state.rows(),
                state.unseen(),
                state.server_time(),
            )
        };
        self.set_jobs(&applied.changed, &applied.gone);
        set(self.summary, summary);
        set(self.rows, rows);
        set(self.unseen, unseen);
        set(self.heard, heard);
        self.move_toasts(&applied);
        if !applied.alerts.is_empty() {
            alerts::hear(&applied.alerts);
            self.alerts.set(applied.alerts);
        }
    }

    /// What goes on, or was seen, needs no toast; what was cancelled here can be taken back.
    fn move_toasts(self, applied: &Applied) {
        let jobs = self.state.with_value(|state| {
            let changed = applied
                .changed
                .iter()
                .filter_map(|id| state.job(id).cloned());
            changed.collect::<Vec<_>>()
        });
        for job in jobs {
            let cancelled =
                job.state == JobState::Cancelled && alerts::was_cancelled_here(&job.job_id);
            let stays = job.state.is_finished() && self.is_unseen(&job.job_id);
            let stands = self.toasts.with_untracked(|list| list.has(&job.job_id));
            if cancelled {
                (self.toasts).update(|list| list.offer_undo(job, alerts::millis()));
            } else if stands && !stays && job.state != JobState::Cancelled {
                self.toasts.update(|list| list.forget(&job.job_id));
            }
        }
    }

    /// One job as an answer of the server has it.
    fn take(self, job: Job) {
        // The cursor stays where it is: nothing is known of other jobs.
        self.apply(Message::Changes {
            cursor: 0,
            server_time: self.heard.get_untracked(),
            jobs: vec![job],
        });
    }

    fn set_jobs(self, changed: &[JobId], gone: &[JobId]) {
        let mut new = Vec::new();
        let mut moved = !gone.is_empty();
        self.state.with_value(|state| {
            for job in changed.iter().filter_map(|id| state.job(id)) {
                let known = (self.jobs).with_untracked(|jobs| jobs.get(&job.job_id).cloned());
                match known {
                    Some(signal) => {
                        let old = signal.get_untracked();
                        if !Arc::ptr_eq(&old, job) {
                            moved |= stand(&old) != stand(job);
                            signal.set(job.clone());
                        }
                    }
                    None => new.push(job.clone()),
                }
            }
        });
        moved |= !new.is_empty();
        if !new.is_empty() || !gone.is_empty() {
            self.jobs.update(|jobs| {
                for job in new {
                    jobs.insert(job.job_id.clone(), ArcRwSignal::new(job));
                }
                for id in gone {
                    jobs.remove(id);
                }
            });
        }
        if moved {
            self.moved.update(|count| *count = count.wrapping_add(1));
        }
    }

    /// All jobs that the tray holds, in no order. It is read again when [`Tray::moved`] moves.
    pub fn all(self) -> Vec<Arc<Job>> {
        self.state
            .with_value(|state| state.jobs().cloned().collect())
    }
}

/// What of a job is more than progress.
fn stand(job: &Job) -> (JobState, u32, Option<Wish>) {
    (job.state, job.attempt, job.wanted)
}

/// Sets a signal where it differs: nothing is drawn again for nothing.
fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}
