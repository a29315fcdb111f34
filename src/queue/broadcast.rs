//! Wakes the subscribers of a studio, and sends messages to those of a user.
//!
//! A studio's channel carries only change numbers: its subscribers read from the rows what changed.

use super::Caller;
use crate::live::{Cursor, Message};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use tokio::sync::{broadcast, watch};

/// Messages that a slow tab may lag behind before it misses what the user did in another tab.
const USER_BACKLOG: usize = 64;

/// A studio and one of its users.
type User = (String, String);

/// One channel per studio and one per user, created on first use and dropped once it has no receivers.
#[derive(Default)]
pub(super) struct Broadcasts {
    studios: Mutex<HashMap<String, watch::Sender<Cursor>>>,
    users: Mutex<HashMap<User, broadcast::Sender<Message>>>,
}

impl Broadcasts {
    pub fn watch(&self, studio: &str) -> watch::Receiver<Cursor> {
        with(&self.studios, |studios| {
            studios.retain(|name, sender| name == studio || sender.receiver_count() > 0);
            studios
                .entry(studio.to_owned())
                .or_insert_with(|| watch::channel(0).0)
                .subscribe()
        })
    }

    /// Wakes the studio's subscribers. The number never goes back.
    pub fn publish(&self, studio: &str, cursor: Cursor) {
        with(&self.studios, |studios| {
            if let Some(sender) = studios.get(studio) {
                sender.send_if_modified(|latest| {
                    let newer = cursor > *latest;
                    *latest = cursor.max(*latest);
                    newer
                });
            }
        });
    }

    pub fn watch_user(&self, caller: &Caller) -> broadcast::Receiver<Message> {
        with(&self.users, |users| {
            users.retain(|_, sender| sender.receiver_count() > 0);
            users
                .entry((caller.studio.clone(), caller.user.clone()))
                .or_insert_with(|| broadcast::channel(USER_BACKLOG).0)
                .subscribe()
        })
    }

    pub fn send_to_user(&self, caller: &Caller, message: Message) {
        with(&self.users, |users| {
            if let Some(sender) = users.get(&(caller.studio.clone(), caller.user.clone())) {
                // An error means that no page of the user is open.
                let _ = sender.send(message);
            }
        });
    }
}

/// A panic cannot leave a map half changed, because each change is one call, so a poisoned lock is safe to use.
fn with<K: Eq + Hash, V, T>(
    map: &Mutex<HashMap<K, V>>,
    step: impl FnOnce(&mut HashMap<K, V>) -> T,
) -> T {
    step(&mut map.lock().unwrap_or_else(PoisonError::into_inner))
}
