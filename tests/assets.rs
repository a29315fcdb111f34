//! Caching of the site's files and drawings: browsers revalidate them and never show a stale one.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test fails where something is not as it must be"
)]

use std::fs;
use testkit::server::{Answer, Server, answer};

const STYLE: &str = "/pkg/jobtray.css";

/// A server with a style sheet, plain and compressed.
async fn server() -> Server {
    let server = Server::start().await;
    write(&server, "jobtray.css", "a { color: red }");
    write(&server, "jobtray.css.br", "brotli");
    server
}

fn write(server: &Server, name: &str, text: &str) {
    let folder = server.data.path().join("site/pkg");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
}

async fn get_with(server: &Server, path: &str, headers: &[(&str, &str)]) -> Answer {
    let start = server.request("GET", path);
    let request = (headers.iter()).fold(start, |request, (name, value)| {
        request.header(*name, *value)
    });
    answer(request).await
}

fn etag(answer: &Answer) -> &str {
    answer.header("etag").unwrap()
}

#[tokio::test]
async fn an_unchanged_file_is_answered_with_304() {
    let server = server().await;
    let first = server.get(STYLE).await;
    assert_eq!(
        (first.status.as_u16(), first.text.as_str()),
        (200, "a { color: red }")
    );
    assert_eq!(first.header("cache-control"), Some("no-cache"));
    assert_eq!(first.header("vary"), Some("accept-encoding"));

    let again = get_with(&server, STYLE, &[("If-None-Match", etag(&first))]).await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
    for name in ["etag", "cache-control", "vary", "last-modified"] {
        assert_eq!(again.header(name), first.header(name), "{name}");
    }
    assert_eq!(again.header("content-type"), None);

    write(&server, "jobtray.css", "a { color: orange }");
    // By its modification time, which has whole seconds, the file has not changed.
    let since = first.header("last-modified").unwrap();
    let headers = [
        ("If-None-Match", etag(&first)),
        ("If-Modified-Since", since),
    ];
    let changed = get_with(&server, STYLE, &headers).await;
    assert_eq!(
        (changed.status.as_u16(), changed.text.as_str()),
        (200, "a { color: orange }")
    );
    assert_ne!(etag(&changed), etag(&first));
}

#[tokio::test]
async fn a_client_can_revalidate_by_the_modification_time_alone() {
    let server = server().await;
    let first = server.get(STYLE).await;
    let since = first.header("last-modified").unwrap();
    let again = get_with(&server, STYLE, &[("If-Modified-Since", since)]).await;
    assert_eq!(again.status, 304);
    assert_eq!(again.header("vary"), Some("accept-encoding"));
}

#[tokio::test]
async fn compressed_and_plain_responses_differ_in_their_etag() {
    let server = server().await;
    let plain = server.get(STYLE).await;
    let brotli = ("Accept-Encoding", "gzip, br");
    let small = get_with(&server, STYLE, &[brotli]).await;
    assert_eq!(small.text, "brotli");
    assert_eq!(small.header("content-encoding"), Some("br"));
    assert_eq!(small.header("content-type"), Some("text/css"));
    assert_eq!(small.header("vary"), Some("accept-encoding"));
    assert_ne!(etag(&small), etag(&plain));
    let again = get_with(&server, STYLE, &[brotli, ("If-None-Match", etag(&small))]).await;
    assert_eq!(again.status, 304);
    let other = get_with(&server, STYLE, &[brotli, ("If-None-Match", etag(&plain))]).await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn a_range_has_the_etag_of_the_whole_file_and_is_not_combined_with_an_old_one() {
    let server = server().await;
    let whole = server.get(STYLE).await;
    let range = ("Range", "bytes=0-1");
    let part = get_with(&server, STYLE, &[range]).await;
    assert_eq!((part.status.as_u16(), part.text.as_str()), (206, "a "));
    assert_eq!(etag(&part), etag(&whole));
    let resumed = get_with(&server, STYLE, &[range, ("If-Range", "W/\"old\"")]).await;
    assert_eq!((resumed.status.as_u16(), resumed.text), (200, whole.text));
}

#[tokio::test]
async fn an_unchanged_drawing_is_answered_with_304() {
    let server = server().await;
    let characters = server.get("/api/v1/characters?limit=1").await.json();
    let path = format!(
        "/art/{}.svg",
        characters["items"][0]["id"].as_str().unwrap()
    );
    let first = server.get(&path).await;
    assert_eq!(first.status, 200);
    assert_eq!(
        first.header("cache-control"),
        Some("private, max-age=86400")
    );
    let again = get_with(&server, &path, &[("If-None-Match", etag(&first))]).await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
    assert_eq!(
        again.header("cache-control"),
        Some("private, max-age=86400")
    );
    let figure = server.get(&format!("{path}?figure")).await;
    assert_ne!(etag(&figure), etag(&first));
}

#[tokio::test]
async fn a_missing_file_is_answered_with_404() {
    let server = server().await;
    let none = get_with(&server, "/pkg/none.css", &[("If-None-Match", "*")]).await;
    assert_eq!(none.status, 404);
    assert_eq!(none.header("etag"), None);
}
