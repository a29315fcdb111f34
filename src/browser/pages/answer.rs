//! Asking the server for a page.

use crate::routes::attributes::KEY;
use crate::routes::{TRAY_KEY, WITHOUT_ISLANDS};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Request, RequestInit, Response, SupportedType, Url, UrlSearchParams,
    Window,
};

/// Tells the server that the islands are drawn here, and the tray known.
const BARE: (&str, &str) = (WITHOUT_ISLANDS, "1");

/// What came of asking for a page.
pub enum Answer {
    /// The page, and the address that it came from in the end.
    Page(Document, Url),
    /// Something that only a new document can show.
    Other(Response),
    /// The server did not answer, or cannot now.
    Unreachable,
}

/// The question for the page at an address, or for what comes of a form's fields.
pub fn question(to: &str, fields: Option<UrlSearchParams>) -> Option<Request> {
    let init = RequestInit::new();
    let headers = js_sys::Array::new();
    for (name, value) in [("accept", "text/html"), BARE] {
        headers.push(&js_sys::Array::of2(&name.into(), &value.into()));
    }
    init.set_headers(&headers);
    if let Some(fields) = fields {
        init.set_method("POST");
        init.set_body(&fields);
    }
    Request::new_with_str_and_init(to, &init).ok()
}

/// Asks it for a document, which has one language.
pub async fn ask(window: &Window, document: &Document, asked: &Request) -> Answer {
    let answer = answer(window, document, asked).await;
    answer.unwrap_or(Answer::Unreachable)
}

async fn answer(window: &Window, document: &Document, asked: &Request) -> Option<Answer> {
    let answer = JsFuture::from(window.fetch_with_request(asked)).await;
    let response: Response = answer.and_then(JsValue::dyn_into).ok()?;
    if response.status() >= 500 {
        // It will be well again, and until then the page that stands here is the better one.
        return None;
    }
    let kind = response.headers().get("content-type").ok()?;
    if !kind.is_some_and(|kind| kind.starts_with("text/html")) {
        return Some(Answer::Other(response));
    }
    let html = JsFuture::from(response.text().ok()?).await.ok()?;
    let page = (DomParser::new().ok()?)
        .parse_from_string(&html.as_string()?, SupportedType::TextHtml)
        .ok()?;
    if !has_tray(&page) || language(&page) != language(document) {
        return Some(Answer::Other(response));
    }
    Some(Answer::Page(page, Url::new(&response.url()).ok()?))
}

/// A notice has none.
fn has_tray(page: &Document) -> bool {
    let tray = page.query_selector(&format!("[{KEY}='{TRAY_KEY}']"));
    tray.is_ok_and(|tray| tray.is_some())
}

fn language(document: &Document) -> Option<String> {
    document.document_element()?.get_attribute("lang")
}
