//! Who may ask at all: in local mode whoever sits at this machine, and no foreign page.
//!
//! A page of another site can make a browser send requests here. Its `Origin` or `Sec-Fetch-Site`
//! betrays it; one that makes its own name resolve to loopback (DNS rebinding) is betrayed by `Host`.

use super::WebState;
use super::body::LONGEST_BODY;
use super::problem::ApiError;
use crate::routes::api;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use http_body_util::Limited;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// How much of a body that is too large is read, so that the client gets to read the answer.
const DRAINED_BYTES: usize = 16 << 20;
const DRAINING: Duration = Duration::from_secs(5);

/// Lets a request through, or answers why not.
pub async fn check(State(state): State<WebState>, request: Request, next: Next) -> Response {
    if let Err(problem) = allowed(&request, state.leptos.site_addr) {
        return problem.into_response();
    }
    if announced_length(request.headers()).is_some_and(|length| length > LONGEST_BODY as u64) {
        drain(request.into_body()).await;
        return ApiError::too_large().into_response();
    }
    let request = request.map(|body| Body::new(Limited::new(body, LONGEST_BODY)));
    next.run(request).await
}

fn allowed(request: &Request, listening: SocketAddr) -> Result<(), ApiError> {
    let headers = request.headers();
    let host = host(request).ok_or_else(foreign_host)?;
    if !is_ours(&host, listening.port()) {
        return Err(foreign_host());
    }
    let mut origins = headers.get_all(header::ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (None, _) => may_have_no_origin(request).then_some(()),
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

/// The one name that the client asked for; none when it is missing, unreadable or ambiguous.
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

/// Whether a `Host` is a loopback name or address with our port.
fn is_ours(host: &str, port: u16) -> bool {
    let (name, given) = match host.rsplit_once(':') {
        // The colons of a bare IPv6 address stand inside brackets.
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

/// Programs send neither header; browsers say where a request without `Origin` comes from.
fn may_have_no_origin(request: &Request) -> bool {
    let headers = request.headers();
    let said = |name: &str| headers.get(name).map(axum::http::HeaderValue::as_bytes);
    match said("sec-fetch-site") {
        None | Some(b"same-origin" | b"none") => true,
        // A link on another site may lead to a page; it reads nothing and changes nothing.
        Some(_) => {
            request.method() == Method::GET
                && said("sec-fetch-mode") == Some(b"navigate")
                && said("sec-fetch-dest") == Some(b"document")
                && !api::contains(request.uri().path())
        }
    }
}

fn announced_length(headers: &HeaderMap) -> Option<u64> {
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
    let _ = tokio::time::timeout(DRAINING, reading).await;
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_loopback_with_our_port_is_ours() {
        for (host, ours) in [
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
            assert_eq!(is_ours(host, 3000), ours, "{host}");
        }
        assert!(is_ours("localhost", 80));
        assert!(is_ours("[::1]", 80));
    }
}
