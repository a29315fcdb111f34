//! What the user's tabs say to each other, and which of them may tell an end now.

use crate::browser::{self, Channel, Held};
use crate::job::Job;
use crate::tray::model::state::Alert;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

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

/// The ways of telling an end that only one tab uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
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

/// What another tab says of ends, by their ids.
pub enum Said {
    /// It told them.
    Told(Way),
    /// Their toasts are gone.
    ToastGone,
}

/// What a tab tells in its turn; it gives the milliseconds for which the turn is kept.
pub type Telling = Box<dyn FnOnce() -> u32>;

/// All tabs of this browser, as one of them.
pub struct Tabs {
    channel: RefCell<Option<Channel>>,
    focus: RefCell<Option<Held>>,
    /// By which tabs agree on one where the browser gives no turns.
    rank: u32,
    claims: RefCell<Vec<(Way, u32, f64)>>,
}

impl Tabs {
    /// Listens to the others for as long as it lives.
    pub fn open(hear: impl Fn(Said, Vec<String>) + 'static) -> Rc<Self> {
        let tabs = Rc::new(Self {
            channel: RefCell::default(),
            focus: RefCell::default(),
            rank: browser::random_rank(),
            claims: RefCell::default(),
        });
        let listens = Rc::downgrade(&tabs);
        *tabs.channel.borrow_mut() = Channel::open(NAME, move |text| {
            let (what, rest) = text.split_once(' ').unwrap_or((&text, ""));
            let ids = || rest.split(' ').map(str::to_owned).collect();
            match (what, Way::parse(what), listens.upgrade()) {
                (_, Some(way), _) => hear(Said::Told(way), ids()),
                ("toast", ..) => hear(Said::ToastGone, ids()),
                ("claim", _, Some(tabs)) => tabs.claimed(rest),
                // A newer page in another tab.
                _ => {}
            }
        });
        tabs
    }

    /// The toasts of these ends are gone.
    pub fn say_gone<'a>(&self, jobs: impl IntoIterator<Item = &'a Arc<Job>>) {
        self.say("toast", &ids(jobs));
    }

    /// These ends are told; the browser remembers it for tabs that sleep.
    pub fn say_told(&self, way: Way, jobs: &[Arc<Job>]) {
        let ids = ids(jobs);
        if ids.is_empty() {
            return;
        }
        self.say(way.as_str(), &ids);
        let mut kept = told(way);
        kept.extend(ids);
        let many = kept.len().saturating_sub(REMEMBERED);
        browser::remember(&way.kept(), &kept[many..].join(" "));
    }

    /// Whether somebody is at this page, which the other tabs may ask for.
    pub fn look(&self) -> bool {
        let has = browser::has_focus();
        let held = self.focus.borrow().is_some();
        if has != held {
            *self.focus.borrow_mut() = has.then(|| browser::hold_shared(FOCUS));
        }
        has
    }

    /// Calls `tell` when it is this tab's turn in a round, or `seen` where somebody is at one of our pages
    /// and needs no notification.
    pub fn in_turn(self: &Rc<Self>, way: Way, round: usize, tell: Telling, seen: Box<dyn Fn()>) {
        if !browser::has_turns() {
            return self.claim(way, tell);
        }
        let name = format!("{NAME}-{}-{round}", way.as_str());
        if way == Way::Sound {
            return browser::in_turn(&name, tell);
        }
        spawn_local(async move {
            if browser::is_held(FOCUS).await {
                seen();
            } else {
                browser::in_turn(&name, tell);
            }
        });
    }

    fn claim(self: &Rc<Self>, way: Way, tell: Telling) {
        let at_page = way == Way::Desktop && browser::has_focus();
        // A tab with the focus comes before all.
        let rank = if at_page { 0 } else { self.rank };
        self.say("claim", &[way.as_str().to_owned(), rank.to_string()]);
        let this = Rc::clone(self);
        browser::after(CLAIM_MILLIS, move || {
            let now = super::dispatcher::millis();
            let beaten = (this.claims.borrow().iter()).any(|(of, other, at)| {
                *of == way && *other < rank && now - at < CLAIM_COUNTS_MILLIS
            });
            if !beaten {
                tell();
            }
        })
        .forget();
    }

    /// Another tab would tell.
    fn claimed(&self, claim: &str) {
        let claim = claim.split_once(' ');
        let claim = claim.and_then(|(way, rank)| Some((Way::parse(way)?, rank.parse().ok()?)));
        if let Some((way, rank)) = claim {
            let now = super::dispatcher::millis();
            let mut claims = self.claims.borrow_mut();
            claims.retain(|(.., at)| now - at < CLAIM_COUNTS_MILLIS);
            claims.push((way, rank, now));
        }
    }

    fn say(&self, what: &str, rest: &[String]) {
        if let Some(channel) = &*self.channel.borrow()
            && !rest.is_empty()
        {
            channel.send(&format!("{what} {}", rest.join(" ")));
        }
    }
}

/// The ids of the ends that the browser remembers as told.
pub fn told(way: Way) -> Vec<String> {
    let kept = browser::remembered(&way.kept()).unwrap_or_default();
    kept.split(' ').map(str::to_owned).collect()
}

fn ids<'a>(jobs: impl IntoIterator<Item = &'a Arc<Job>>) -> Vec<String> {
    (jobs.into_iter()).map(|job| Alert::id_of(job)).collect()
}
