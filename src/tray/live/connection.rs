//! The live connection: a socket that goes on from where it was, and what happens when it fails.
//!
//! Any silence is an end: the server says `alive` every 15 s, so a watchdog of 40 s means that it
//! is gone, whatever the socket believes. Nothing here waits for a frame or a visible page.

use super::backoff::wait_millis;
use crate::browser::{self, Reply, Socket, SocketEvent, Timer};
use crate::job::{JobPage, Timestamp};
use crate::live::Message;
use crate::tray::handle::Tray;
use crate::tray::model::state::State;
use crate::tray::reactive::set;
use crate::tray::reactive::{follow, keep};
use crate::tray::text::button::Connection;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;

/// No message for so long means that the server is gone.
const SILENCE_MILLIS: u32 = 40_000;
/// Somebody who comes back looks at data at most this old.
const STALE_MILLIS: i64 = 20_000;
/// Connecting is called offline after so long.
const GRACE_MILLIS: u32 = 5_000;
/// A socket that has not opened by then never will.
const OPENING_MILLIS: u32 = 10_000;
/// Polling, where no socket opens.
const POLL_MILLIS: u32 = 1_500;
/// Polling begins after so many sockets that failed in a row.
const POLL_AFTER: u32 = 2;
/// The most jobs that one answer to a poll holds.
const POLL_JOBS: u32 = 200;

/// Connects for as long as the page lives; on the server nothing comes of it.
pub fn start(tray: Tray) {
    let link = Rc::new(Link {
        tray,
        parts: RefCell::default(),
    });
    let call = |call: fn(&Rc<Link>)| {
        let link = link.clone();
        move || call(&link)
    };
    keep(vec![
        browser::on_window(&["online", "pageshow"], call(Link::at_once)),
        // A socket may take minutes to notice: whether the way is open, a new one shows.
        browser::on_window(&["offline"], call(Link::connect)),
        browser::on_visibility(call(Link::at_once)),
    ]);
    // Other jobs are another sequence.
    let mut followed = None;
    follow(move || {
        let scope = tray.settings.with(|settings| settings.scope);
        if followed.replace(scope) != Some(scope) {
            link.connect();
        }
    });
}

struct Link {
    tray: Tray,
    parts: RefCell<Parts>,
}

/// Dropping a part stops it.
#[derive(Default)]
struct Parts {
    socket: Option<Socket>,
    /// The socket has neither opened nor failed yet.
    opening: bool,
    /// A socket was open once: the page was drawn for that one.
    opened_before: bool,
    /// Sockets that failed since the latest message.
    failed: u32,
    /// The browser's time of the latest message.
    heard: Option<Timestamp>,
    /// Ends a silent socket.
    watchdog: Option<Timer>,
    /// Opens the next socket.
    retry: Option<Timer>,
    /// Calls it offline.
    grace: Option<Timer>,
    /// Asks over HTTP meanwhile.
    poll: Option<Timer>,
    /// The latest question was answered.
    polled: bool,
}

impl Link {
    /// Opens a socket in place of the one before it, from where the state stands.
    fn connect(self: &Rc<Self>) {
        self.parts.borrow_mut().socket = None;
        self.tray.state.update_value(State::reconnected);
        let this = self.clone();
        let socket = Socket::open(&self.path(), move |event| match event {
            SocketEvent::Opened => this.opened(),
            SocketEvent::Text(text) => this.heard(&text),
            SocketEvent::Closed => this.lost(),
        });
        let refused = socket.is_none();
        let mut parts = self.parts.borrow_mut();
        parts.socket = socket;
        parts.opening = true;
        parts.retry = None;
        parts.watchdog = Some(self.later(OPENING_MILLIS, Self::lost));
        drop(parts);
        if refused {
            self.lost();
        }
    }

    /// Somebody is here, or the way is open again: no more waiting. A socket that is on its way
    /// is left alone: every page says `pageshow` just after it opened one.
    fn at_once(self: &Rc<Self>) {
        if self.parts.borrow().opening {
            return;
        }
        let fresh = {
            let heard = self.parts.borrow().heard;
            (browser::now().zip(heard)).is_some_and(|(now, heard)| now.0 - heard.0 < STALE_MILLIS)
        };
        let live = self.tray.connection.get_untracked() == Connection::Live;
        if browser::is_visible() && !(live && fresh) {
            self.connect();
        }
    }

    fn opened(self: &Rc<Self>) {
        self.well();
        let mut parts = self.parts.borrow_mut();
        parts.opening = false;
        parts.watchdog = Some(self.later(SILENCE_MILLIS, Self::lost));
        if std::mem::replace(&mut parts.opened_before, true) {
            self.read_settings();
        }
    }

    /// What was chosen while no socket was open, nobody told.
    fn read_settings(&self) {
        let tray = self.tray;
        let asked = browser::get("/api/v1/me/settings".to_owned());
        spawn_local(async move {
            let reply = asked.await.filter(|reply| reply.ok);
            let settings = reply.and_then(|reply| serde_json::from_str(&reply.text).ok());
            if let Some(settings) = settings {
                set(tray.settings, settings);
            }
        });
    }

    fn heard(self: &Rc<Self>, text: &str) {
        // What an older page does not understand, a newer server may say.
        let Ok(message) = serde_json::from_str::<Message>(text) else {
            return;
        };
        self.well();
        let watchdog = self.later(SILENCE_MILLIS, Self::lost);
        let mut parts = self.parts.borrow_mut();
        parts.failed = 0;
        parts.poll = None;
        parts.heard = browser::now();
        parts.watchdog = Some(watchdog);
        drop(parts);
        self.tray.receive(message);
    }

    /// News can come.
    fn well(&self) {
        let mut parts = self.parts.borrow_mut();
        parts.grace = None;
        parts.retry = None;
        drop(parts);
        self.tray.wake();
        set(self.tray.connection, Connection::Live);
    }

    /// The socket is gone: another one after a while, and questions over HTTP when none holds.
    fn lost(self: &Rc<Self>) {
        let mut parts = self.parts.borrow_mut();
        parts.opening = false;
        parts.failed = parts.failed.saturating_add(1);
        parts.watchdog = None;
        let wait = wait_millis(parts.failed, browser::random());
        parts.retry = Some(self.later(wait, Self::connect));
        if parts.failed >= POLL_AFTER && parts.poll.is_none() {
            let this = self.clone();
            parts.poll = Some(browser::every(POLL_MILLIS, move || this.ask()));
        }
        let polled = parts.poll.is_some() && parts.polled;
        drop(parts);
        if !polled {
            self.unwell();
        }
    }

    /// No news can come; after a while that is said.
    fn unwell(self: &Rc<Self>) {
        if self.tray.connection.get_untracked() == Connection::Offline {
            return;
        }
        self.tray.connection.set(Connection::Connecting);
        let mut parts = self.parts.borrow_mut();
        if parts.grace.is_none() {
            parts.grace = Some(self.later(GRACE_MILLIS, |link| {
                link.tray.tick();
                link.tray.connection.set(Connection::Offline);
            }));
        }
    }

    fn ask(self: &Rc<Self>) {
        let this = self.clone();
        let scope = self.scope();
        let asked = browser::get(format!("/api/v1/jobs?scope={scope}&limit={POLL_JOBS}"));
        spawn_local(async move { this.answered(asked.await) });
    }

    fn answered(self: &Rc<Self>, reply: Option<Reply>) {
        if self.parts.borrow().poll.is_none() {
            // A socket speaks again, and knows better.
            return;
        }
        let text = reply.filter(|reply| reply.ok).map(|reply| reply.text);
        let page = text.and_then(|text| serde_json::from_str::<JobPage>(&text).ok());
        self.parts.borrow_mut().polled = page.is_some();
        match page {
            Some(page) => {
                self.parts.borrow_mut().grace = None;
                self.tray.wake();
                set(self.tray.connection, Connection::Live);
                self.tray.tick();
                // The cursor stays: what the answer left out, the next socket brings.
                self.tray.apply(Message::Changes {
                    cursor: 0,
                    server_time: self.tray.now.get_untracked(),
                    jobs: page.jobs,
                });
            }
            None => self.unwell(),
        }
    }

    fn path(&self) -> String {
        self.tray.state.with_value(|state| {
            let (epoch, cursor) = state.position();
            let scope = self.scope();
            if epoch.is_empty() {
                format!("/api/v1/live?scope={scope}")
            } else {
                let epoch = js_sys::encode_uri_component(epoch);
                format!("/api/v1/live?scope={scope}&epoch={epoch}&cursor={cursor}")
            }
        })
    }

    fn scope(&self) -> &'static str {
        let settings = self.tray.settings;
        settings.with_untracked(|settings| settings.scope.as_str())
    }

    fn later(self: &Rc<Self>, millis: u32, call: fn(&Rc<Self>)) -> Timer {
        let this = self.clone();
        browser::after(millis, move || call(&this))
    }
}
