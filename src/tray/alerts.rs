//! Tells the ends of jobs: in this page as toasts, and once among all tabs as a sound and on the desktop.
//!
//! Ends that come together are told together. Nothing here waits for a frame, or for a chain of timers,
//! which a page in the background gets once a minute.

use super::live::keep;
use super::once::{Once, ROUNDS};
use super::state::Alert;
use super::telling::telling;
use super::toast_list::ToastList;
use super::{Tray, notice};
use crate::browser::{self, Audio, Channel, Held, Playing, Timer};
use crate::job::{Job, JobId, JobState};
use crate::settings::Sound;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// Ends within this time are one sound.
const BURST_MILLIS: u32 = 2_000;
/// A job that is done sooner than this may belong to the same burst.
const SOON_SECONDS: f64 = 5.0;
/// Where a browser gives no turns, tabs say that they want one, and wait this long for the others.
const CLAIM_MILLIS: u32 = 200;
/// A claim is worth something for so long.
const CLAIM_COUNTS_MILLIS: f64 = 1_000.0;
/// The name of what the tabs say to each other, and of what they keep.
const NAME: &str = "jobtray";
/// The turn of the tab that has the focus.
const FOCUS: &str = "jobtray-focus";
/// Ends that the browser remembers as told, for tabs that slept.
const REMEMBERED: usize = 60;

thread_local! {
    static ALERTS: RefCell<Option<Rc<Alerts>>> = const { RefCell::new(None) };
    static CANCELLING: RefCell<Vec<JobId>> = const { RefCell::new(Vec::new()) };
}

/// The ways that only one tab uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Sound,
    Desktop,
}

impl Way {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Desktop => "desktop",
        }
    }

    /// The name of what the browser remembers as told.
    fn kept(self) -> String {
        format!("{NAME}.{}", self.as_str())
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Sound, Self::Desktop]
            .into_iter()
            .find(|way| way.as_str() == name)
    }
}

struct Alerts {
    tray: Tray,
    channel: RefCell<Option<Channel>>,
    sound: RefCell<Once>,
    desktop: RefCell<Once>,
    /// Ends that wait for others of the same burst.
    gathered: RefCell<Vec<(Way, Arc<Job>)>>,
    gathering: RefCell<Option<Timer>>,
    /// The latest sound, when it began in milliseconds, and whether it tells of a failure.
    latest: RefCell<Option<(Playing, f64, bool)>>,
    /// Until then this tab has the turn for sounds, in milliseconds.
    turn_until: Cell<f64>,
    focus: RefCell<Option<Held>>,
    /// By which tabs agree on one where the browser gives no turns.
    rank: u32,
    claims: RefCell<Vec<(Way, u32, f64)>>,
}

/// Tells ends from now on, for as long as the page lives. Nothing comes of it on the server.
pub(super) fn start(tray: Tray) {
    let alerts = Rc::new(Alerts {
        tray,
        channel: RefCell::default(),
        sound: RefCell::default(),
        desktop: RefCell::default(),
        gathered: RefCell::default(),
        gathering: RefCell::default(),
        latest: RefCell::default(),
        turn_until: Cell::default(),
        focus: RefCell::default(),
        rank: browser::random_rank(),
        claims: RefCell::default(),
    });
    let hears = Rc::clone(&alerts);
    *alerts.channel.borrow_mut() = Channel::open(NAME, move |text| hears.hear_tab(&text));
    let unlock = move || {
        if tray.settings.with_untracked(|settings| settings.sound) {
            unlock(tray);
        }
    };
    let focus = |alerts: &Rc<Alerts>| {
        let alerts = Rc::clone(alerts);
        move || alerts.look()
    };
    keep(vec![
        browser::on_window(&["pointerdown", "keydown"], unlock),
        browser::on_window(&["focus", "blur"], focus(&alerts)),
        browser::on_visibility(focus(&alerts)),
    ]);
    alerts.look();
    super::set(tray.audio, browser::audio());
    ALERTS.set(Some(alerts));
}

/// Lets the page be heard, while the reader touches it.
pub(super) fn unlock(tray: Tray) {
    browser::unlock_audio(move || super::set(tray.audio, browser::audio()));
}

/// The user, who has just clicked, wants to hear ends from now on: this is how they sound.
pub(super) fn turn_on(tray: Tray) {
    let sound = tray
        .settings
        .with_untracked(|settings| settings.success_sound);
    preview(tray, sound, |_| {});
}

/// Plays a sound by itself, at the user's volume, and calls `done` with whether it could be heard.
pub fn preview(tray: Tray, sound: Sound, done: impl FnOnce(Audio) + 'static) {
    browser::unlock_audio(move || {
        let audio = browser::audio();
        super::set(tray.audio, audio);
        let volume = tray.settings.with_untracked(|settings| settings.volume);
        let _ = browser::play(sound.notes(), loudness(volume));
        done(audio);
    });
}

/// These jobs have just ended.
pub(super) fn hear(alerts: &[Alert]) {
    if let Some(here) = ALERTS.with_borrow(Clone::clone) {
        here.hear(alerts);
    }
}

/// The user cancels a job in this page, and may take that back in it.
pub(super) fn cancel_here(id: JobId) {
    CANCELLING.with_borrow_mut(|ids| ids.push(id));
}

/// Whether they did; asked once.
pub(super) fn was_cancelled_here(id: &JobId) -> bool {
    CANCELLING.with_borrow_mut(|ids| {
        let at = ids.iter().position(|known| known == id);
        at.map(|at| ids.swap_remove(at)).is_some()
    })
}

/// The reader needs no toast of these ends any more, in no tab.
pub(super) fn told<'a>(jobs: impl IntoIterator<Item = &'a Arc<Job>>) {
    if let Some(here) = ALERTS.with_borrow(Clone::clone) {
        here.say("toast", jobs);
    }
}

/// Hearing is as the square of what a wave has in it.
fn loudness(percent: u8) -> f32 {
    let part = f32::from(percent) / 100.0;
    part * part
}

/// Now, by the browser's clock.
pub(super) fn millis() -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 are far below 2^53"
    )]
    browser::now().map_or(0.0, |now| now.0 as f64)
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
                super::set(self.tray.audio, audio);
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
        let this = Rc::clone(self);
        if browser::has_turns() {
            let name = format!("{NAME}-{}-{round}", way.as_str());
            match way {
                Way::Sound => browser::in_turn(&name, Box::new(move || this.tell(way, round))),
                Way::Desktop => spawn_local(async move {
                    if browser::is_held(FOCUS).await {
                        // Somebody is at one of our pages, and sees it there.
                        this.once(way).borrow_mut().give_up();
                    } else {
                        browser::in_turn(&name, Box::new(move || this.tell(way, round)));
                    }
                }),
            }
            return;
        }
        let at_page = way == Way::Desktop && browser::has_focus();
        // A tab with the focus comes before all.
        let rank = if at_page { 0 } else { self.rank };
        if let Some(channel) = &*self.channel.borrow() {
            channel.send(&format!("claim {} {rank}", way.as_str()));
        }
        browser::after(CLAIM_MILLIS, move || {
            let now = millis();
            let beaten = (this.claims.borrow().iter()).any(|(of, other, at)| {
                *of == way && *other < rank && now - at < CLAIM_COUNTS_MILLIS
            });
            if !beaten {
                this.tell(way, round);
            }
        })
        .forget();
    }

    /// It is this tab's turn. Gives the milliseconds for which the turn is kept.
    fn tell(&self, way: Way, round: usize) -> u32 {
        if !self.is_able(way) {
            self.once(way).borrow_mut().give_up();
            return 0;
        }
        let remembered = browser::remembered(&way.kept()).unwrap_or_default();
        let remembered = remembered.split(' ').map(str::to_owned);
        self.once(way).borrow_mut().told(remembered);
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
        self.say_told(Way::Sound, &jobs);
        Some(BURST_MILLIS)
    }

    fn tell_desktop(&self, round: usize) -> Option<u32> {
        let jobs = self.desktop.borrow_mut().take(round, millis());
        self.say_told(Way::Desktop, &jobs);
        if !browser::has_focus() {
            for notice in notice::of(self.tray.lang, &jobs) {
                browser::notify(notice);
            }
        }
        None
    }

    fn say_told(&self, way: Way, jobs: &[Arc<Job>]) {
        if jobs.is_empty() {
            return;
        }
        self.say(way.as_str(), jobs);
        let kept = browser::remembered(&way.kept()).unwrap_or_default();
        let mut ids: Vec<String> = kept.split(' ').map(str::to_owned).collect();
        ids.extend(jobs.iter().map(|job| Alert::id_of(job)));
        let many = ids.len().saturating_sub(REMEMBERED);
        browser::remember(&way.kept(), &ids[many..].join(" "));
    }

    fn say<'a>(&self, what: &str, jobs: impl IntoIterator<Item = &'a Arc<Job>>) {
        let ids: Vec<_> = (jobs.into_iter()).map(|job| Alert::id_of(job)).collect();
        if let Some(channel) = &*self.channel.borrow()
            && !ids.is_empty()
        {
            channel.send(&format!("{what} {}", ids.join(" ")));
        }
    }

    /// What another tab says: which ends it told and how, or that it would tell them.
    fn hear_tab(&self, text: &str) {
        let (what, rest) = text.split_once(' ').unwrap_or((text, ""));
        let ids = rest.split(' ').map(str::to_owned);
        match (what, Way::parse(what)) {
            (_, Some(way)) => self.once(way).borrow_mut().told(ids),
            ("toast", _) => {
                let ids: Vec<_> = ids.collect();
                self.tray.toasts.update(|list| list.told(&ids));
            }
            ("claim", _) => {
                let claim = rest.split_once(' ');
                let claim =
                    claim.and_then(|(way, rank)| Some((Way::parse(way)?, rank.parse().ok()?)));
                if let Some((way, rank)) = claim {
                    let now = millis();
                    let mut claims = self.claims.borrow_mut();
                    claims.retain(|(.., at)| now - at < CLAIM_COUNTS_MILLIS);
                    claims.push((way, rank, now));
                }
            }
            // A newer page in another tab.
            _ => {}
        }
    }

    /// The focus came or went.
    fn look(&self) {
        let has = browser::has_focus();
        super::set(self.tray.focused, has);
        let held = self.focus.borrow().is_some();
        if has != held {
            *self.focus.borrow_mut() = has.then(|| browser::hold_shared(FOCUS));
        }
    }
}
