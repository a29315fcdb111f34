//! Which requests are answered: in local mode those of programs and pages on this machine.
//!
//! A page of another site can make a browser send requests here; its `Origin` or `Sec-Fetch-Site` shows
//! that. A site that makes its own name resolve to loopback (DNS rebinding) is recognised by `Host`.

use super::WebState;
use super::api_error::ApiError;
use super::body::MAX_BODY;
use crate::routes::api;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use http_body_util::Limited;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// How much of a body that is too large is read, and for how long: a client that is still sending does
/// not read the response.
const DRAINED_BYTES: usize = 16 << 20;
const DRAIN_TIME: Duration = Duration::from_secs(5);

/// Passes a request on, or responds with the reason why it is rejected.
pub async fn check(State(state): State<WebState>, request: Request, next: Next) -> Response {
    if let Err(error) = allowed(&request, state.leptos.site_addr) {
        return error.into_response();
    }
    if content_length(request.headers()).is_some_and(|length| length > MAX_BODY as u64) {
        drain(request.into_body()).await;
        return ApiError::too_large().into_response();
    }
    let request = request.map(|body| Body::new(Limited::new(body, MAX_BODY)));
    next.run(request).await
}

fn allowed(request: &Request, listening: SocketAddr) -> Result<(), ApiError> {
    let headers = request.headers();
    let host = host(request).ok_or_else(foreign_host)?;
    if !is_own_host(&host, listening.port()) {
        return Err(foreign_host());
    }
    let mut origins = headers.get_all(header::ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (None, _) => may_lack_origin(request).then_some(()),
        (Some(origin), None) => origin
            .to_str()
            .ok()
            .and_then(|origin| origin.strip_prefix("http://"))
            .filter(|origin| origin.eq_ignore_ascii_case(&host))
            .map(|_| ()),
        _ => None,
    }
    .ok_or_else(|| {
        ApiError::forbidden(
            "foreign_origin",
            "This request comes from a page of another site.",
        )
    })
}

fn foreign_host() -> ApiError {
    ApiError::forbidden(
        "foreign_host",
        "This server answers only to localhost and loopback addresses with its own port.",
    )
}

/// The host that the client addressed; none if it is missing, not text, or ambiguous.
fn host(request: &Request) -> Option<String> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let named = match (hosts.next(), hosts.next()) {
        (Some(host), None) => Some(host.to_str().ok()?),
        (None, _) => None,
        _ => return None,
    };
    let target = request
        .uri()
        .authority()
        .map(axum::http::uri::Authority::as_str);
    match (named, target) {
        (Some(named), Some(target)) if !named.eq_ignore_ascii_case(target) => None,
        (named, target) => named.or(target).map(str::to_owned),
    }
}

/// Whether a `Host` is a loopback name or address with the port that the server listens on.
fn is_own_host(host: &str, port: u16) -> bool {
    let (name, given) = match host.rsplit_once(':') {
        // The colons of an IPv6 address are inside brackets.
        Some((name, digits)) if !digits.ends_with(']') => match digits.parse() {
            Ok(given) if digits.bytes().all(|b| b.is_ascii_digit()) => (name, given),
            _ => return false,
        },
        _ => (host, 80),
    };
    let address = match name.strip_prefix('[') {
        Some(inner) => inner
            .strip_suffix(']')
            .and_then(|ip| ip.parse().ok())
            .map(IpAddr::V6),
        None => name.parse().ok().map(IpAddr::V4),
    };
    let loopback = match address {
        Some(address) => address.is_loopback(),
        None => name.eq_ignore_ascii_case("localhost"),
    };
    loopback && given == port
}

/// Programs send neither header; browsers say with `Sec-Fetch-Site` where a request without `Origin` comes from.
fn may_lack_origin(request: &Request) -> bool {
    let headers = request.headers();
    let value = |name: &str| headers.get(name).map(HeaderValue::as_bytes);
    match value("sec-fetch-site") {
        None | Some(b"same-origin" | b"none") => true,
        // A link on another site may lead to a page: the other site cannot read it, and it changes nothing.
        Some(_) => {
            request.method() == Method::GET
                && value("sec-fetch-mode") == Some(b"navigate")
                && value("sec-fetch-dest") == Some(b"document")
                && !api::contains(request.uri().path())
        }
    }
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

async fn drain(body: Body) {
    let mut parts = body.into_data_stream();
    let mut left = DRAINED_BYTES;
    let reading = async {
        while let Some(Ok(part)) = parts.next().await {
            left = left.saturating_sub(part.len());
            if left == 0 {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(DRAIN_TIME, reading).await;
}

#[cfg(test)]
mod tests {
    use super::is_own_host;

    #[test]
    fn only_loopback_with_the_own_port_is_an_own_host() {
        for (host, expected) in [
            ("localhost:3000", true),
            ("LOCALHOST:3000", true),
            ("127.0.0.1:3000", true),
            ("127.1.2.3:3000", true),
            ("[::1]:3000", true),
            ("localhost", false),
            ("localhost:3001", false),
            ("localhost:+3000", false),
            ("localhost.evil.example:3000", false),
            ("evil.example:3000", false),
            ("192.168.0.1:3000", false),
            ("[::2]:3000", false),
            ("::1:3000", false),
            ("", false),
        ] {
            assert_eq!(is_own_host(host, 3000), expected, "{host}");
        }
        assert!(is_own_host("localhost", 80));
        assert!(is_own_host("[::1]", 80));
    }
}
