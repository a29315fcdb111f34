//! The handle of the tray: its signals, and how a message moves them.

use crate::browser::{self, Audio};
use crate::i18n::Lang;
use crate::job::{Job, JobId, JobState, Summary, Timestamp};
use crate::live::{Message, Snapshot};
use crate::settings::Settings;
use crate::tray::actions::ActionError;
use crate::tray::alerts::desktop;
use crate::tray::alerts::dispatcher;
use crate::tray::alerts::toast_list::ToastList;
use crate::tray::live::clock::{self, ServerClock};
use crate::tray::live::connection;
use crate::tray::model::pending_cancels::PendingCancels;
use crate::tray::model::rows::Rows;
use crate::tray::model::state::{Alert, Applied, State};
use crate::tray::reactive::{count, follow, set};
use crate::tray::text::button::Connection;
use crate::tray::text::job_status;
use crate::tray::view::row::Shown;
use crate::tray::view::{browser_tab, commands};
use leptos::prelude::*;
use std::sync::Arc;

/// How long a refusal is told.
const REFUSAL_MILLIS: u32 = 8_000;

/// The tray's signals; a copy is as good as the original.
///
/// A change of a job moves one signal, and what is drawn is looked through for what differs: a signal
/// for each of a thousand jobs would cost more than that look.
#[derive(Clone, Copy)]
pub struct Tray {
    pub(super) state: StoredValue<State>,
    /// The reader's language.
    pub lang: Lang,
    pub(super) clock: StoredValue<ServerClock>,
    pub(super) wall_clock: StoredValue<ServerClock>,
    /// The numbers of the button.
    pub summary: RwSignal<Summary>,
    /// The lines of the panel.
    pub rows: RwSignal<Rows>,
    /// Counts on when a job changes, also in its progress alone.
    pub(super) changed: RwSignal<u32>,
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
    pub(super) pending_cancels: StoredValue<PendingCancels>,
}

impl Tray {
    /// What the server had of the chosen scope when it rendered the page; `me` is the user's id.
    pub fn new(snapshot: Snapshot, me: String, lang: Lang, settings: Settings) -> Self {
        let now = snapshot.server_time;
        let state = State::from_snapshot(snapshot, me);
        Self {
            summary: RwSignal::new(state.summary()),
            rows: RwSignal::new(state.rows()),
            changed: RwSignal::new(0),
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
            wall_clock: StoredValue::new(ServerClock::default()),
            refusal: RwSignal::new(None),
            pending_cancels: StoredValue::new(PendingCancels::default()),
            state: StoredValue::new(state),
        }
    }

    /// Follows the server from now on; does nothing on the server.
    pub fn connect(self) {
        // Before whoever sends the forms of pages.
        commands::start(self);
        follow(move || {
            connection::start(self);
            clock::start(self);
            dispatcher::start(self);
            browser_tab::start(self);
        });
    }

    /// A job as the tray knows it; none when it is older than what the tray holds. Whoever asks is
    /// asked again when a job changes.
    pub fn job(self, id: &JobId) -> Option<Arc<Job>> {
        self.changed.track();
        self.state.with_value(|state| state.job(id).cloned())
    }

    /// A job, and what the tray says of it now.
    pub fn shown(self, job: &Job) -> Shown<'_> {
        (self.state).with_value(|state| (self.rows).with(|rows| Shown::of(self, state, rows, job)))
    }

    /// Seconds until all that is not paused is done; none when that cannot be known.
    pub(super) fn all_done_in(self, now: Timestamp) -> Option<f64> {
        self.changed.track();
        self.state
            .with_value(|state| job_status::all_done_in(state.jobs().map(|job| &**job), now))
    }

    /// Shows how an end is told in the page.
    pub fn show_test(self) {
        let settings = self.settings.get_untracked();
        self.toasts
            .update(|list| list.test(&settings, dispatcher::millis()));
    }

    /// Shows how an end is told on the desktop.
    pub fn notify_test(self) {
        browser::notify(desktop::test(self.lang));
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
    pub(super) fn own_unseen_jobs(self, which: impl Fn(&Job) -> bool) -> Vec<Arc<Job>> {
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
            commands::see(&news);
            self.apply(Message::Seen { job_ids: news });
        }
    }

    /// Says for a while why a button did nothing.
    pub(super) fn refuse(self, error: ActionError) {
        self.refusal.set(Some(error));
        browser::after(REFUSAL_MILLIS, move || self.refusal.set(None)).forget();
    }

    /// Takes a message into the state, and moves exactly the signals that differ.
    pub fn apply(self, message: Message) {
        if let Message::Settings { settings } = message {
            return set(self.settings, *settings);
        }
        let mut state = self.state.write_value();
        let applied = state.apply(message);
        let (summary, heard) = (state.summary(), state.server_time());
        // A report of progress moves no row.
        let news = applied.moved.then(|| (state.rows(), state.unseen()));
        drop(state);
        set(self.summary, summary);
        set(self.heard, heard);
        if let Some((rows, unseen)) = news {
            set(self.rows, rows);
            set(self.unseen, unseen);
            count(self.moved);
            self.move_toasts(&applied);
        }
        if !(applied.changed.is_empty() && applied.gone.is_empty()) {
            count(self.changed);
        }
        if !applied.alerts.is_empty() {
            dispatcher::hear(&applied.alerts);
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
            let cancelled = (self.pending_cancels)
                .try_update_value(|pending| pending.settle(&job))
                .unwrap_or_default();
            let stays = job.state.is_finished() && self.is_unseen(&job.job_id);
            let stands = self.toasts.with_untracked(|list| list.has(&job.job_id));
            if cancelled {
                (self.toasts).update(|list| list.offer_undo(job, dispatcher::millis()));
            } else if stands && !stays && job.state != JobState::Cancelled {
                self.toasts.update(|list| list.forget(&job.job_id));
            }
        }
    }

    /// One job as an answer of the server has it.
    pub(super) fn take(self, job: Job) {
        // The cursor stays where it is: nothing is known of other jobs.
        self.apply(Message::Changes {
            cursor: 0,
            server_time: self.heard.get_untracked(),
            jobs: vec![job],
        });
    }

    /// All jobs that the tray holds, in no order. It is read again when [`Tray::moved`] moves.
    pub fn all(self) -> Vec<Arc<Job>> {
        self.state
            .with_value(|state| state.jobs().cloned().collect())
    }
}

#[cfg(test)]
mod tests;
