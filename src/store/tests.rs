//! What is written is read back, on every backend.

use super::record::{
    Artifact, ChangeRule, CheckpointChange, Effects, Lease, PastAttempt, Record, RowChange,
};
use super::sample::{STUDIO, new_record};
use super::studio::{Camera, CharacterForm, NewCharacter, NewScene, NewStudio, Palette};
use super::{
    Caller, Due, EndMark, IdempotencyKey, JobQuery, LogRange, RuleError, Store, StoreError, open,
};
use crate::job::{
    Eta, Failure, JobResult, JobState, LogLine, Notify, RequestedState, Scope, Stream, Text,
    Timestamp,
};
use crate::settings::Settings;
use serde_json::{Value, json};
use std::sync::Arc;

/// Runs a test on a file and in memory.
async fn on_each_backend(test: impl AsyncFn(Arc<dyn Store>)) {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite:{}", folder.path().join("jobs.db").display());
    for url in [file.as_str(), "memory:"] {
        println!("on {url}");
        test(open(url, folder.path()).await.unwrap()).await;
    }
}

fn caller() -> Caller {
    Caller {
        studio: STUDIO.to_owned(),
        user: crate::job::sample::ME.to_owned(),
        name: "Creator".to_owned(),
    }
}

fn text(key: &str) -> Text {
    Text::new(key).with("name", "é {1}")
}

fn failure(summary: &str) -> Failure {
    Failure {
        code: "timeout".to_owned(),
        summary: summary.to_owned(),
        retryable: true,
        fix: "Retry.".to_owned(),
        fix_text: Some(text("fix")),
    }
}

/// Gives every field another value than a new job has.
fn fill(record: &mut Record) {
    let job = &mut record.job;
    job.state = JobState::Failed;
    job.wanted = Some(RequestedState::Cancelled);
    job.progress = Some(0.1 + 0.2);
    job.current_step = Some("Step".to_owned());
    job.step_text = Some(text("step"));
    job.eta_seconds = Some(1.5);
    job.elapsed_seconds = 2.125;
    job.stalled = true;
    job.attempt = 2;
    job.notify = Notify::Always;
    job.started_at = Some(Timestamp(11));
    job.finished_at = Some(Timestamp(12));
    job.last_updated_at = Timestamp(13);
    job.next_action = serde_json::from_value(json!({
        "action": "retry", "label": "Retry", "href": "/jobs/1", "tool": "retry_job", "arguments": { "a": [1] },
    }))
    .unwrap();
    job.failure = Some(failure("Too slow."));
    job.failure_text = Some(text("failure"));
    job.result = Some(JobResult {
        href: "/result".to_owned(),
        uri: "job://1/result".to_owned(),
        media_type: "text/plain".to_owned(),
        bytes: 1 << 40,
        page: Some("/page".to_owned()),
    });
    record.eta = Eta {
        speed: 0.3,
        samples: 2,
        progress: 0.2,
        elapsed: 0.7,
    };
    record.reported_at = Some(Timestamp(14));
    record.artifact = Some(Artifact {
        file: Some("1.txt".to_owned()),
        href: Some("https://example.org".to_owned()),
        media_type: "text/plain".to_owned(),
        bytes: 9,
        download_name: "a.txt".to_owned(),
        details: Some(json!({ "words": 7 })),
    });
    record.lease = Some(Lease {
        worker: "local:1".to_owned(),
        token: "token".to_owned(),
        until: Timestamp(15),
        seconds: 10,
    });
    record.leases_lost = 1;
    record.next_log = 3;
}

fn visible(change: impl FnOnce(&mut Record) + Send + 'static) -> ChangeRule {
    Box::new(|record| {
        change(record);
        Ok(Effects::visible())
    })
}

#[tokio::test]
async fn a_new_job_is_read_as_it_was_inserted() {
    on_each_backend(async |store| {
        let mut new = new_record(1);
        new.record.external = true;
        let job = &mut new.record.job;
        job.refs = vec!["scene:1".to_owned(), "character:é".to_owned()];
        job.name_text = Some(text("name"));
        job.step_text = Some(text("step"));
        job.current_step = Some("Step".to_owned());
        job.estimate_seconds = Some(0.1);
        job.notify = Notify::Failures;
        let job = store.insert(new.clone()).await.unwrap();
        assert_eq!(job, new.record.job);
        let stored = store.record(STUDIO, &job.job_id).await.unwrap().unwrap();
        let expected = Record {
            number: 1,
            change: 1,
            ..new.record
        };
        assert_eq!(stored, expected);
        let input = store.input(STUDIO, &job.job_id).await.unwrap();
        assert_eq!(input, Some(new.input));
        assert_eq!(store.record("other", &job.job_id).await.unwrap(), None);
        assert_eq!(store.input("other", &job.job_id).await.unwrap(), None);
    })
    .await;
}

/// A change of the job gives the expected record, and leaves it in the store.
async fn assert_stored(store: &dyn Store, rule: ChangeRule, expected: Record) {
    let id = expected.job.job_id.clone();
    let changed = store.change(None, &id, rule).await.unwrap();
    assert_eq!(changed, expected);
    let stored = store.record(STUDIO, &id).await.unwrap();
    assert_eq!(stored, Some(expected));
}

#[tokio::test]
async fn every_field_that_a_rule_sets_is_stored() {
    on_each_backend(async |store| {
        let job = store.insert(new_record(1)).await.unwrap();
        let mut expected = store.record(STUDIO, &job.job_id).await.unwrap().unwrap();
        fill(&mut expected);
        expected.job.version += 1;
        expected.change += 1;
        assert_stored(&*store, visible(fill), expected).await;
    })
    .await;
}

#[tokio::test]
async fn an_internal_change_takes_no_number_and_no_version() {
    on_each_backend(async |store| {
        let job = store.insert(new_record(1)).await.unwrap();
        let before = store.record(STUDIO, &job.job_id).await.unwrap().unwrap();
        let rule: ChangeRule = Box::new(|record| {
            record.leases_lost = 7;
            Ok(Effects {
                row: RowChange::Internal,
                ..Effects::default()
            })
        });
        let expected = Record {
            leases_lost: 7,
            ..before
        };
        assert_stored(&*store, rule, expected).await;
    })
    .await;
}

#[tokio::test]
async fn what_a_rule_appends_is_stored_and_a_claim_returns_the_checkpoint() {
    on_each_backend(async |store| {
        let job = store.insert(new_record(1)).await.unwrap();
        let line = |seq, stream| LogLine {
            seq,
            at: Timestamp(5),
            stream,
            text: format!("line {seq}"),
        };
        let lines = vec![line(1, Stream::Stdout), line(2, Stream::Stderr)];
        let past = PastAttempt {
            attempt: 1,
            state: JobState::Failed,
            started_at: Some(Timestamp(1)),
            finished_at: Timestamp(2),
            elapsed_seconds: 0.125,
            result: None,
            failure: Some(failure("Broken.")),
            failure_text: Some(text("failure")),
            job: Some(Box::new(job.clone())),
        };
        let effects = Effects {
            row: RowChange::Internal,
            log: lines.clone(),
            checkpoint: CheckpointChange::Replace(json!({ "at": 0.3 })),
            past: Some(past.clone()),
        };
        let rule: ChangeRule = Box::new(|_| Ok(effects));
        store.change(None, &job.job_id, rule).await.unwrap();
        let id = &job.job_id;
        let read = async |range, limit| store.logs(STUDIO, id, range, limit).await.unwrap();
        assert_eq!(read(LogRange::After(0), 9).await, Some(lines.clone()));
        assert_eq!(read(LogRange::After(1), 9).await.unwrap(), lines[1..]);
        assert_eq!(read(LogRange::Last, 9).await, Some(lines.clone()));
        assert_eq!(read(LogRange::Last, 1).await.unwrap(), lines[1..]);
        assert_eq!(
            store
                .logs("other", id, LogRange::After(0), 9)
                .await
                .unwrap(),
            None
        );
        assert_eq!(store.history(STUDIO, id).await.unwrap(), [past]);

        let rule = visible(|record| record.job.state = JobState::Running);
        let kinds = ["story".to_owned(), job.kind.clone()];
        let claimed = store.claim(Some(STUDIO), &kinds, rule).await.unwrap();
        let claimed = claimed.unwrap();
        assert_eq!(claimed.record.job.job_id, job.job_id);
        assert_eq!(claimed.input, new_record(1).input);
        assert_eq!(claimed.checkpoint, Some(json!({ "at": 0.3 })));
    })
    .await;
}

#[tokio::test]
async fn a_claim_takes_the_oldest_job_of_its_kinds_and_studio() {
    on_each_backend(async |store| {
        for n in [2, 1] {
            store.insert(new_record(n)).await.unwrap();
        }
        let start = || visible(|record| record.job.state = JobState::Running);
        let kinds = ["scene".to_owned()];
        let others = ["story".to_owned()];
        assert!(store.claim(None, &others, start()).await.unwrap().is_none());
        let elsewhere = store.claim(Some("other"), &kinds, start()).await.unwrap();
        assert!(elsewhere.is_none());
        for n in [2, 1] {
            let claimed = store.claim(None, &kinds, start()).await.unwrap().unwrap();
            assert_eq!(claimed.record.job.job_id, new_record(n).record.job.job_id);
            assert_eq!(claimed.checkpoint, None);
        }
        assert!(store.claim(None, &kinds, start()).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_key_finds_its_job_and_rejects_another_body() {
    on_each_backend(async |store| {
        let key = IdempotencyKey {
            key: "key".to_owned(),
            body_hash: vec![1, 0, 255],
        };
        let mut new = new_record(1);
        new.key = Some(key.clone());
        let job = store.insert(new).await.unwrap();
        let found = store.find_by_key(&caller(), &key).await.unwrap();
        assert_eq!(found, Some(job.clone()));
        let mut again = new_record(2);
        again.key = Some(key.clone());
        assert_eq!(store.insert(again).await.unwrap(), job, "no second job");
        let other_body = IdempotencyKey {
            body_hash: vec![1],
            ..key.clone()
        };
        let error = store.find_by_key(&caller(), &other_body).await;
        assert!(
            matches!(error, Err(StoreError::Rule(RuleError::KeyReused))),
            "{error:?}"
        );
        let created_at = job.created_at;
        assert_eq!(store.delete_keys(created_at).await.unwrap(), 0);
        let later = Timestamp(created_at.0 + 1);
        assert_eq!(store.delete_keys(later).await.unwrap(), 1);
        assert_eq!(store.find_by_key(&caller(), &key).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_snapshot_and_the_changes_since_agree() {
    on_each_backend(async |store| {
        let active = store.insert(new_record(1)).await.unwrap();
        let failed = store.insert(new_record(2)).await.unwrap();
        store
            .change(None, &failed.job_id, visible(fill))
            .await
            .unwrap();
        let ids = [active.job_id.clone(), failed.job_id.clone()];
        let marked = store.mark(&caller(), EndMark::Seen, &ids).await.unwrap();
        assert_eq!(marked, ids[1..], "an active job has no end to see");
        let me = &caller();
        for scope in [Scope::Mine, Scope::Studio] {
            let snapshot = store.snapshot(me, scope, Timestamp(12), 9).await.unwrap();
            assert_eq!(snapshot.cursor, 3);
            let states: Vec<_> = snapshot.jobs.iter().map(|job| job.state).collect();
            assert_eq!(states, [JobState::Queued, JobState::Failed]);
            assert_eq!(snapshot.seen, ids[1..]);
            let (cursor, changes) = store.changed_since(me, scope, 0, 9).await.unwrap();
            assert_eq!(cursor, 3);
            let numbers: Vec<_> = changes.iter().map(|change| change.at).collect();
            assert_eq!(numbers, [1, 3]);
            let jobs: Vec<_> = changes.into_iter().map(|change| change.job).collect();
            assert_eq!(jobs, snapshot.jobs);
            let recent = store.snapshot(me, scope, Timestamp(13), 9).await.unwrap();
            assert_eq!((recent.jobs.len(), recent.seen.len()), (1, 0));
        }
        let someone = Caller {
            user: "someone".to_owned(),
            ..caller()
        };
        let theirs = store.snapshot(&someone, Scope::Mine, Timestamp(0), 9).await;
        assert!(theirs.unwrap().jobs.is_empty());
        let all = store
            .snapshot(&someone, Scope::Studio, Timestamp(0), 9)
            .await
            .unwrap();
        assert_eq!((all.jobs.len(), all.seen.len()), (2, 0));
    })
    .await;
}

#[tokio::test]
async fn a_mark_on_an_end_does_not_hold_for_the_next_attempt() {
    on_each_backend(async |store| {
        let job = store.insert(new_record(1)).await.unwrap();
        let (me, id) = (&caller(), job.job_id);
        store.change(None, &id, visible(fill)).await.unwrap();
        let ids = std::slice::from_ref(&id);
        let ended = store.ended_with_notify_always(me, Timestamp(12), 9).await;
        assert_eq!(ended.unwrap()[0].job_id, id);
        store.mark(me, EndMark::Announced, ids).await.unwrap();
        assert_eq!(store.announced(me, Timestamp(12)).await.unwrap(), ids);
        assert_eq!(store.announced(me, Timestamp(13)).await.unwrap(), []);
        let retry = visible(|record| record.job.attempt += 1);
        store.change(None, &id, retry).await.unwrap();
        assert_eq!(store.announced(me, Timestamp(12)).await.unwrap(), []);
        let someone = Caller {
            user: "someone".to_owned(),
            ..caller()
        };
        let marked = store.mark(&someone, EndMark::Announced, ids).await.unwrap();
        assert_eq!(marked, [], "an end is announced only to the owner");
    })
    .await;
}

#[tokio::test]
async fn a_page_filters_by_every_field_of_its_query() {
    on_each_backend(async |store| {
        for n in 1..=3 {
            let mut new = new_record(n);
            new.record.job.refs = vec![format!("scene:{n}")];
            store.insert(new).await.unwrap();
        }
        let id = |n| new_record(n).record.job.job_id;
        store.change(None, &id(3), visible(fill)).await.unwrap();
        let all = JobQuery {
            studio: STUDIO.to_owned(),
            owner: None,
            states: Vec::new(),
            kind: None,
            reference: None,
            before: None,
            limit: 9,
        };
        let owner = |user: &str| Some(user.to_owned());
        for (query, expected) in [
            (all.clone(), vec![3, 2, 1]),
            (
                JobQuery {
                    limit: 2,
                    ..all.clone()
                },
                vec![3, 2],
            ),
            (
                JobQuery {
                    owner: owner("me"),
                    ..all.clone()
                },
                vec![3, 2, 1],
            ),
            (
                JobQuery {
                    owner: owner("someone"),
                    ..all.clone()
                },
                vec![],
            ),
            (
                JobQuery {
                    studio: "other".to_owned(),
                    ..all.clone()
                },
                vec![],
            ),
            (
                JobQuery {
                    kind: Some("scene".to_owned()),
                    ..all.clone()
                },
                vec![3, 2, 1],
            ),
            (
                JobQuery {
                    kind: Some("story".to_owned()),
                    ..all.clone()
                },
                vec![],
            ),
            (
                JobQuery {
                    reference: Some("scene:2".to_owned()),
                    ..all.clone()
                },
                vec![2],
            ),
            (
                JobQuery {
                    states: vec![JobState::Failed, JobState::Running],
                    ..all.clone()
                },
                vec![3],
            ),
            (
                JobQuery {
                    before: Some((Timestamp(3000), id(3))),
                    ..all
                },
                vec![2, 1],
            ),
        ] {
            let jobs = store.jobs(query.clone()).await.unwrap();
            let found: Vec<_> = jobs.into_iter().map(|job| job.job_id).collect();
            let expected: Vec<_> = expected.into_iter().map(id).collect();
            assert_eq!(found, expected, "{query:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_system_finds_what_is_due_and_which_files_are_needed() {
    on_each_backend(async |store| {
        let job = store.insert(new_record(1)).await.unwrap();
        let waiting = store.insert(new_record(2)).await.unwrap();
        let id = &job.job_id;
        let run = visible(|record| {
            fill(record);
            record.job.state = JobState::Running;
            record.job.stalled = false;
        });
        store.change(None, id, run).await.unwrap();
        for (due, is_due) in [
            (Due::LeaseExpired(Timestamp(15)), true),
            (Due::LeaseExpired(Timestamp(14)), false),
            (Due::HeldBy("local:"), true),
            (Due::HeldBy("remote:"), false),
            (Due::NoReportSince(Timestamp(14)), true),
            (Due::NoReportSince(Timestamp(13)), false),
        ] {
            let found = store.due(due).await.unwrap();
            assert_eq!(found.contains(id), is_due, "{due:?}");
        }
        let unknown = new_record(9).record.job.job_id;
        let ids = [id.clone(), waiting.job_id.clone(), unknown];
        let mut files = store.job_files(&ids).await.unwrap();
        files.sort_by(|a, b| a.id.cmp(&b.id));
        let files: Vec<_> = files
            .iter()
            .map(|one| (&one.id, one.active, one.file.as_deref()))
            .collect();
        let expected = [(id, true, Some("1.txt")), (&waiting.job_id, true, None)];
        assert_eq!(files, expected);
        store.clear().await.unwrap();
        assert_eq!(store.record(STUDIO, id).await.unwrap(), None);
    })
    .await;
}

fn new_studio() -> NewStudio {
    let palette = Palette::new(["#000000", "#111111", "#222222", "#333333", "#ffffff"]);
    let scene = |title: &str, camera| NewScene {
        id: format!("scene_{title}"),
        title: title.to_owned(),
        description: "Rain".to_owned(),
        camera,
        mood: "calm".to_owned(),
        seconds: 4.1,
        width: 1280,
        height: 720,
        fps: 24,
        palette: palette.clone(),
        art: "<svg/>".to_owned(),
    };
    NewStudio {
        id: STUDIO.to_owned(),
        name: "Studio".to_owned(),
        creator_id: crate::job::sample::ME.to_owned(),
        creator_name: "Creator".to_owned(),
        characters: vec![NewCharacter {
            id: "character_1".to_owned(),
            form: CharacterForm {
                name: "Fen".to_owned(),
                role: "Pilot".to_owned(),
                age: Some(47),
                voice: "Low".to_owned(),
                description: "Knits".to_owned(),
                tags: vec!["fox".to_owned(), "é".to_owned()],
            },
            palette: palette.clone(),
            art: "<svg id=\"fen\"/>".to_owned(),
            scenes: vec![scene("a", Camera::PanLeft), scene("b", Camera::Hold)],
        }],
        now: Timestamp(7),
    }
}

#[tokio::test]
async fn a_studio_is_read_as_it_was_created() {
    on_each_backend(async |store| {
        let new = new_studio();
        assert!(store.create_studio(new.clone()).await.unwrap());
        assert!(
            !store.create_studio(new.clone()).await.unwrap(),
            "only once"
        );
        assert_eq!(store.local_caller().await.unwrap(), Some(caller()));
        let characters = store.characters(STUDIO, None, 9).await.unwrap().items;
        let character = store.character(STUDIO, "character_1").await.unwrap();
        assert_eq!(characters, [character.clone().unwrap()]);
        let character = character.unwrap();
        let expected = &new.characters[0];
        assert_eq!(character.age, Some(47));
        assert_eq!(character.tags, expected.form.tags);
        assert_eq!(character.palette, expected.palette);
        assert_eq!(character.art, expected.art);
        assert_eq!(
            (character.created_at, character.updated_at),
            (new.now, new.now)
        );
        let scenes = store.scenes(STUDIO, None, None, 9).await.unwrap().items;
        let cameras: Vec<_> = scenes.iter().map(|one| (one.number, one.camera)).collect();
        assert_eq!(cameras, [(1, Camera::PanLeft), (2, Camera::Hold)]);
        let scene = store.scene(STUDIO, "scene_a").await.unwrap().unwrap();
        assert_eq!(scene, scenes[0]);
        assert_eq!(
            (scene.character_id, scene.character_name),
            ("character_1".to_owned(), "Fen".to_owned())
        );
        assert_eq!(
            (scene.seconds, scene.width, scene.height, scene.fps),
            (4.1, 1280, 720, 24)
        );
        assert_eq!(scene.palette, expected.palette);
        assert_eq!(store.scene("other", "scene_a").await.unwrap(), None);
        assert_eq!(store.character("other", "character_1").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_list_goes_on_after_its_cursor() {
    on_each_backend(async |store| {
        store.create_studio(new_studio()).await.unwrap();
        let first = store.scenes(STUDIO, Some("character_1"), None, 1).await;
        let first = first.unwrap();
        assert_eq!(first.items[0].title, "a");
        let after = first.next_cursor.as_deref();
        assert_eq!(after, Some("scene_a"));
        let rest = store.scenes(STUDIO, None, after, 1).await.unwrap();
        assert_eq!(rest.items[0].title, "b");
        assert_eq!(rest.next_cursor, None);
        let none = store.scenes(STUDIO, Some("character_2"), None, 1).await;
        assert!(none.unwrap().items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_character_changes_by_its_whole_form_and_its_time_never_stands_still() {
    on_each_backend(async |store| {
        store.create_studio(new_studio()).await.unwrap();
        let form = CharacterForm {
            name: "Fen II".to_owned(),
            role: String::new(),
            age: None,
            voice: String::new(),
            description: "A\nB".to_owned(),
            tags: Vec::new(),
        };
        let update = async |studio, now| {
            let now = Timestamp(now);
            let form = form.clone();
            store
                .update_character(studio, "character_1", form, now)
                .await
                .unwrap()
        };
        let changed = update(STUDIO, 3).await.unwrap();
        assert_eq!((&*changed.name, changed.age), ("Fen II", None));
        assert_eq!(changed.updated_at, Timestamp(8), "the clock went back");
        assert_eq!(update(STUDIO, 99).await.unwrap().updated_at, Timestamp(99));
        let stored = store.character(STUDIO, "character_1").await.unwrap();
        assert_eq!(stored.unwrap().description, "A\nB");
        assert_eq!(update("other", 100).await, None);
    })
    .await;
}

#[tokio::test]
async fn settings_are_read_as_they_were_written() {
    on_each_backend(async |store| {
        assert_eq!(store.settings(&caller()).await.unwrap(), None);
        store.create_studio(new_studio()).await.unwrap();
        let unchanged = store.settings(&caller()).await.unwrap();
        assert_eq!(unchanged, Some(Settings::default()));
        let expected = Settings {
            scope: Scope::Studio,
            muted_kinds: vec!["scene".to_owned()],
            muted_until: Some(Timestamp(1000)),
            ..Settings::default()
        };
        let chosen = expected.clone();
        let change = Box::new(|settings: &mut Settings| *settings = chosen);
        let changed = store.change_settings(&caller(), change).await.unwrap();
        assert_eq!(changed.as_ref(), Some(&expected));
        assert_eq!(store.settings(&caller()).await.unwrap(), Some(expected));
    })
    .await;
}

#[tokio::test]
async fn a_null_input_is_not_a_missing_one() {
    on_each_backend(async |store| {
        let mut new = new_record(1);
        new.input = Value::Null;
        let job = store.insert(new).await.unwrap();
        let input = store.input(STUDIO, &job.job_id).await.unwrap();
        assert_eq!(input, Some(Value::Null));
    })
    .await;
}
