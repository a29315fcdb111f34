//! Compiles and runs the kind of `docs/adding-a-kind.md`, and compares the document's code with the files here.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail this way, its readers too"
)]

mod word_count;

// A kind imports these modules from `crate`. Here they come from the crate `jobtray`.
use jobtray::{i18n, job, kinds, messages, queue, validation, worker};

use i18n::{Lang, Translate};
use job::{Job, JobState};
use jobtray::store;
use jobtray::studio::Studio;
use kinds::Setup;
use queue::{Caller, KindRegistry, NewJob, Queue, QueueError};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use word_count::{KIND, MODULE, WordCountMessage};
use worker::{JobHandlers, Worker};

struct Started {
    queue: Queue,
    caller: Caller,
    _worker: Worker,
    _data: tempfile::TempDir,
}

async fn started() -> Started {
    let data = tempfile::tempdir().unwrap();
    let store = store::open("memory:", data.path()).await.unwrap();
    let studio = Studio::open(Arc::clone(&store)).await.unwrap();
    let (mut specs, mut handlers) = (Vec::new(), JobHandlers::default());
    for kind in MODULE.server.create(&studio, &Setup::default()) {
        handlers.add(kind.spec.kind(), kind.handler);
        specs.push(kind.spec);
    }
    let queue = Queue::open(store, KindRegistry::new(specs)).await.unwrap();
    let worker = Worker::start(queue.clone(), handlers, data.path(), 1);
    let caller = Caller {
        studio: "studio".to_owned(),
        user: "me".to_owned(),
        name: "Me".to_owned(),
    };
    Started {
        queue,
        caller,
        _worker: worker,
        _data: data,
    }
}

impl Started {
    async fn run(&self, input: Value) -> Job {
        let new = NewJob::new(KIND, input);
        let id = self.queue.submit(&self.caller, new).await.unwrap().job_id;
        loop {
            let job = self.queue.get(&self.caller, &id).await.unwrap();
            if job.state.is_finished() {
                return job;
            }
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn the_kind_counts_words_and_keeps_the_result() {
    let started = started().await;
    let job = started
        .run(json!({ "title": "Two lines", "text": "one two\n\nthree" }))
        .await;
    assert_eq!(job.state, JobState::Completed, "{job:?}");
    assert_eq!(job.name, "Word count — Two lines");
    let artifact = started
        .queue
        .artifact(&started.caller, &job.job_id)
        .await
        .unwrap();
    assert_eq!(artifact.bytes, 2);
    let log = started
        .queue
        .logs(&started.caller, &job.job_id, 0, 10)
        .await
        .unwrap();
    assert_eq!(
        log.lines.last().unwrap().text,
        "paragraph 2: 3 words so far"
    );
}

#[tokio::test]
async fn an_error_names_the_field_and_a_failure_has_its_message() {
    let started = started().await;
    let new = NewJob::new(KIND, json!({ "title": "<b>", "text": "one" }));
    let Err(QueueError::Invalid(error)) = started.queue.submit(&started.caller, new).await else {
        panic!("a title with markup was accepted");
    };
    assert_eq!(
        error.to_string(),
        "input.title: must not contain markup such as <b>"
    );
    let job = started.run(json!({ "title": "Dots", "text": "… !" })).await;
    let failure = job.failure.unwrap();
    assert_eq!(
        (failure.code.as_str(), failure.summary.as_str()),
        ("invalid_input", "The text has no words.")
    );
    assert_eq!(job.failure_text, Some(WordCountMessage::NoWords.text()));
    assert_eq!(
        WordCountMessage::NoWords.in_language(Lang::Fr),
        "Le texte ne contient aucun mot."
    );
}

#[test]
fn the_document_shows_the_code_of_this_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = std::fs::read_to_string(root.join("docs/adding-a-kind.md")).unwrap();
    let blocks: Vec<_> = document
        .split("```rust\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    let files = [
        "word_count.rs",
        "word_count/message.rs",
        "word_count/input.rs",
        "word_count/handler.rs",
    ];
    for file in files {
        let code = std::fs::read_to_string(root.join("tests/adding_a_kind").join(file)).unwrap();
        assert!(
            blocks.contains(&code.as_str()),
            "the document does not contain {file} as it is"
        );
    }
}
