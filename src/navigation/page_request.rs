//! A request for a page, and its response.

use crate::routes::attributes::KEY;
use crate::routes::{TRAY_KEY, WITHOUT_ISLANDS};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Request, RequestInit, Response, SupportedType, Url, UrlSearchParams,
    Window,
};

/// The islands are rendered here, by a tray that knows more than the server's HTML.
const HEADERS: [(&str, &str); 2] = [("accept", "text/html"), (WITHOUT_ISLANDS, "1")];

/// The response to a request for a page.
pub enum PageResponse {
    /// A page, and its address after all redirects.
    Page(Document, Url),
    /// Something that only a new document can show.
    Other(Response),
    /// The server cannot be reached, or cannot answer now.
    Unreachable,
}

/// A request for the page at an address; with `fields`, a form submission.
pub fn page_request(address: &str, fields: Option<UrlSearchParams>) -> Option<Request> {
    let init = RequestInit::new();
    let headers = js_sys::Array::new();
    for (name, value) in HEADERS {
        headers.push(&js_sys::Array::of2(&name.into(), &value.into()));
    }
    init.set_headers(&headers);
    if let Some(fields) = fields {
        init.set_method("POST");
        init.set_body(&fields);
    }
    Request::new_with_str_and_init(address, &init).ok()
}

/// Sends a request for a page that is to be shown in `document`.
pub async fn fetch_page(window: &Window, document: &Document, request: &Request) -> PageResponse {
    let response = read(window, document, request).await;
    response.unwrap_or(PageResponse::Unreachable)
}

async fn read(window: &Window, document: &Document, request: &Request) -> Option<PageResponse> {
    let response = JsFuture::from(window.fetch_with_request(request)).await;
    let response: Response = response.and_then(JsValue::dyn_into).ok()?;
    if response.status() >= 500 {
        // The server will recover. Until then the page that is shown is better than an error.
        return None;
    }
    let media_type = response.headers().get("content-type").ok()?;
    if !media_type.is_some_and(|media_type| media_type.starts_with("text/html")) {
        return Some(PageResponse::Other(response));
    }
    let html = JsFuture::from(response.text().ok()?).await.ok()?;
    let page = (DomParser::new().ok()?)
        .parse_from_string(&html.as_string()?, SupportedType::TextHtml)
        .ok()?;
    // A page in another language needs a new document, because the islands that stay have their own.
    if !has_tray(&page) || language(&page) != language(document) {
        return Some(PageResponse::Other(response));
    }
    let url = Url::new(&response.url()).ok()?;
    Some(PageResponse::Page(page, url))
}

/// The plain error pages that the server sends where it cannot render a page have no tray.
fn has_tray(page: &Document) -> bool {
    let tray = page.query_selector(&format!("[{KEY}='{TRAY_KEY}']"));
    tray.is_ok_and(|tray| tray.is_some())
}

fn language(document: &Document) -> Option<String> {
    document.document_element()?.get_attribute("lang")
}
