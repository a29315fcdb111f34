//! Resources, who hears of their changes, prompts, and what is offered while one types.

use crate::{failure, report, running, state};
use jobtray::job::JobState;
use jobtray::queue::{NewResult, Report};
use rmcp::model::{
    ArgumentInfo, CompleteRequestParams, GetPromptRequestParams, ReadResourceRequestParams,
    Reference, ResourceContents, SubscribeRequestParams, SubscriptionFilter,
};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::assistant::{Assistant, Heard, Speaks};
use testkit::server::{Server, stranger};

#[tokio::test]
#[expect(deprecated, reason = "clients with a session still subscribe this way")]
async fn resources_teach_list_and_tell_of_changes() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let id = running(&server, "Bread").await;
    let listed = assistant.list_all_resources().await.unwrap();
    let uris: Vec<_> = listed
        .iter()
        .map(|resource| resource.uri.as_str())
        .collect();
    assert_eq!(
        uris,
        ["jobs://playbook", "jobs://types", &format!("job://{id}")]
    );
    assert_eq!(
        assistant.list_all_resource_templates().await.unwrap().len(),
        3
    );
    let text = |uri: String| {
        let read = assistant.read_resource(ReadResourceRequestParams::new(uri));
        async move {
            match read.await.unwrap().contents.remove(0) {
                ResourceContents::TextResourceContents { text, .. } => text,
                other => panic!("{other:?}"),
            }
        }
    };
    assert!(
        text("jobs://playbook".to_owned())
            .await
            .contains("start → poll → read")
    );
    let types: Value = serde_json::from_str(&text("jobs://types".to_owned()).await).unwrap();
    assert_eq!(types["types"][0]["tool"], "start_film_job");
    let job: Value = serde_json::from_str(&text(format!("job://{id}")).await).unwrap();
    assert_eq!(job["state"], "running");
    assert_eq!(text(format!("job://{id}/logs")).await, "");
    for uri in [
        "job://nonsense",
        "jobs://",
        "file:///etc/passwd",
        "job://../../x",
    ] {
        assert!(
            assistant
                .read_resource(ReadResourceRequestParams::new(uri))
                .await
                .is_err(),
            "{uri}"
        );
    }

    let uri = format!("job://{id}");
    assistant
        .subscribe(SubscribeRequestParams::new(&uri))
        .await
        .unwrap();
    report(&server, &id, state(JobState::Completed)).await;
    let Heard::Updated(updated) = assistant.next_heard().await else {
        panic!("nothing updated")
    };
    assert_eq!(updated, uri);
}

#[tokio::test]
async fn a_client_of_today_listens_to_the_jobs_that_it_names() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Today).await;
    let id = running(&server, "Bread").await;
    let uri = format!("job://{id}/result");
    let wanted = SubscriptionFilter::builder()
        .resource_subscription(&uri)
        .resource_subscription("jobs://types");
    let mut subscription = assistant.peer().listen(wanted.build()).await.unwrap();
    // A report is no result yet.
    report(
        &server,
        &id,
        Report {
            progress: Some(0.4),
            ..Report::default()
        },
    )
    .await;
    let done = Report {
        result: Some(NewResult {
            file: None,
            media_type: "text/html".to_owned(),
            bytes: 0,
            download_name: None,
            page: None,
            href: Some("https://example.org/bread".to_owned()),
            details: None,
        }),
        ..state(JobState::Completed)
    };
    report(&server, &id, done).await;
    let heard = tokio::time::timeout(Duration::from_secs(20), subscription.next())
        .await
        .unwrap();
    let heard = serde_json::to_value(heard.unwrap().unwrap()).unwrap();
    assert_eq!(heard["params"]["uri"], uri, "{heard}");
    let read = assistant
        .read_resource(ReadResourceRequestParams::new(uri))
        .await
        .unwrap();
    let ResourceContents::TextResourceContents { text, .. } = &read.contents[0] else {
        panic!("{read:?}")
    };
    assert!(text.starts_with("https://example.org/bread"), "{text}");
}

#[tokio::test]
async fn prompts_hold_what_an_assistant_needs_to_answer() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let id = running(&server, "Bread").await;
    report(&server, &id, failure()).await;
    let prompt = |name: &str, arguments: Value| {
        let mut params = GetPromptRequestParams::new(name.to_owned());
        params.arguments = arguments.as_object().cloned();
        let got = assistant.get_prompt(params);
        async move { serde_json::to_string(&got.await.unwrap().messages).unwrap() }
    };
    assert_eq!(assistant.list_all_prompts().await.unwrap().len(), 2);
    for said in [
        prompt("job_report", json!({})).await,
        prompt("job_report", json!({ "job_id": id })).await,
        prompt("diagnose_failed_job", json!({ "job_id": id })).await,
    ] {
        assert!(said.contains("“Bread” failed: The disk is full."), "{said}");
        assert!(said.contains(&id), "{said}");
    }
    let mut params = GetPromptRequestParams::new("diagnose_failed_job");
    params.arguments = None;
    let error = assistant.get_prompt(params).await.unwrap_err().to_string();
    assert!(error.contains("job_id: is required"), "{error}");
}

#[tokio::test]
async fn jobs_that_fit_what_is_typed_are_offered() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let failed = running(&server, "Bake bread").await;
    report(&server, &failed, failure()).await;
    let done = running(&server, "Bake a cake").await;
    report(&server, &done, state(JobState::Completed)).await;
    let begun = running(&server, "Knead").await;
    let theirs = server.external(&stranger(), "Bake theirs").await;

    let peer = assistant.peer();
    let offered = async |of: Reference, argument: &str, typed: &str| {
        let argument = ArgumentInfo::new(argument, typed);
        let asked = CompleteRequestParams::new(of, argument);
        peer.complete(asked).await.unwrap().completion.values
    };
    let (about, diagnose) = ("job_report", "diagnose_failed_job");
    let all = [&begun, &done, &failed].map(String::as_str);
    for (prompt, typed, expected) in [
        (about, "", &all[..]),
        (about, &begun, &all[..1]),
        (about, "BAKE", &all[1..]),
        (about, "bread", &all[2..]),
        (about, "sponge", &[]),
        (about, theirs.job_id.as_str(), &[]),
        (diagnose, "", &all[2..]),
        ("no_such_prompt", "", &[]),
    ] {
        let ids = offered(Reference::for_prompt(prompt), "job_id", typed).await;
        assert_eq!(ids, expected, "{prompt} {typed}");
    }
    for (template, expected) in [
        ("job://{job_id}", &all[..]),
        ("job://{job_id}/logs", &all[..]),
        ("job://{job_id}/result", &all[1..2]),
        ("jobs://{job_id}", &[]),
    ] {
        let ids = offered(Reference::for_resource(template), "job_id", "").await;
        assert_eq!(ids, expected, "{template}");
    }
    let other = offered(Reference::for_prompt(about), "name", "").await;
    assert_eq!(other, [""; 0]);
}
