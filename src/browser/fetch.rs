//! Requests to our own server.

use super::document::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{FormData, HtmlFormElement, RequestInit, Response, UrlSearchParams};

/// The largest body, in bytes, of a request that may outlive its page. The Fetch standard allows 64 KiB for all of
/// them together.
const MAX_KEEPALIVE: u32 = 8 * 1024;

/// The server's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status was 2xx.
    pub ok: bool,
    pub text: String,
}

/// Gets a path of the page's own origin; none when the server cannot be reached, and always on
/// the server.
pub async fn get(path: String) -> Option<Reply> {
    request(&path, None).await
}

/// Posts form fields to a path of the page's own origin, and calls `done` with the answer; with none when the server
/// cannot be reached. Never calls on the server.
pub fn post(path: &str, fields: &[(&str, &str)], done: impl FnOnce(Option<Reply>) + 'static) {
    let Some(body) = window().and_then(|_| UrlSearchParams::new().ok()) else {
        return;
    };
    for (name, value) in fields {
        body.append(name, value);
    }
    send(path.to_owned(), body, Box::new(done));
}

/// Posts the values of a form's fields, as [`post`] does.
pub(super) fn post_fields(
    path: String,
    form: &HtmlFormElement,
    done: impl FnOnce(Option<Reply>) + 'static,
) {
    if let Some(body) = form_fields(form) {
        send(path, body, Box::new(done));
    }
}

/// The values of a form's fields, as the browser would submit them.
pub fn form_fields(form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let data: JsValue = FormData::new_with_form(form).ok()?.into();
    UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
}

type Done = Box<dyn FnOnce(Option<Reply>)>;

fn send(path: String, body: UrlSearchParams, done: Done) {
    spawn_local(async move { done(request(&path, Some(body)).await) });
}

async fn request(path: &str, body: Option<UrlSearchParams>) -> Option<Reply> {
    let window = window()?;
    let init = RequestInit::new();
    if let Some(body) = body {
        init.set_method("POST");
        keep_alive(&init, &body);
        init.set_body(&body.into());
    }
    let response = JsFuture::from(window.fetch_with_str_and_init(path, &init)).await;
    let response: Response = response.and_then(JsValue::dyn_into).ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    Some(Reply {
        ok: response.ok(),
        text: text.as_string()?,
    })
}

/// Lets a small request arrive even if its page is left just after.
fn keep_alive(init: &RequestInit, body: &UrlSearchParams) {
    let is_small = body.to_string().length() < MAX_KEEPALIVE;
    // It fails only for a read-only object, and this one is ours.
    let _ = js_sys::Reflect::set(init, &"keepalive".into(), &is_small.into());
}
