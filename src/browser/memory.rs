//! What a browser keeps for its tabs.

/// What was kept under a name; none on the server, and where the browser keeps nothing.
pub fn remembered(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Keeps a text under a name, where the browser lets us. Nothing on the server.
pub fn remember(name: &str, text: &str) {
    if let Some(storage) = storage() {
        // A full storage keeps nothing more; whoever asks does without.
        let _ = storage.set_item(name, text);
    }
}

fn storage() -> Option<web_sys::Storage> {
    super::IN_PAGE
        .then(web_sys::window)??
        .local_storage()
        .ok()?
}
