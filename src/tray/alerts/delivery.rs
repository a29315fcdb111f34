//! Delivers alerts in one tab: toasts here, and sounds and notifications where this tab leads.

use super::dedup::{Dedup, ROUNDS};
use super::desktop;
use super::election::Election;
use super::method::Method;
use super::policy::Delivery;
use super::signals::AlertSignals;
use super::sound::{BURST, Player};
use super::tabs::{TabMessage, Tabs, alert_ids, store_delivered, stored_delivered};
use crate::browser::after;
use crate::browser::{self, Audio, Permission, Timer};
use crate::i18n::Lang;
use crate::job::{Job, JobState, Timestamp};
use crate::navigation::Navigation;
use crate::settings::Settings;
use crate::tray::model::alert::Alert;
use crate::tray::monotonic::{Monotonic, MonotonicClock};
use crate::tray::reactive::{keep_listeners, set_if_changed};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::time::Duration;

/// Delivers the alerts of one tab.
pub struct AlertDelivery {
    lang: Lang,
    settings: RwSignal<Settings>,
    signals: AlertSignals,
    navigation: Navigation,
    clock: MonotonicClock,
    tabs: Tabs,
    election: Rc<Election>,
    sounds: RefCell<Dedup>,
    notifications: RefCell<Dedup>,
    /// Alerts that wait for other jobs of the same burst.
    burst: RefCell<Vec<(Method, Arc<Job>)>>,
    burst_timer: RefCell<Option<Timer>>,
    player: RefCell<Player>,
    /// This tab leads for sounds until then.
    leads_until: Cell<Monotonic>,
}

impl AlertDelivery {
    /// Delivers alerts for as long as the page lives.
    pub fn start(
        lang: Lang,
        settings: RwSignal<Settings>,
        signals: AlertSignals,
        navigation: Navigation,
        clock: MonotonicClock,
    ) -> Rc<Self> {
        let delivery = Rc::new_cyclic(|this: &Weak<Self>| {
            let this = Weak::clone(this);
            let receive = move |message| {
                if let Some(this) = this.upgrade() {
                    this.receive(message);
                }
            };
            Self {
                lang,
                settings,
                signals,
                navigation,
                clock,
                tabs: Tabs::open(receive),
                election: Rc::new(Election::new(clock)),
                sounds: RefCell::default(),
                notifications: RefCell::default(),
                burst: RefCell::default(),
                burst_timer: RefCell::default(),
                player: RefCell::default(),
                leads_until: Cell::default(),
            }
        });
        delivery.listen();
        signals.sound.refresh();
        delivery
    }

    /// Delivers alerts at `now`, by the server's clock. `more_expected` means that another job may end at any moment;
    /// then sounds and notifications wait for it.
    pub fn deliver(self: &Rc<Self>, alerts: &[Alert], now: Timestamp, more_expected: bool) {
        let settings = self.settings.get_untracked();
        let (mut toasts, mut missed) = (Vec::new(), Vec::new());
        for Alert { job } in alerts {
            match Delivery::of(job, &settings, now) {
                Delivery::None => {}
                Delivery::Digest => missed.push(job.job_id.clone()),
                Delivery::Now { sound, desktop } => {
                    toasts.push(Arc::clone(job));
                    let mut burst = self.burst.borrow_mut();
                    let methods = [(Method::Sound, sound), (Method::Desktop, desktop)];
                    let methods = methods.into_iter().filter(|(_, wanted)| *wanted);
                    burst.extend(methods.map(|(method, _)| (method, Arc::clone(job))));
                }
            }
        }
        if !toasts.is_empty() {
            let now = (self.clock)();
            (self.signals.toasts).update(|list| list.add(toasts, &settings, now));
        }
        if !missed.is_empty() {
            self.signals.missed.update(|all| all.extend(missed));
        }
        self.schedule(more_expected);
    }

    /// Dismisses the toasts of these jobs in the other tabs too.
    pub fn dismissed(&self, jobs: &[Arc<Job>]) {
        if !jobs.is_empty() {
            self.tabs.send(&TabMessage::Dismissed(alert_ids(jobs)));
        }
    }

    fn listen(self: &Rc<Self>) {
        let this = Rc::clone(self);
        let unlock = move || {
            if this.settings.with_untracked(|settings| settings.sound) {
                this.signals.sound.unlock();
            }
        };
        let this = Rc::clone(self);
        let share_focus = move || set_if_changed(this.signals.focused, this.election.share_focus());
        share_focus();
        keep_listeners(vec![
            browser::on_window(&["pointerdown", "keydown"], unlock),
            browser::on_window(&["focus", "blur"], share_focus.clone()),
            browser::on_visibility(share_focus),
        ]);
    }

    fn receive(&self, message: TabMessage) {
        match message {
            TabMessage::Delivered(method, ids) => {
                self.dedup(method).borrow_mut().mark_delivered(ids);
            }
            TabMessage::Dismissed(ids) => {
                (self.signals.toasts).update(|list| list.remove_alerts(&ids));
            }
            TabMessage::Claim(method, rank) => self.election.add_claim(method, rank),
        }
    }

    /// Waits for the rest of a burst while more may come.
    fn schedule(self: &Rc<Self>, more_expected: bool) {
        if self.burst.borrow().is_empty() {
            return;
        }
        if !more_expected {
            self.end_burst();
        } else if self.burst_timer.borrow().is_none() {
            let this = Rc::clone(self);
            *self.burst_timer.borrow_mut() = Some(after(BURST, move || this.end_burst()));
        }
    }

    fn end_burst(self: &Rc<Self>) {
        self.burst_timer.take();
        let burst = self.burst.take();
        let now = (self.clock)();
        for method in Method::ALL {
            let mut any = false;
            for (_, job) in burst.iter().filter(|(of, _)| *of == method) {
                any |= self.dedup(method).borrow_mut().add(job, now);
            }
            if any && self.is_able(method) {
                self.hold_rounds(method, now);
            } else if any {
                self.dedup(method).borrow_mut().give_up();
            }
        }
    }

    /// Runs an election in each round in which something is still pending.
    fn hold_rounds(self: &Rc<Self>, method: Method, now: Monotonic) {
        if method == Method::Sound && now < self.leads_until.get() {
            self.play(0);
            return;
        }
        for (round, delay) in ROUNDS.into_iter().enumerate() {
            if delay.is_zero() {
                self.run_election(method, round);
            } else {
                let this = Rc::clone(self);
                after(delay, move || this.run_election(method, round)).forget();
            }
        }
    }

    fn run_election(self: &Rc<Self>, method: Method, round: usize) {
        if !self.dedup(method).borrow().is_pending() {
            return;
        }
        let (leader, attended) = (Rc::clone(self), Rc::clone(self));
        let lead = Box::new(move || leader.lead(method, round));
        let attended = Box::new(move || attended.dedup(method).borrow_mut().give_up());
        (self.election).run(&self.tabs, method, round, lead, attended);
    }

    /// Delivers the alerts of a round that this tab leads. Returns for how long it stays the leader.
    fn lead(&self, method: Method, round: usize) -> Duration {
        if !self.is_able(method) {
            self.dedup(method).borrow_mut().give_up();
            return Duration::ZERO;
        }
        let delivered = stored_delivered(method);
        self.dedup(method).borrow_mut().mark_delivered(delivered);
        match method {
            Method::Sound => self.play(round),
            Method::Desktop => self.notify(round),
        }
    }

    fn play(&self, round: usize) -> Duration {
        let now = (self.clock)();
        let jobs = self.sounds.borrow_mut().take(round, now);
        let Some(latest) = jobs.last() else {
            return Duration::ZERO;
        };
        let failed = jobs.iter().find(|job| job.state == JobState::Failed);
        let settings = self.settings.get_untracked();
        let sound = settings.sound_of(failed.unwrap_or(latest));
        let mut player = self.player.borrow_mut();
        if !player.play(
            self.signals.sound,
            sound,
            settings.volume,
            failed.is_some(),
            now,
        ) {
            return Duration::ZERO;
        }
        self.leads_until.set(now + BURST);
        self.share_delivered(Method::Sound, &jobs);
        BURST
    }

    fn notify(&self, round: usize) -> Duration {
        let jobs = (self.notifications.borrow_mut()).take(round, (self.clock)());
        self.share_delivered(Method::Desktop, &jobs);
        if !browser::has_focus() {
            for notification in desktop::notifications(self.lang, &jobs) {
                desktop::show(notification, self.navigation);
            }
        }
        Duration::ZERO
    }

    /// Tells the other tabs which alerts were delivered; sleeping tabs read it from the storage when they wake.
    fn share_delivered(&self, method: Method, jobs: &[Arc<Job>]) {
        if !jobs.is_empty() {
            let ids = alert_ids(jobs);
            store_delivered(method, &ids);
            self.tabs.send(&TabMessage::Delivered(method, ids));
        }
    }

    fn is_able(&self, method: Method) -> bool {
        match method {
            Method::Sound => self.signals.sound.refresh() == Audio::Ready,
            Method::Desktop => browser::permission() == Permission::Granted,
        }
    }

    fn dedup(&self, method: Method) -> &RefCell<Dedup> {
        match method {
            Method::Sound => &self.sounds,
            Method::Desktop => &self.notifications,
        }
    }
}
