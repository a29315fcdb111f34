//! Which of a browser's tabs delivers an alert: the one that holds a lock, else the one with the lowest rank.

use super::method::Method;
use super::tabs::{NAME, TabMessage, Tabs};
use crate::browser::after;
use crate::browser::{self, LockGuard};
use crate::tray::monotonic::{Monotonic, MonotonicClock};
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// In a browser without locks, tabs claim leadership and wait this long for other claims.
const CLAIM_WAIT: Duration = Duration::from_millis(200);
/// How long a claim is valid.
const CLAIM_LIFE: Duration = Duration::from_secs(1);
/// The shared lock of the tabs that have the focus.
const FOCUS_LOCK: &str = "jobtray-focus";

/// What a leader does. It returns for how long the tab stays the leader.
pub type Lead = Box<dyn FnOnce() -> Duration>;

/// This tab as a candidate.
#[derive(Debug)]
pub struct Election {
    clock: MonotonicClock,
    /// Decides the leader in browsers without locks: the lowest wins.
    rank: u32,
    claims: RefCell<Claims>,
    focus: RefCell<Option<LockGuard>>,
}

impl Election {
    pub fn new(clock: MonotonicClock) -> Self {
        Self {
            clock,
            rank: browser::random_rank(),
            claims: RefCell::default(),
            focus: RefCell::default(),
        }
    }

    /// Tells the other tabs whether this one has the focus, and returns it.
    pub fn share_focus(&self) -> bool {
        let focused = browser::has_focus();
        if focused != self.focus.borrow().is_some() {
            *self.focus.borrow_mut() = focused.then(|| browser::hold_shared_lock(FOCUS_LOCK));
        }
        focused
    }

    /// Calls `lead` when this tab leads a round. For notifications, it calls `attended` instead if one of our pages has
    /// the focus, because its user needs no notification.
    pub fn run(
        self: &Rc<Self>,
        tabs: &Tabs,
        method: Method,
        round: usize,
        lead: Lead,
        attended: Box<dyn FnOnce()>,
    ) {
        if !browser::locks_available() {
            return self.claim(tabs, method, lead);
        }
        let lock = format!("{NAME}-{}-{round}", method.as_str());
        if method == Method::Sound {
            return browser::with_lock(&lock, lead);
        }
        spawn_local(async move {
            if browser::is_lock_held(FOCUS_LOCK).await {
                attended();
            } else {
                browser::with_lock(&lock, lead);
            }
        });
    }

    /// Records that another tab claims leadership.
    pub fn add_claim(&self, method: Method, rank: u32) {
        let now = (self.clock)();
        self.claims.borrow_mut().add(method, rank, now);
    }

    fn claim(self: &Rc<Self>, tabs: &Tabs, method: Method, lead: Lead) {
        // A tab with the focus always wins: it shows no notification, and neither do the others.
        let wins = method == Method::Desktop && browser::has_focus();
        let rank = if wins { 0 } else { self.rank };
        tabs.send(&TabMessage::Claim(method, rank));
        let this = Rc::clone(self);
        let decide = move || {
            let now = (this.clock)();
            if !this.claims.borrow().has_lower(method, rank, now) {
                lead();
            }
        };
        after(CLAIM_WAIT, decide).forget();
    }
}

/// The claims of other tabs: method, rank and time of arrival.
#[derive(Debug, Default)]
struct Claims(Vec<(Method, u32, Monotonic)>);

impl Claims {
    fn add(&mut self, method: Method, rank: u32, now: Monotonic) {
        self.0.retain(|(.., at)| now.since(*at) < CLAIM_LIFE);
        self.0.push((method, rank, now));
    }

    fn has_lower(&self, method: Method, rank: u32, now: Monotonic) -> bool {
        (self.0.iter()).any(|(other_method, other_rank, at)| {
            *other_method == method && *other_rank < rank && now.since(*at) < CLAIM_LIFE
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Claims, Method, Monotonic};
    use std::time::Duration;

    #[test]
    fn a_lower_rank_wins_for_a_second() {
        let at = |millis| Monotonic::after_start(Duration::from_millis(millis));
        let mut claims = Claims::default();
        claims.add(Method::Sound, 5, at(0));
        for (method, rank, now, beaten) in [
            (Method::Sound, 6, 200, true),
            (Method::Sound, 5, 200, false),
            (Method::Sound, 4, 200, false),
            (Method::Desktop, 6, 200, false),
            (Method::Sound, 6, 1_000, false),
        ] {
            let found = claims.has_lower(method, rank, at(now));
            assert_eq!(found, beaten, "{method:?} {rank} {now}");
        }
    }
}
