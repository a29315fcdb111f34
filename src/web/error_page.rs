//! Errors as HTML pages, for people; programs get the same errors as JSON.

use super::api_error::ApiError;
use super::headers::ERROR_PAGE_POLICY;
use super::{WebState, pages};
use crate::i18n::error_page::{TRY_AGAIN, error_page};
use crate::i18n::{Lang, pages as messages};
use crate::routes::{self, FAVICON, STYLE_SHEET, api};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

/// Turns an error outside the API into a page if the client prefers HTML.
pub async fn for_people(State(state): State<WebState>, request: Request, next: Next) -> Response {
    if api::contains(request.uri().path()) {
        return next.run(request).await;
    }
    let wants_page = prefers_page(request.headers());
    let lang = pages::requested_language(request.headers());
    let can_retry = *request.method() == Method::GET;
    let mut response = next.run(request).await;
    let Some(error) = response.extensions_mut().remove::<ApiError>() else {
        return response;
    };
    let (mut parts, body) = response.into_parts();
    parts
        .headers
        .append(header::VARY, HeaderValue::from_static("accept"));
    if !wants_page {
        return Response::from_parts(parts, body);
    }
    let lang = match error.status() {
        // The store cannot answer, or the client has no right to the user's settings.
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::FORBIDDEN => lang,
        _ => chosen_language(&state).await.unwrap_or(lang),
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, ERROR_PAGE_POLICY),
    ] {
        parts.headers.insert(name, HeaderValue::from_static(value));
    }
    Response::from_parts(parts, Body::from(page(lang, &error, can_retry)))
}

async fn chosen_language(state: &WebState) -> Option<Lang> {
    let settings = state.studio.settings(&state.local).await.ok()?;
    settings.language
}

/// Whether the client names HTML and prefers it to JSON. Browsers name it; programs name JSON or
/// accept anything.
fn prefers_page(headers: &HeaderMap) -> bool {
    let (mut page, mut json) = (0.0_f32, 0.0_f32);
    let accepted = headers.get_all(header::ACCEPT).iter();
    for range in accepted
        .filter_map(|value| value.to_str().ok())
        .flat_map(|all| all.split(','))
    {
        let mut parts = range.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        let weight = weight.map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        if kind == "text/html" {
            page = page.max(weight);
        } else if kind == "application/json" || kind.ends_with("+json") {
            json = json.max(weight);
        }
    }
    page > json
}

/// The page. It contains nothing from the request.
fn page(lang: Lang, error: &ApiError, can_retry: bool) -> String {
    let (head, why) = error_page(error.code());
    let unavailable = error.status() == StatusCode::SERVICE_UNAVAILABLE;
    // An empty link leads to the current address.
    let (link, label) = if unavailable && can_retry {
        ("", TRY_AGAIN)
    } else {
        (routes::pages::HOME, messages::BACK_HOME)
    };
    let [head, why, label] = [head, why, label].map(|text| text.get(lang));
    let lang = lang.as_str();
    format!(
        r#"<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{head} · jobtray</title>
<link rel="icon" href="{FAVICON}" type="image/svg+xml">
<link rel="stylesheet" href="{STYLE_SHEET}">
</head>
<body>
<main id="content">
<section class="notice">
<h1>{head}</h1>
<p>{why}</p>
<a class="button" href="{link}">{label}</a>
</section>
</main>
</body>
</html>
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_needs_html_to_be_named_and_preferred() {
        for (accept, expected) in [
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                true,
            ),
            ("TEXT/HTML", true),
            ("application/json;q=0.5, text/html;q=0.9", true),
            ("text/html;q=0.5, application/problem+json", false),
            ("application/json, text/html", false),
            ("text/html;q=0", false),
            ("*/*", false),
            ("image/avif,image/svg+xml,*/*;q=0.8", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            assert_eq!(prefers_page(&headers), expected, "{accept}");
        }
    }
}
