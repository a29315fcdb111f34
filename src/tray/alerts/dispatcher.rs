//! Tells the ends of jobs: in this page as toasts, and once among all tabs as a sound and on the desktop.
//!
//! Ends that come together are told together. Nothing here waits for a frame, or for a chain of timers,
//! which a page in the background gets once a minute.

use super::dedup::{Once, ROUNDS};
use super::desktop;
use super::policy::telling;
use super::tabs::{self, Said, Tabs, Way};
use super::toast_list::ToastList;
use crate::browser::{self, Audio, Playing, Timer};
use crate::job::{Job, JobState};
use crate::settings::Sound;
use crate::tray::handle::Tray;
use crate::tray::model::state::Alert;
use crate::tray::reactive::keep;
use crate::tray::reactive::set;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// Ends within this time are one sound.
const BURST_MILLIS: u32 = 2_000;
/// A job that is done sooner than this may belong to the same burst.
const SOON_SECONDS: f64 = 5.0;
thread_local! {
    static ALERTS: RefCell<Option<Rc<Alerts>>> = const { RefCell::new(None) };
}

struct Alerts {
    tray: Tray,
    tabs: Rc<Tabs>,
    sound: RefCell<Once>,
    desktop: RefCell<Once>,
    /// Ends that wait for others of the same burst.
    gathered: RefCell<Vec<(Way, Arc<Job>)>>,
    gathering: RefCell<Option<Timer>>,
    /// The latest sound, when it began in milliseconds, and whether it tells of a failure.
    latest: RefCell<Option<(Playing, f64, bool)>>,
    /// Until then this tab has the turn for sounds, in milliseconds.
    turn_until: Cell<f64>,
}

/// Tells ends from now on, for as long as the page lives. Nothing comes of it on the server.
pub fn start(tray: Tray) {
    let alerts = Rc::new_cyclic(|this: &Weak<Alerts>| {
        let this = this.clone();
        Alerts {
            tray,
            tabs: Tabs::open(move |said, ids| {
                if let Some(this) = this.upgrade() {
                    this.hear_tab(&said, ids);
                }
            }),
            sound: RefCell::default(),
            desktop: RefCell::default(),
            gathered: RefCell::default(),
            gathering: RefCell::default(),
            latest: RefCell::default(),
            turn_until: Cell::default(),
        }
    });
    let unlock = move || {
        if tray.settings.with_untracked(|settings| settings.sound) {
            unlock(tray);
        }
    };
    let look = {
        let tabs = Rc::clone(&alerts.tabs);
        move || set(tray.focused, tabs.look())
    };
    look();
    keep(vec![
        browser::on_window(&["pointerdown", "keydown"], unlock),
        browser::on_window(&["focus", "blur"], look.clone()),
        browser::on_visibility(look),
    ]);
    set(tray.audio, browser::audio());
    ALERTS.set(Some(alerts));
}

/// Lets the page be heard, while the reader touches it.
pub fn unlock(tray: Tray) {
    browser::unlock_audio(move || set(tray.audio, browser::audio()));
}

/// The user, who has just clicked, wants to hear ends from now on: this is how they sound.
pub fn turn_on(tray: Tray) {
    let sound = tray
        .settings
        .with_untracked(|settings| settings.success_sound);
    preview(tray, sound, |_| {});
}

/// Plays a sound by itself, at the user's volume, and calls `done` with whether it could be heard.
pub fn preview(tray: Tray, sound: Sound, done: impl FnOnce(Audio) + 'static) {
    browser::unlock_audio(move || {
        let audio = browser::audio();
        set(tray.audio, audio);
        let volume = tray.settings.with_untracked(|settings| settings.volume);
        let _ = browser::play(sound.notes(), loudness(volume));
        done(audio);
    });
}

/// These jobs have just ended.
pub fn hear(alerts: &[Alert]) {
    if let Some(here) = ALERTS.with_borrow(Clone::clone) {
        here.hear(alerts);
    }
}

/// The reader needs no toast of these ends any more, in no tab.
pub fn told<'a>(jobs: impl IntoIterator<Item = &'a Arc<Job>>) {
    if let Some(here) = ALERTS.with_borrow(Clone::clone) {
        here.tabs.say_gone(jobs);
    }
}

/// Hearing is as the square of what a wave has in it.
fn loudness(percent: u8) -> f32 {
    let part = f32::from(percent) / 100.0;
    part * part
}

/// Now, by a clock that nobody sets.
pub fn millis() -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of a life are far below 2^53"
    )]
    browser::steady().map_or(0.0, |now| now.0 as f64)
}

impl Alerts {
    fn hear(self: &Rc<Self>, alerts: &[Alert]) {
        let tray = self.tray;
        tray.tick();
        let now = tray.now.get_untracked();
        let settings = tray.settings.get_untracked();
        let (mut toasts, mut late) = (Vec::new(), Vec::new());
        {
            let mut gathered = self.gathered.borrow_mut();
            for Alert { job } in alerts {
                let told = telling(job, &settings, now);
                if told.toast {
                    toasts.push(Arc::clone(job));
                }
                if told.late {
                    late.push(job.job_id.clone());
                }
                if told.sound.is_some() {
                    gathered.push((Way::Sound, Arc::clone(job)));
                }
                if told.desktop {
                    gathered.push((Way::Desktop, Arc::clone(job)));
                }
            }
        }
        if !toasts.is_empty() {
            let tell = |list: &mut ToastList| list.tell(toasts, &settings, millis());
            tray.toasts.update(tell);
        }
        if !late.is_empty() {
            tray.away.update(|away| away.extend(late));
        }
        self.gather();
    }

    /// Waits for more while more may come at any moment.
    fn gather(self: &Rc<Self>) {
        if self.gathered.borrow().is_empty() {
            return;
        }
        if !self.is_more_coming() {
            self.tell_gathered();
        } else if self.gathering.borrow().is_none() {
            let this = Rc::clone(self);
            let timer = browser::after(BURST_MILLIS, move || this.tell_gathered());
            *self.gathering.borrow_mut() = Some(timer);
        }
    }

    fn is_more_coming(&self) -> bool {
        let soon = |job: &Job| job.eta_seconds.is_none_or(|left| left < SOON_SECONDS);
        self.tray.state.with_value(|state| {
            let mut running = state.jobs().filter(|job| job.state == JobState::Running);
            running.any(|job| state.is_own(job) && soon(job))
        })
    }

    fn tell_gathered(self: &Rc<Self>) {
        self.gathering.take();
        let gathered = self.gathered.take();
        let now = millis();
        for way in [Way::Sound, Way::Desktop] {
            let mut news = false;
            for (of, job) in &gathered {
                news |= *of == way && self.once(way).borrow_mut().hear(job, now);
            }
            if news && self.is_able(way) {
                self.begin_rounds(way);
            } else if news {
                self.once(way).borrow_mut().give_up();
            }
        }
    }

    fn once(&self, way: Way) -> &RefCell<Once> {
        match way {
            Way::Sound => &self.sound,
            Way::Desktop => &self.desktop,
        }
    }

    fn is_able(&self, way: Way) -> bool {
        match way {
            Way::Sound => {
                let audio = browser::audio();
                set(self.tray.audio, audio);
                audio == Audio::Ready
            }
            Way::Desktop => browser::permission() == browser::Permission::Granted,
        }
    }

    fn begin_rounds(self: &Rc<Self>, way: Way) {
        if way == Way::Sound && millis() < self.turn_until.get() {
            return self.tell_sounds(0).map_or((), drop);
        }
        for (round, after) in ROUNDS.into_iter().enumerate() {
            let this = Rc::clone(self);
            let begin = move || {
                if this.once(way).borrow().is_waiting() {
                    this.ask_for_turn(way, round);
                }
            };
            if after == 0.0 {
                begin();
            } else {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a few seconds"
                )]
                browser::after(after as u32, begin).forget();
            }
        }
    }

    fn ask_for_turn(self: &Rc<Self>, way: Way, round: usize) {
        let (this, seen) = (Rc::clone(self), Rc::clone(self));
        let tell = Box::new(move || this.tell(way, round));
        let seen = Box::new(move || seen.once(way).borrow_mut().give_up());
        self.tabs.in_turn(way, round, tell, seen);
    }

    /// It is this tab's turn. Gives the milliseconds for which the turn is kept.
    fn tell(&self, way: Way, round: usize) -> u32 {
        if !self.is_able(way) {
            self.once(way).borrow_mut().give_up();
            return 0;
        }
        self.once(way).borrow_mut().told(tabs::told(way));
        let told = match way {
            Way::Sound => self.tell_sounds(round),
            Way::Desktop => self.tell_desktop(round),
        };
        told.unwrap_or(0)
    }

    fn tell_sounds(&self, round: usize) -> Option<u32> {
        let now = millis();
        let jobs = self.sound.borrow_mut().take(round, now);
        let latest = jobs.last()?;
        let failed = jobs.iter().find(|job| job.state == JobState::Failed);
        let settings = self.tray.settings.get_untracked();
        let sound = settings.sound_of(failed.unwrap_or(latest));
        let before = self.latest.take();
        let during =
            (before.as_ref()).is_some_and(|(_, began, _)| now - began < f64::from(BURST_MILLIS));
        match before {
            // It tells of these too.
            Some((playing, began, worse)) if during && (worse || failed.is_none()) => {
                *self.latest.borrow_mut() = Some((playing, began, worse));
            }
            before => {
                if let Some((playing, ..)) = before.filter(|_| during) {
                    playing.stop();
                }
                let playing = browser::play(sound.notes(), loudness(settings.volume))?;
                *self.latest.borrow_mut() = Some((playing, now, failed.is_some()));
            }
        }
        self.turn_until.set(now + f64::from(BURST_MILLIS));
        self.tabs.say_told(Way::Sound, &jobs);
        Some(BURST_MILLIS)
    }

    fn tell_desktop(&self, round: usize) -> Option<u32> {
        let jobs = self.desktop.borrow_mut().take(round, millis());
        self.tabs.say_told(Way::Desktop, &jobs);
        if !browser::has_focus() {
            for notice in desktop::of(self.tray.lang, &jobs) {
                browser::notify(notice);
            }
        }
        None
    }

    fn hear_tab(&self, said: &Said, ids: Vec<String>) {
        match said {
            Said::Told(way) => self.once(*way).borrow_mut().told(ids),
            Said::ToastGone => self.tray.toasts.update(|list| list.told(&ids)),
        }
    }
}
