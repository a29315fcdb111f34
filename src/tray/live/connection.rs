//! The live connection: a socket that resumes from its last position, and what happens when it fails.
//!
//! The server sends `alive` every 15 s, so after 40 s without a message the connection is lost, even if the socket is
//! still open. Nothing here waits for a frame or for a visible page.

use super::backoff;
use crate::browser::{self, Reply, Socket, SocketEvent, Timer};
use crate::browser::{after, every};
use crate::job::{JobPage, Timestamp};
use crate::live::Message;
use crate::routes::api;
use crate::routes::api::{JOBS, LIVE, MY_SETTINGS};
use crate::tray::handle::Tray;
use crate::tray::model::state::TrayState;
use crate::tray::model::status::Connection;
use crate::tray::model::times::since;
use crate::tray::reactive::{effect, keep_listeners, set_if_changed};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// After this long without a message, the connection is lost.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(40);
/// A user who comes back to the page sees data that is at most this old.
const MAX_DATA_AGE: Duration = Duration::from_secs(20);
/// A page that reconnects for longer than this is shown as offline.
const OFFLINE_AFTER: Duration = Duration::from_secs(5);
/// A socket that has not opened by then is given up.
const OPEN_TIMEOUT: Duration = Duration::from_secs(10);
const POLL_INTERVAL: Duration = Duration::from_millis(1_500);
/// Polling begins after this many sockets have failed in a row.
const POLL_AFTER: u32 = 2;
/// Maximum number of jobs that one poll returns.
const POLL_LIMIT: u32 = 200;

/// Keeps the page connected for as long as it lives. It does nothing on the server.
pub fn start(tray: Tray) {
    let connection = Rc::new(LiveConnection {
        tray,
        attempt: RefCell::default(),
    });
    let call = |method: fn(&Rc<LiveConnection>)| {
        let connection = Rc::clone(&connection);
        move || method(&connection)
    };
    keep_listeners(vec![
        browser::on_window(&["online", "pageshow"], call(LiveConnection::refresh)),
        // A socket may take minutes to notice a lost network; a new one shows at once whether the server is reachable.
        browser::on_window(&["offline"], call(LiveConnection::connect)),
        browser::on_visibility(call(LiveConnection::refresh)),
    ]);
    // Each scope has its own sequence of changes.
    let mut current = None;
    effect(move || {
        let scope = tray.settings.with(|settings| settings.scope);
        if current.replace(scope) != Some(scope) {
            connection.connect();
        }
    });
}

struct LiveConnection {
    tray: Tray,
    attempt: RefCell<Attempt>,
}

/// The socket and its timers. Dropping one closes or stops it.
#[derive(Default)]
struct Attempt {
    socket: Option<Socket>,
    /// Whether the socket has neither opened nor failed yet.
    is_opening: bool,
    /// Whether a socket was open before. The first one needs no settings, since the page came with them.
    was_open: bool,
    /// Sockets that failed since the latest message.
    failures: u32,
    /// The browser's time of the latest message.
    received_at: Option<Timestamp>,
    /// Gives up a socket that does not open or receives nothing.
    watchdog: Option<Timer>,
    /// Opens the next socket.
    retry: Option<Timer>,
    /// Shows that the page is offline.
    grace: Option<Timer>,
    /// Polls while no socket opens.
    poll: Option<Timer>,
    /// Whether the latest poll was answered.
    poll_succeeded: bool,
}

impl LiveConnection {
    /// Opens a socket in place of the previous one, and resumes from the position of the state.
    fn connect(self: &Rc<Self>) {
        self.attempt.borrow_mut().socket = None;
        self.tray.state.update_value(TrayState::reconnect);
        let this = Rc::clone(self);
        let socket = Socket::open(&self.path(), move |event| match event {
            SocketEvent::Opened => this.opened(),
            SocketEvent::Text(text) => this.received(&text),
            SocketEvent::Closed => this.lost(),
        });
        let not_opened = socket.is_none();
        let mut attempt = self.attempt.borrow_mut();
        attempt.socket = socket;
        attempt.is_opening = true;
        attempt.retry = None;
        attempt.watchdog = Some(self.later(OPEN_TIMEOUT, Self::lost));
        drop(attempt);
        if not_opened {
            self.lost();
        }
    }

    /// Connects without delay when the user or the network comes back, unless the data is fresh. A socket that is still
    /// opening is kept, because every page fires `pageshow` just after it opened one.
    fn refresh(self: &Rc<Self>) {
        let (is_opening, received_at) = {
            let attempt = self.attempt.borrow();
            (attempt.is_opening, attempt.received_at)
        };
        let age = (browser::now().zip(received_at)).map(|(now, at)| since(at, now));
        let is_fresh = age.is_some_and(|age| age < MAX_DATA_AGE);
        let is_live = self.tray.connection.get_untracked() == Connection::Live;
        if !is_opening && browser::is_visible() && !(is_live && is_fresh) {
            self.connect();
        }
    }

    fn opened(self: &Rc<Self>) {
        self.set_live();
        let mut attempt = self.attempt.borrow_mut();
        attempt.is_opening = false;
        attempt.watchdog = Some(self.later(MESSAGE_TIMEOUT, Self::lost));
        if std::mem::replace(&mut attempt.was_open, true) {
            self.fetch_settings();
        }
    }

    /// Settings that changed while offline were not pushed, so fetch them.
    fn fetch_settings(&self) {
        let tray = self.tray;
        let reply = browser::get(api(MY_SETTINGS));
        spawn_local(async move {
            let reply = reply.await.filter(|reply| reply.ok);
            let settings = reply.and_then(|reply| serde_json::from_str(&reply.text).ok());
            if let Some(settings) = settings {
                set_if_changed(tray.settings, settings);
            }
        });
    }

    fn received(self: &Rc<Self>, text: &str) {
        // A newer server may send messages that an older page does not know.
        let Ok(message) = serde_json::from_str::<Message>(text) else {
            return;
        };
        self.set_live();
        let watchdog = self.later(MESSAGE_TIMEOUT, Self::lost);
        let mut attempt = self.attempt.borrow_mut();
        attempt.failures = 0;
        attempt.poll = None;
        attempt.received_at = browser::now();
        attempt.watchdog = Some(watchdog);
        drop(attempt);
        self.tray.receive(message);
    }

    fn set_live(&self) {
        let mut attempt = self.attempt.borrow_mut();
        attempt.grace = None;
        attempt.retry = None;
        drop(attempt);
        self.tray.set_live();
    }

    /// Handles a lost socket: opens another one after a delay, and polls if no socket stays open.
    fn lost(self: &Rc<Self>) {
        let mut attempt = self.attempt.borrow_mut();
        attempt.is_opening = false;
        attempt.failures = attempt.failures.saturating_add(1);
        attempt.watchdog = None;
        let delay = backoff::delay(attempt.failures, browser::random());
        attempt.retry = Some(self.later(delay, Self::connect));
        if attempt.failures >= POLL_AFTER && attempt.poll.is_none() {
            let this = Rc::clone(self);
            attempt.poll = Some(every(POLL_INTERVAL, move || this.poll()));
        }
        let is_polling = attempt.poll.is_some() && attempt.poll_succeeded;
        drop(attempt);
        if !is_polling {
            self.set_connecting();
        }
    }

    /// Shows that the page is connecting, and after a while that it is offline.
    fn set_connecting(self: &Rc<Self>) {
        if self.tray.connection.get_untracked() == Connection::Offline {
            return;
        }
        self.tray.connection.set(Connection::Connecting);
        let mut attempt = self.attempt.borrow_mut();
        if attempt.grace.is_none() {
            attempt.grace = Some(self.later(OFFLINE_AFTER, |this| {
                this.tray.tick();
                this.tray.connection.set(Connection::Offline);
            }));
        }
    }

    fn poll(self: &Rc<Self>) {
        let this = Rc::clone(self);
        let scope = self.scope();
        let reply = browser::get(format!("{}?scope={scope}&limit={POLL_LIMIT}", api(JOBS)));
        spawn_local(async move { this.polled(reply.await) });
    }

    fn polled(self: &Rc<Self>, reply: Option<Reply>) {
        if self.attempt.borrow().poll.is_none() {
            // A socket is open again, and its data is newer.
            return;
        }
        let text = reply.filter(|reply| reply.ok).map(|reply| reply.text);
        let page = text.and_then(|text| serde_json::from_str::<JobPage>(&text).ok());
        self.attempt.borrow_mut().poll_succeeded = page.is_some();
        let Some(page) = page else {
            return self.set_connecting();
        };
        self.attempt.borrow_mut().grace = None;
        self.tray.set_live();
        self.tray.tick();
        self.tray.apply(Message::Changes {
            // The cursor stays unchanged, so that the next socket sends what this page of jobs left out.
            cursor: 0,
            server_time: self.tray.clock.now.get_untracked(),
            jobs: page.jobs,
        });
    }

    fn path(&self) -> String {
        self.tray.state.with_value(|state| {
            let (epoch, cursor) = state.position();
            let (live, scope) = (api(LIVE), self.scope());
            if epoch.is_empty() {
                format!("{live}?scope={scope}")
            } else {
                let epoch = js_sys::encode_uri_component(epoch);
                format!("{live}?scope={scope}&epoch={epoch}&cursor={cursor}")
            }
        })
    }

    fn scope(&self) -> &'static str {
        let settings = self.tray.settings;
        settings.with_untracked(|settings| settings.scope.as_str())
    }

    fn later(self: &Rc<Self>, time: Duration, call: fn(&Rc<Self>)) -> Timer {
        let this = Rc::clone(self);
        after(time, move || call(&this))
    }
}
