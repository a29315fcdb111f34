//! The storage that the tabs of one browser share.

use super::document::window;
use web_sys::Storage;

/// The value of a key; none on the server, and where the browser gives no access to its storage.
pub fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Stores a value where the browser allows it. Does nothing on the server.
pub fn store(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // It fails when the storage is full. Callers do without it.
        let _ = storage.set_item(key, value);
    }
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}
