//! Pages as the server renders them: whole for a new document, and bare for a page that navigates without a new
//! document and renders the islands itself.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where something is not as it must be"
)]

mod vessels;

use jobtray::i18n::Lang;
use jobtray::islands::Island;
use jobtray::job::Timestamp;
use jobtray::validation::FieldError;
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};
use testkit::server::{Answer, Server, answer};

async fn bare(server: &Server, path: &str) -> Answer {
    answer(server.request("GET", path).header("x-jobtray-bare", "1")).await
}

/// The path of a page of each kind. The demo studio has one running job.
async fn pages(server: &Server) -> Vec<String> {
    let first = async |list: &str| {
        let found = server.get(&format!("/api/v1/{list}")).await.json();
        found["items"][0]["id"].as_str().unwrap().to_owned()
    };
    let job = json!({"type": "bake", "name": "Baking <bread>", "input": {}, "external": true});
    let job = server.send("POST", "/api/v1/jobs", job).await;
    assert_eq!(job.status, 422, "{job:?}");
    // A name cannot contain markup, but a step can. It must not end the script that embeds it.
    let id = &submit_job(server).await;
    let report = json!({"state": "running", "currentStep": "</script><b>"});
    let reported = server
        .send("PATCH", &format!("/api/v1/jobs/{id}"), report)
        .await;
    assert_eq!(reported.status, 200, "{reported:?}");
    vec![
        "/".to_owned(),
        "/characters".to_owned(),
        format!("/characters/{}", first("characters").await),
        format!("/scenes/{}", first("scenes").await),
        "/stories".to_owned(),
        "/vessels".to_owned(),
        "/learn".to_owned(),
        "/jobs".to_owned(),
        format!("/jobs/{id}"),
        "/settings".to_owned(),
        "/nowhere".to_owned(),
    ]
}

/// Each island of a page, and whether the server rendered an element in it.
fn islands(html: &str) -> Vec<(Island, bool)> {
    (html.split("<job-island ").skip(1))
        .map(|part| {
            let (head, rest) = part.split_once('>').unwrap();
            let json = head.split("data-island=\"").nth(1).unwrap();
            let json = json.split('"').next().unwrap();
            let json = (json.replace("&quot;", "\"").replace("&lt;", "<"))
                .replace("&gt;", ">")
                .replace("&amp;", "&");
            let island = serde_json::from_str(&json).unwrap_or_else(|_| panic!("{json}"));
            let inside = rest.split("</job-island>").next().unwrap();
            // A comment is not an element.
            let is_element = |tag: &str| tag.starts_with(|first: char| first.is_ascii_lowercase());
            let is_rendered = inside.split('<').any(is_element);
            (island, is_rendered)
        })
        .collect()
}

/// Submits a job that stays queued, and returns its id.
async fn submit_job(server: &Server) -> String {
    let job = json!({"type": "bake", "name": "Baking bread", "input": {}, "external": true});
    let job = server.send("POST", "/api/v1/jobs", job).await.json();
    job["jobId"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_page_is_rendered_whole_with_its_islands() {
    let server = Server::start().await;
    for path in pages(&server).await {
        let page = server.get(&path).await;
        let islands = islands(&page.text);
        assert_eq!(islands[0].0, Island::Tray, "{path}");
        for (island, is_rendered) in islands {
            let is_empty = matches!(
                island,
                Island::Fresh(..) | Island::Following(..) | Island::Seen(_) | Island::Settings
            );
            assert_eq!(is_rendered, !is_empty, "{path}: {island:?}");
        }
        let start = page.text.split("id=\"start\">").nth(1).unwrap();
        let (start, rest) = start.split_once("</script>").unwrap();
        let start: serde_json::Value = serde_json::from_str(start).unwrap();
        let step = &start["jobs"][0]["currentStep"];
        assert_eq!(step, "</script><b>", "{path}");
        assert!(!rest.contains("<b>"), "{path}");
        assert!(page.text.contains("data-running=\"1\""), "{path}");
    }
}

#[tokio::test]
async fn a_bare_page_leaves_its_islands_to_the_browser() {
    let server = Server::start().await;
    for path in pages(&server).await {
        let (whole, bare) = (server.get(&path).await, bare(&server, &path).await);
        assert_eq!(bare.status, whole.status, "{path}");
        let rendered: Vec<_> = (islands(&bare.text).into_iter())
            .filter(|(_, is_rendered)| *is_rendered)
            .collect();
        assert!(rendered.is_empty(), "{path}: {rendered:?}");
        assert_eq!(
            islands(&bare.text).len(),
            islands(&whole.text).len(),
            "{path}"
        );
        assert!(!bare.text.contains("id=\"start\""), "{path}");
        // A cache must not return one for the other.
        for page in [&whole, &bare] {
            let vary = page.headers.get_all("vary").iter();
            let named: Vec<_> = vary.filter_map(|name| name.to_str().ok()).collect();
            assert!(named.contains(&"x-jobtray-bare"), "{path}: {named:?}");
        }
    }
}

#[tokio::test]
async fn text_is_shown_in_its_field_as_it_was_typed() {
    let server = Server::start().await;
    let found = server.get("/api/v1/characters").await.json();
    let id = found["items"][0]["id"].as_str().unwrap();
    let typed = "</textarea><b id=\"x\">&amp; & <3";
    let fields = [
        ("id", id),
        ("name", "X121"),
        ("role", ""),
        ("age", ""),
        ("voice", ""),
        ("description", typed),
        ("tags", ""),
    ];
    let saved = answer(
        server
            .request("POST", "/forms/save_character")
            .form(&fields),
    )
    .await;
    assert_eq!(saved.status, 200, "{saved:?}");
    let page = server.get(&format!("/characters/{id}")).await.text;
    let inside = page.split("<textarea").nth(1).unwrap();
    let inside = inside.split_once('>').unwrap().1;
    let inside = inside.split("</textarea>").next().unwrap();
    // HTML ignores the line break after the tag.
    assert_eq!(
        inside,
        "\n&lt;/textarea>&lt;b id=\"x\">&amp;amp; &amp; &lt;3"
    );
}

#[tokio::test]
async fn an_invalid_form_is_rejected_and_starts_no_job() {
    let server = Server::start().await;
    for (seconds, size, seed, field) in [
        ("NaN", "320x180", "", "seconds"),
        ("inf", "320x180", "", "seconds"),
        ("1", "large", "", "size"),
        ("1", "320x", "", "size"),
        ("1", "320x180", "-1", "seed"),
    ] {
        let fields = [
            ("scene_id", "scene_1"),
            ("seconds", seconds),
            ("size", size),
            ("seed", seed),
            ("nonce", "1"),
        ];
        let rejected = answer(
            server
                .request("POST", "/forms/generate_scene")
                .form(&fields),
        )
        .await;
        assert_eq!(rejected.status, 422, "{rejected:?}");
        let named = &rejected.json()["Invalid"]["field"];
        assert_eq!(named, field, "{seconds} {size} {seed}");
    }
    let jobs = server.get("/api/v1/jobs").await.json();
    assert_eq!(jobs["jobs"], json!([]));
}

#[tokio::test]
async fn a_rejected_command_is_reported_with_and_without_scripts() {
    let server = Server::start().await;
    let id = &submit_job(&server).await;
    let press = async |id: &str, accept: &str| {
        let fields = [("job_id", id), ("command", "retry")];
        let form = server.request("POST", "/forms/change_job").form(&fields);
        let from = server.url("/learn");
        answer(form.header("accept", accept).header("referer", from)).await
    };
    let rejected = press(id, "application/json").await;
    assert_eq!(
        (rejected.status.as_u16(), rejected.text.as_str()),
        (409, "\"Refused\"")
    );
    let unknown = press("bake_0198c0de00007000800000000000beef", "application/json").await;
    assert_eq!(unknown.status, 404, "{unknown:?}");
    let plain = press(id, "text/html").await;
    assert_eq!(plain.status, 302, "{plain:?}");
    let back = plain.header("location").unwrap();
    let page = server.get(back.trim_start_matches(&server.url(""))).await;
    assert!(page.text.contains("class=\"page-note\">Too late"), "{back}");
}

#[tokio::test]
async fn the_notify_form_of_a_job_accepts_only_its_options() {
    let server = Server::start().await;
    let own = submit_job(&server).await;
    let id = own.as_str();
    let unknown = "bake_0198c0de00007000800000000000beef";
    for (id, notify, status, stored) in [
        (id, "always", 200, "always"),
        (id, "never", 200, "never"),
        (id, "loudly", 422, "never"),
        (id, "", 422, "never"),
        (unknown, "always", 404, "never"),
        ("rubbish", "always", 422, "never"),
    ] {
        let form = server.request("POST", "/forms/set_notify");
        let answer = answer(form.form(&[("job_id", id), ("notify", notify)])).await;
        assert_eq!(answer.status, status, "{id} {notify}: {answer:?}");
        let path = format!("/api/v1/jobs/{own}");
        assert_eq!(server.get(&path).await.json()["notify"], stored, "{notify}");
    }
    let page = server.get("/").await.text;
    assert!(page.contains(r#"data-bell="never""#), "{page}");
}

#[tokio::test]
async fn an_unknown_form_or_method_is_rejected() {
    let server = Server::start().await;
    for (method, path, status) in [
        ("POST", "/forms/nothing", 405),
        ("GET", "/forms/nothing", 404),
        ("GET", "/forms/change_job", 405),
        ("PUT", "/forms/settings", 405),
    ] {
        let answer = answer(server.request(method, path)).await;
        assert_eq!(
            answer.status.as_u16(),
            status,
            "{method} {path}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn an_unreadable_form_is_rejected_and_redirects_to_no_other_site() {
    let server = Server::start().await;
    let post = async |path: &str, body: &'static str, from: &str| {
        let form = server.request("POST", path).body(body);
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        answer(form.header("accept", "text/html").header("referer", from)).await
    };
    let nothing = server.request("POST", "/forms/change_job").body("");
    assert_eq!(answer(nothing).await.status, 422);
    let unknown = server.request("POST", "/forms/change_job");
    let unknown = unknown.form(&[("job_id", "bake_1"), ("command", "explode")]);
    assert_eq!(answer(unknown).await.status, 422);
    let learn = server.url("/learn");
    let rubbish = post("/forms/write_story", "prompt=%ff&nonce=1", &learn).await;
    assert_eq!(rubbish.status, 400, "{rubbish:?}");
    for (from, back) in [
        (learn.as_str(), format!("{learn}?")),
        ("http://evil.example/x", "/?".to_owned()),
        ("rubbish", "/?".to_owned()),
    ] {
        let rejected = post("/forms/write_story", "prompt=a&nonce=1", from).await;
        let to = rejected.header("location").unwrap();
        assert!(to.starts_with(&back), "{from}: {to}");
    }
}

/// The field error of a form that was rejected.
fn field_error(rejected: &Answer) -> FieldError {
    serde_json::from_value(rejected.json()["Invalid"].clone()).unwrap()
}

#[tokio::test]
async fn an_invalid_setting_is_rejected_with_the_name_of_the_field_and_changes_nothing() {
    let server = Server::start().await;
    let before = server.get("/api/v1/me/settings").await.text;
    let all = [
        ("lang", ""),
        ("scope", "mine"),
        ("toast_seconds", "5"),
        ("failure_toast_seconds", ""),
        ("volume", "60"),
        ("success_sound", "chime"),
        ("failure_sound", "alarm"),
        ("minimum_seconds", "0"),
    ];
    for (field, value, rule) in [
        ("lang", "tlh", "must be one of en, fr"),
        ("scope", "galaxy", "must be one of mine, studio"),
        ("toast_seconds", "1", "must be from 2 to 30"),
        ("toast_seconds", "999999", "must be from 2 to 30"),
        ("failure_toast_seconds", "soon", "must be from 2 to 600"),
        ("volume", "101", "must be from 0 to 100"),
        ("volume", "-1", "must be from 0 to 100"),
        ("success_sound", "gong", "must be one of chime, "),
        ("minimum_seconds", "3601", "must be from 0 to 3600"),
    ] {
        let fields: Vec<_> = (all.iter())
            .map(|(name, valid)| (*name, if *name == field { value } else { *valid }))
            .collect();
        let form = server.request("POST", "/forms/settings").form(&fields);
        let rejected = answer(form).await;
        assert_eq!(rejected.status, 422, "{field}={value}: {rejected:?}");
        let error = field_error(&rejected);
        assert_eq!(error.field, field, "{error}");
        let broken = error.rule.in_language(Lang::En);
        assert!(broken.starts_with(rule), "{error}");
    }
    for (form, fields) in [
        ("/forms/change_setting", [("setting", "explode")]),
        ("/forms/settings", [("lang", "")]),
    ] {
        let rejected = answer(server.request("POST", form).form(&fields)).await;
        assert_eq!(rejected.status, 422, "{form} {fields:?}: {rejected:?}");
    }
    assert_eq!(server.get("/api/v1/me/settings").await.text, before);
}

#[tokio::test]
async fn alerts_can_be_muted_for_at_most_two_days() {
    let server = Server::start().await;
    let mute = async |until: &str| {
        let form = server.request("POST", "/forms/mute");
        answer(form.form(&[("until", until)])).await
    };
    let stored = async || server.get("/api/v1/me/settings").await.json()["mutedUntil"].clone();
    let in_hours = |hours: i64| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let millis = i64::try_from(now.as_millis()).unwrap() + hours * 3_600_000;
        serde_json::to_value(Timestamp(millis)).unwrap()
    };
    let tomorrow = in_hours(47);
    let accepted = mute(tomorrow.as_str().unwrap()).await;
    assert_eq!(accepted.status, 200, "{accepted:?}");
    assert_eq!(stored().await, tomorrow);
    for until in [in_hours(49), in_hours(-1), json!("tomorrow")] {
        let rejected = mute(until.as_str().unwrap()).await;
        assert_eq!(rejected.status, 422, "{until}: {rejected:?}");
        assert_eq!(field_error(&rejected).field, "until");
        assert_eq!(stored().await, tomorrow, "{until}");
    }
}
