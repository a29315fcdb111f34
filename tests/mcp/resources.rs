//! Resources and subscriptions to them, prompts, and completions.

use crate::{failure, report, running, state};
use jobtray::job::JobState;
use jobtray::queue::{NewResult, Report};
use rmcp::model::{
    ArgumentInfo, CompleteRequestParams, GetPromptRequestParams, ReadResourceRequestParams,
    Reference, ResourceContents, SubscribeRequestParams, SubscriptionFilter,
};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::assistant::{Assistant, Notification, Protocol};
use testkit::server::{Server, stranger};

#[tokio::test]
#[expect(deprecated, reason = "clients with a session still subscribe this way")]
async fn resources_are_listed_read_and_subscribed_to() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
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
    let Notification::Updated(updated) = assistant.next_notification().await else {
        panic!("nothing updated")
    };
    assert_eq!(updated, uri);
}

#[tokio::test]
async fn a_stateless_client_subscribes_to_the_jobs_that_it_names() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Stateless).await;
    let id = running(&server, "Bread").await;
    let uri = format!("job://{id}/result");
    let wanted = SubscriptionFilter::builder()
        .resource_subscription(&uri)
        .resource_subscription("jobs://types");
    let mut subscription = assistant.peer().listen(wanted.build()).await.unwrap();
    // A progress report does not change the result.
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
    let received = tokio::time::timeout(Duration::from_secs(20), subscription.next())
        .await
        .unwrap();
    let received = serde_json::to_value(received.unwrap().unwrap()).unwrap();
    assert_eq!(received["params"]["uri"], uri, "{received}");
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
async fn prompts_contain_the_jobs_that_they_are_about() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
    let id = running(&server, "Bread").await;
    report(&server, &id, failure()).await;
    let prompt = |name: &str, arguments: Value| {
        let mut params = GetPromptRequestParams::new(name.to_owned());
        params.arguments = arguments.as_object().cloned();
        let got = assistant.get_prompt(params);
        async move { serde_json::to_string(&got.await.unwrap().messages).unwrap() }
    };
    assert_eq!(assistant.list_all_prompts().await.unwrap().len(), 2);
    for messages in [
        prompt("job_report", json!({})).await,
        prompt("job_report", json!({ "job_id": id })).await,
        prompt("diagnose_failed_job", json!({ "job_id": id })).await,
    ] {
        assert!(
            messages.contains("“Bread” failed: The disk is full."),
            "{messages}"
        );
        assert!(messages.contains(&id), "{messages}");
    }
    let mut params = GetPromptRequestParams::new("diagnose_failed_job");
    params.arguments = None;
    let error = assistant.get_prompt(params).await.unwrap_err().to_string();
    assert!(error.contains("job_id: is required"), "{error}");
}

#[tokio::test]
async fn completions_are_the_ids_of_jobs_that_match() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
    let failed = running(&server, "Bake bread").await;
    report(&server, &failed, failure()).await;
    let done = running(&server, "Bake a cake").await;
    report(&server, &done, state(JobState::Completed)).await;
    let active = running(&server, "Knead").await;
    let theirs = server.external(&stranger(), "Bake theirs").await;

    let peer = assistant.peer();
    let completions = async |of: Reference, argument: &str, typed: &str| {
        let argument = ArgumentInfo::new(argument, typed);
        let params = CompleteRequestParams::new(of, argument);
        peer.complete(params).await.unwrap().completion.values
    };
    let (job_report, diagnose) = ("job_report", "diagnose_failed_job");
    let all = [&active, &done, &failed].map(String::as_str);
    for (prompt, typed, expected) in [
        (job_report, "", &all[..]),
        (job_report, &active, &all[..1]),
        (job_report, "BAKE", &all[1..]),
        (job_report, "bread", &all[2..]),
        (job_report, "sponge", &[]),
        (job_report, theirs.job_id.as_str(), &[]),
        (diagnose, "", &all[2..]),
        ("no_such_prompt", "", &[]),
    ] {
        let ids = completions(Reference::for_prompt(prompt), "job_id", typed).await;
        assert_eq!(ids, expected, "{prompt} {typed}");
    }
    for (template, expected) in [
        ("job://{job_id}", &all[..]),
        ("job://{job_id}/logs", &all[..]),
        ("job://{job_id}/result", &all[1..2]),
        ("jobs://{job_id}", &[]),
    ] {
        let ids = completions(Reference::for_resource(template), "job_id", "").await;
        assert_eq!(ids, expected, "{template}");
    }
    let other = completions(Reference::for_prompt(job_report), "name", "").await;
    assert_eq!(other, [""; 0]);
}
