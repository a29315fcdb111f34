//! The handle of the tray: its signals, and how a message changes them.

use super::actions::ActionError;
use super::alerts::delivery::AlertDelivery;
use super::alerts::signals::AlertSignals;
use super::kind_pictures::{FindPicture, KindPictures};
use super::live::clock::{PageClock, monotonic};
use super::model::pending_cancels::PendingCancels;
use super::model::rows::PanelRows;
use super::model::state::TrayState;
use super::model::status::Connection;
use super::model::times;
use super::model::update::StateUpdate;
use super::reactive::{bump, set_if_changed};
use crate::browser::{self, after};
use crate::i18n::Lang;
use crate::job::{Job, JobId, JobState, Summary};
use crate::live::{Message, Snapshot};
use crate::navigation::Navigation;
use crate::settings::Settings;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// How long an error of an action is shown.
const ERROR_SHOWN: Duration = Duration::from_secs(8);
/// A running job with less time left than this may end together with others.
const ENDS_SOON: Duration = Duration::from_secs(5);

/// The tray. Copies share the same state.
///
/// All jobs share one signal, and the views find what differs: a signal for each of a thousand jobs would cost more.
#[derive(Clone, Copy)]
pub struct Tray {
    /// The user's language.
    pub lang: Lang,
    pub(super) pictures: KindPictures,
    pub(super) state: StoredValue<TrayState>,
    /// The numbers of the button.
    pub totals: RwSignal<Summary>,
    /// The rows of the panel.
    pub rows: RwSignal<PanelRows>,
    /// Counts up when a job changes, even if only its progress does.
    pub(super) job_changes: RwSignal<u32>,
    /// Counts up when a job appears, leaves, or changes in more than its progress.
    pub row_changes: RwSignal<u32>,
    /// Jobs that ended unseen.
    pub unseen: RwSignal<Vec<JobId>>,
    pub connection: RwSignal<Connection>,
    /// The server's time.
    pub clock: PageClock,
    /// Whether somebody may be looking at the page.
    pub visible: RwSignal<bool>,
    /// Whether the panel is open.
    pub panel_open: RwSignal<bool>,
    /// The user's settings.
    pub settings: RwSignal<Settings>,
    pub(super) alerts: AlertSignals,
    /// The job that is cancelled once the user confirms it.
    pub(super) confirming: RwSignal<Option<Arc<Job>>>,
    /// Why the latest action of the user did nothing.
    pub(super) error: RwSignal<Option<ActionError>>,
    pub(super) pending_cancels: StoredValue<PendingCancels>,
    /// Fetches pages and owns the title; does nothing on the server.
    pub navigation: Navigation,
    /// Delivers alerts in the browser; none on the server, since it must stay on one thread.
    delivery: StoredValue<Option<StoredValue<Rc<AlertDelivery>, LocalStorage>>>,
}

impl Tray {
    /// A tray with the jobs of the user's scope, as they were when the server rendered the page. `picture`
    /// finds the pictures of a kind.
    pub fn new(
        snapshot: Snapshot,
        user_id: String,
        lang: Lang,
        settings: Settings,
        picture: FindPicture,
    ) -> Self {
        let clock = PageClock::new(snapshot.server_time);
        let state = TrayState::new(snapshot, user_id);
        Self {
            lang,
            pictures: KindPictures::new(picture),
            totals: RwSignal::new(state.totals()),
            rows: RwSignal::new(state.rows()),
            job_changes: RwSignal::new(0),
            row_changes: RwSignal::new(0),
            unseen: RwSignal::new(state.unseen()),
            connection: RwSignal::new(Connection::Connecting),
            clock,
            visible: RwSignal::new(browser::is_visible()),
            panel_open: RwSignal::new(false),
            settings: RwSignal::new(settings),
            alerts: AlertSignals::new(),
            confirming: RwSignal::new(None),
            error: RwSignal::new(None),
            pending_cancels: StoredValue::new(PendingCancels::default()),
            navigation: Navigation::default(),
            delivery: StoredValue::new(None),
            state: StoredValue::new(state),
        }
    }

    /// The same tray in a live document, which has a navigation.
    #[must_use]
    pub fn with_navigation(self, navigation: Navigation) -> Self {
        Self { navigation, ..self }
    }

    /// A job as the tray has it. An effect that calls this runs again when a job changes.
    pub fn job(self, id: &JobId) -> Option<Arc<Job>> {
        self.job_changes.track();
        self.state.with_value(|state| state.job(id).cloned())
    }

    /// All jobs of the tray, in no particular order. They may have changed when [`Tray::row_changes`] has.
    pub fn jobs(self) -> Vec<Arc<Job>> {
        self.state
            .with_value(|state| state.jobs().cloned().collect())
    }

    /// Whether the user has not seen yet how a job ended.
    pub fn is_unseen(self, id: &JobId) -> bool {
        self.unseen.with(|unseen| unseen.contains(id))
    }

    /// Whether alerts are off for now.
    pub fn is_muted(self) -> bool {
        let until = self.settings.with(|settings| settings.muted_until);
        // Reading the clock renders the caller again at each tick, so it is read only while alerts are muted.
        until.is_some_and(|until| self.clock.now.get() < until)
    }

    /// A message from the socket, which also carries the server's time.
    pub(super) fn receive(self, message: Message) {
        let server_time = message.server_time();
        if let Some(server_time) = server_time {
            self.clock.sample(server_time);
        }
        let is_alive = matches!(message, Message::Alive { .. });
        self.apply(message);
        if is_alive {
            self.tick();
        }
    }

    /// Applies a message to the state, and updates the signals that differ.
    pub fn apply(self, message: Message) {
        if let Message::Settings { settings } = message {
            return set_if_changed(self.settings, *settings);
        }
        let mut state = self.state.write_value();
        let update = state.apply(message);
        let (totals, server_time) = (state.totals(), state.server_time());
        // A report of progress changes no row.
        let rows = update.rows_changed.then(|| (state.rows(), state.unseen()));
        drop(state);
        set_if_changed(self.totals, totals);
        set_if_changed(self.clock.updated, server_time);
        if let Some((rows, unseen)) = rows {
            set_if_changed(self.rows, rows);
            set_if_changed(self.unseen, unseen);
            bump(self.row_changes);
            self.update_toasts(&update);
        }
        if !(update.changed.is_empty() && update.removed.is_empty()) {
            bump(self.job_changes);
        }
        if !update.alerts.is_empty() {
            self.deliver(&update);
            self.alerts.latest.set(update.alerts);
        }
    }

    /// Applies a job from a response of the server.
    pub(super) fn apply_job(self, job: Job) {
        self.apply(Message::Changes {
            // The cursor stays, because the response says nothing about other jobs.
            cursor: 0,
            server_time: self.clock.updated.get_untracked(),
            jobs: vec![job],
        });
    }

    /// Sets the page's clock to the current time.
    pub(super) fn tick(self) {
        self.clock.tick(self.connection.get_untracked());
    }

    /// The server can be reached.
    pub(super) fn set_live(self) {
        if self.connection.get_untracked() == Connection::Offline {
            self.clock.resume();
        }
        set_if_changed(self.connection, Connection::Live);
    }

    /// Shows for a while why an action did nothing.
    pub(super) fn show_error(self, error: ActionError) {
        self.error.set(Some(error));
        after(ERROR_SHOWN, move || self.error.set(None)).forget();
    }

    /// The time until all jobs are done that are not paused; none when it is unknown.
    pub(super) fn until_all_done(self) -> Option<Duration> {
        self.job_changes.track();
        let now = self.clock.now.get();
        self.state.with_value(|state| {
            let jobs = state.jobs().map(|job| &**job);
            times::until_all_done(jobs, now)
        })
    }

    /// The user's own unseen jobs that `which` accepts, in the order in which they ended.
    pub(super) fn own_unseen_jobs(self, which: impl Fn(&Job) -> bool) -> Vec<Arc<Job>> {
        self.state.with_value(|state| {
            let unseen = state.unseen();
            let jobs = unseen.iter().filter_map(|id| state.job(id).cloned());
            jobs.filter(|job| state.is_own(job) && which(job)).collect()
        })
    }

    /// From now on alerts are delivered in this tab.
    pub(super) fn set_delivery(self, delivery: Rc<AlertDelivery>) {
        let delivery = StoredValue::new_local(delivery);
        self.delivery.set_value(Some(delivery));
    }

    /// The toasts of these jobs were dismissed in this tab.
    pub(super) fn toasts_dismissed(self, jobs: &[Arc<Job>]) {
        if let Some(delivery) = self.delivery.get_value() {
            delivery.with_value(|delivery| delivery.dismissed(jobs));
        }
    }

    fn deliver(self, update: &StateUpdate) {
        let Some(delivery) = self.delivery.get_value() else {
            return;
        };
        self.tick();
        let now = self.clock.now.get_untracked();
        delivery.with_value(|delivery| {
            delivery.deliver(&update.alerts, now, self.may_end_soon());
        });
    }

    /// Whether another job of the user may end at any moment.
    fn may_end_soon(self) -> bool {
        let soon = |job: &Job| {
            let left = job.eta_seconds.map(times::duration);
            left.is_none_or(|left| left < ENDS_SOON)
        };
        self.state.with_value(|state| {
            let mut running = state.jobs().filter(|job| job.state == JobState::Running);
            running.any(|job| state.is_own(job) && soon(job))
        })
    }

    /// Removes the toasts of jobs that were seen or are active again, and offers to undo the cancels of this tab.
    fn update_toasts(self, update: &StateUpdate) {
        let jobs: Vec<_> = self.state.with_value(|state| {
            let changed = update.changed.iter();
            changed.filter_map(|id| state.job(id).cloned()).collect()
        });
        let toasts = self.alerts.toasts;
        for job in jobs {
            let cancelled_here = (self.pending_cancels)
                .try_update_value(|pending| pending.settle(&job))
                .unwrap_or_default();
            let keeps_toast = job.state.is_finished()
                && (job.state == JobState::Cancelled || self.is_unseen(&job.job_id));
            if cancelled_here {
                toasts.update(|list| list.add_undo(job, monotonic()));
            } else if !keeps_toast && toasts.with_untracked(|list| list.has(&job.job_id)) {
                toasts.update(|list| list.remove_job(&job.job_id));
            }
        }
    }
}

#[cfg(test)]
mod tests;
