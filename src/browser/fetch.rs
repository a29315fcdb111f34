//! Requests to our own server.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{FormData, HtmlFormElement, RequestInit, Response, UrlSearchParams};

/// Bytes of a request that may outlive its page; the Fetch standard lets all of them together have 64 KiB.
const KEPT_ALIVE: u32 = 8 * 1024;

/// What the server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status was 2xx.
    pub ok: bool,
    pub text: String,
}

/// Gets a path of the page's own origin; none when the server cannot be reached, and always on
/// the server.
pub async fn get(path: String) -> Option<Reply> {
    ask(&path, None).await
}

/// Posts a form's fields to a path of the page's own origin, and calls with the answer; with
/// none when the server cannot be reached. Never calls on the server.
pub fn post(path: &str, fields: &[(&str, &str)], done: impl FnOnce(Option<Reply>) + 'static) {
    if let Some(body) = fields_of(fields) {
        send(path.to_owned(), body, Box::new(done));
    }
}

/// Sends what stands in a form to a path, as [`post`] does.
pub(super) fn send_fields(
    path: String,
    form: &HtmlFormElement,
    done: impl FnOnce(Option<Reply>) + 'static,
) {
    if let Some(body) = fields(form) {
        send(path, body, Box::new(done));
    }
}

type Done = Box<dyn FnOnce(Option<Reply>)>;

fn send(path: String, body: UrlSearchParams, done: Done) {
    spawn_local(async move { done(ask(&path, Some(body)).await) });
}

fn fields_of(fields: &[(&str, &str)]) -> Option<UrlSearchParams> {
    let body = super::IN_PAGE
        .then(UrlSearchParams::new)
        .and_then(Result::ok)?;
    for (name, value) in fields {
        body.append(name, value);
    }
    Some(body)
}

/// What stands in a form's fields.
pub(super) fn fields(form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let data: JsValue = FormData::new_with_form(form).ok()?.into();
    UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
}

async fn ask(path: &str, body: Option<UrlSearchParams>) -> Option<Reply> {
    let window = super::IN_PAGE.then(web_sys::window)??;
    let init = RequestInit::new();
    if let Some(body) = body {
        init.set_method("POST");
        keep_alive(&init, &body);
        init.set_body(&body.into());
    }
    let answer = JsFuture::from(window.fetch_with_str_and_init(path, &init)).await;
    let response: Response = answer.and_then(JsValue::dyn_into).ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    Some(Reply {
        ok: response.ok(),
        text: text.as_string()?,
    })
}

/// What a person said just before they left the page arrives all the same.
fn keep_alive(init: &RequestInit, body: &UrlSearchParams) {
    let small = body.to_string().length() < KEPT_ALIVE;
    // It fails only for an object that cannot be written, and this one is ours.
    let _ = js_sys::Reflect::set(init, &"keepalive".into(), &small.into());
}
