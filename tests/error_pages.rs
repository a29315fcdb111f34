//! Errors outside the API: a page for people, problem+json (RFC 9457) for programs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test fails where something is not as it must be"
)]

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Executor};
use testkit::server::{Answer, Server, answer};

/// The `Accept` header that browsers send when they navigate.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

async fn send(server: &Server, method: &str, path: &str, headers: [(&str, &str); 2]) -> Answer {
    let mut request = server.request(method, path);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    answer(request).await
}

fn assert_page(answer: &Answer, status: u16, lang: &str, expected: &str) {
    let what = format!("{expected}: {answer:?}");
    assert_eq!(answer.status.as_u16(), status, "{what}");
    let kind = answer.header("content-type");
    assert_eq!(kind, Some("text/html; charset=utf-8"), "{what}");
    assert_eq!(answer.header("vary"), Some("accept"), "{what}");
    let html = format!("<html lang=\"{lang}\">");
    for part in [html.as_str(), expected, "/pkg/jobtray.css"] {
        assert!(answer.text.contains(part), "{part}: {what}");
    }
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("style-src 'self'"), "{what}");
    assert!(policy.contains("default-src 'none'"), "{what}");
    for part in ["<script", "style="] {
        assert!(!answer.text.contains(part), "{part}: {what}");
    }
}

fn assert_problem(answer: &Answer, status: u16) {
    assert_eq!(answer.status.as_u16(), status, "{answer:?}");
    let kind = answer.header("content-type");
    assert_eq!(kind, Some("application/problem+json"), "{answer:?}");
    assert_eq!(answer.json()["status"], status);
}

#[tokio::test]
async fn an_error_is_a_page_for_people_and_problem_json_for_programs() {
    let server = Server::start().await;
    let port = server.address.port();
    let foreign = format!("evil.example:{port}");
    let french = ("Accept-Language", "fr");
    for (method, path, header, status, lang, expected) in [
        (
            "POST",
            "/characters",
            french,
            405,
            "fr",
            "ne s’utilise pas ainsi",
        ),
        (
            "DELETE",
            "/nothing",
            french,
            405,
            "fr",
            "ne s’utilise pas ainsi",
        ),
        (
            "GET",
            "/art/none.svg",
            french,
            404,
            "fr",
            "Page introuvable",
        ),
        (
            "GET",
            "/",
            ("Host", foreign.as_str()),
            403,
            "en",
            "localhost",
        ),
        ("POST", "/", ("Origin", "null"), 403, "en", "another site"),
    ] {
        let page = send(&server, method, path, [("Accept", BROWSER), header]).await;
        assert_page(&page, status, lang, expected);
        let allows = page
            .header("allow")
            .is_some_and(|allow| allow.contains("GET"));
        assert!(allows || status != 405, "{method} {path}");
        for accept in ["*/*", "application/json"] {
            let answer = send(&server, method, path, [("Accept", accept), header]).await;
            assert_problem(&answer, status);
            assert_eq!(answer.header("vary"), Some("accept"));
        }
    }
}

#[tokio::test]
async fn the_api_answers_with_problem_json_whatever_the_accept_header() {
    let server = Server::start().await;
    for (method, path, status) in [
        ("GET", "/api", 404),
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/api/v1/jobs", 405),
    ] {
        let accept = [("Accept", BROWSER), ("Accept-Language", "fr")];
        assert_problem(&send(&server, method, path, accept).await, status);
    }
}

#[tokio::test]
async fn an_error_page_is_in_the_chosen_language() {
    let server = Server::start().await;
    let settings = serde_json::json!({ "language": "fr" });
    server.send("PUT", "/api/v1/me/settings", settings).await;
    let english = [("Accept", BROWSER), ("Accept-Language", "en")];
    let page = send(&server, "POST", "/characters", english).await;
    assert_page(&page, 405, "fr", "ne s’utilise pas ainsi");
}

#[tokio::test]
async fn an_unavailable_store_gives_a_page_with_a_retry_link() {
    let server = Server::start_on_file().await;
    let mut other = SqliteConnectOptions::new()
        .filename(server.database())
        .connect()
        .await
        .unwrap();
    other
        .execute("alter table users rename to gone")
        .await
        .unwrap();
    let french = ("Accept-Language", "fr");
    let page = send(&server, "GET", "/jobs", [("Accept", BROWSER), french]).await;
    assert_page(&page, 503, "fr", "Réessayez dans un moment");
    assert!(page.text.contains("href=\"\""), "a link to the same page");
    assert!(page.header("retry-after").is_some());
    let program = send(&server, "GET", "/jobs", [("Accept", "*/*"), french]).await;
    assert_problem(&program, 503);
    let form = send(
        &server,
        "POST",
        "/forms/settings",
        [("Accept", BROWSER), french],
    )
    .await;
    assert_page(&form, 503, "fr", "Retour à l’accueil");

    other
        .execute("alter table gone rename to users")
        .await
        .unwrap();
    let page = send(&server, "GET", "/jobs", [("Accept", BROWSER), french]).await;
    assert_eq!(page.status, 200, "service returns");
}
