//! The site's files and drawings: kept by browsers, asked for again, and never stale.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test fails where something is not as it must be"
)]

use std::fs;
use testkit::server::{Answer, Server, answer};

const STYLE: &str = "/pkg/jobtray.css";

/// A server with a style sheet, as it is and compressed.
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

async fn ask(server: &Server, path: &str, headers: &[(&str, &str)]) -> Answer {
    let start = server.request("GET", path);
    let request = (headers.iter()).fold(start, |request, (name, value)| {
        request.header(*name, *value)
    });
    answer(request).await
}

fn tag(answer: &Answer) -> &str {
    answer.header("etag").unwrap()
}

#[tokio::test]
async fn a_file_is_sent_once_for_as_long_as_it_is_the_same() {
    let server = server().await;
    let first = server.get(STYLE).await;
    assert_eq!(
        (first.status.as_u16(), first.text.as_str()),
        (200, "a { color: red }")
    );
    assert_eq!(first.header("cache-control"), Some("no-cache"));
    assert_eq!(first.header("vary"), Some("accept-encoding"));

    let again = ask(&server, STYLE, &[("If-None-Match", tag(&first))]).await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
    for name in ["etag", "cache-control", "vary", "last-modified"] {
        assert_eq!(again.header(name), first.header(name), "{name}");
    }
    assert_eq!(again.header("content-type"), None);

    write(&server, "jobtray.css", "a { color: orange }");
    // The time alone, in whole seconds, would say that nothing changed.
    let since = first.header("last-modified").unwrap();
    let asked = [("If-None-Match", tag(&first)), ("If-Modified-Since", since)];
    let changed = ask(&server, STYLE, &asked).await;
    assert_eq!(
        (changed.status.as_u16(), changed.text.as_str()),
        (200, "a { color: orange }")
    );
    assert_ne!(tag(&changed), tag(&first));
}

#[tokio::test]
async fn a_time_is_enough_for_clients_without_tags() {
    let server = server().await;
    let first = server.get(STYLE).await;
    let since = first.header("last-modified").unwrap();
    let again = ask(&server, STYLE, &[("If-Modified-Since", since)]).await;
    assert_eq!(again.status, 304);
    assert_eq!(again.header("vary"), Some("accept-encoding"));
}

#[tokio::test]
async fn compressed_and_plain_responses_differ_in_their_etag() {
    let server = server().await;
    let plain = server.get(STYLE).await;
    let brotli = ("Accept-Encoding", "gzip, br");
    let small = ask(&server, STYLE, &[brotli]).await;
    assert_eq!(small.text, "brotli");
    assert_eq!(small.header("content-encoding"), Some("br"));
    assert_eq!(small.header("content-type"), Some("text/css"));
    assert_eq!(small.header("vary"), Some("accept-encoding"));
    assert_ne!(tag(&small), tag(&plain));
    let again = ask(&server, STYLE, &[brotli, ("If-None-Match", tag(&small))]).await;
    assert_eq!(again.status, 304);
    let other = ask(&server, STYLE, &[brotli, ("If-None-Match", tag(&plain))]).await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn a_part_has_the_tag_of_the_whole_and_is_not_mixed_with_another() {
    let server = server().await;
    let whole = server.get(STYLE).await;
    let range = ("Range", "bytes=0-1");
    let part = ask(&server, STYLE, &[range]).await;
    assert_eq!((part.status.as_u16(), part.text.as_str()), (206, "a "));
    assert_eq!(tag(&part), tag(&whole));
    let resumed = ask(&server, STYLE, &[range, ("If-Range", "W/\"old\"")]).await;
    assert_eq!((resumed.status.as_u16(), resumed.text), (200, whole.text));
}

#[tokio::test]
async fn a_drawing_is_kept_and_sent_once() {
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
    let again = ask(&server, &path, &[("If-None-Match", tag(&first))]).await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
    assert_eq!(
        again.header("cache-control"),
        Some("private, max-age=86400")
    );
    let figure = server.get(&format!("{path}?figure")).await;
    assert_ne!(tag(&figure), tag(&first));
}

#[tokio::test]
async fn a_page_that_is_not_there_is_no_file() {
    let server = server().await;
    let none = ask(&server, "/pkg/none.css", &[("If-None-Match", "*")]).await;
    assert_eq!(none.status, 404);
    assert_eq!(none.header("etag"), None);
}
