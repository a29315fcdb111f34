//! Reading from our own server.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

/// Gets a path of the page's own origin and calls with its text; with none when the server
/// cannot be reached or refuses. Never calls on the server.
pub fn get_text(path: String, done: impl FnOnce(Option<String>) + 'static) {
    if super::IN_PAGE {
        spawn_local(async move { done(get(&path).await) });
    }
}

async fn get(path: &str) -> Option<String> {
    let response: Response = JsFuture::from(web_sys::window()?.fetch_with_str(path))
        .await
        .ok()?
        .dyn_into()
        .ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}
