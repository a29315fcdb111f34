//! Vessels read by the worker, and what they become held against the published schemas.

use crate::MEMORY;
use crate::bench::{Bench, until};
use jobtray::job::{Action, JobId, JobState};
use jobtray::kinds::vessel::VesselKind;
use jobtray::queue::KindSpec;
use jobtray::studio::CraftFolder;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/craft")
}

async fn bench(kind: fn(CraftFolder) -> VesselKind, folder: &Path) -> Bench<VesselKind> {
    let kind = kind(CraftFolder::at(folder));
    Bench::with(MEMORY, 1, async |_| kind).await
}

impl Bench<VesselKind> {
    /// What a job makes of an input, once it holds against its kind's schema.
    async fn makes(&self, input: Value) -> (JobId, Value) {
        let id = self.submit(input).await;
        let job = self.until(&id, |job| job.state.is_finished()).await;
        assert_eq!(job.state, JobState::Completed, "{job:?}");
        assert_eq!(job.progress, Some(1.0));
        let made: Value = serde_json::from_str(&self.made(&id).await).unwrap();
        let schema = self.kind.result_schema().unwrap();
        let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
        let wrong: Vec<_> = schema
            .iter_errors(&made)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        // A schema that takes anything holds nothing.
        assert!(!schema.is_valid(&json!({})));
        (id, made)
    }
}

#[tokio::test]
async fn each_sample_becomes_a_part_tree_and_a_stage_plan_by_the_schemas() {
    for kind in [VesselKind::part_tree, VesselKind::stage_plan] {
        let bench = bench(kind, &samples()).await;
        for (craft, vessel) in [
            ("Pebble.craft", None),
            ("Skipping Stone.craft", None),
            ("Orchard.craft", None),
            ("Heron.craft", None),
            ("harbour.sfs", Some("Reed")),
        ] {
            let (_, made) = bench.makes(json!({"craft": craft, "vessel": vessel})).await;
            let name = vessel.unwrap_or(craft.trim_end_matches(".craft"));
            assert_eq!(made["vessel"]["name"], name);
        }
    }
}

#[tokio::test]
async fn a_plan_is_named_logged_stage_by_stage_and_opened() {
    let bench = bench(VesselKind::stage_plan, &samples()).await;
    let (id, _) = bench.makes(json!({"craft": "Skipping Stone.craft"})).await;
    let job = bench.get(&id).await;
    assert_eq!(job.name, "Stage plan of Skipping Stone");
    assert_eq!(job.name_text.unwrap().key, "name.stage_plan");
    let next = job.next_action.unwrap();
    assert_eq!(
        (next.action, next.href),
        (Action::Open, format!("/vessels/{id}"))
    );
    let lines = bench.lines(&id).await;
    assert_eq!(lines[0], "Read 12 parts of “Skipping Stone” from 8 kB");
    let stages: Vec<_> = lines
        .iter()
        .filter(|line| line.starts_with("Stage "))
        .collect();
    assert_eq!(stages.len(), 4, "{lines:?}");
    assert!(
        stages[0].starts_with("Stage 3: 12 parts, 3 engines burn, wet 15.870 t"),
        "{lines:?}"
    );
    // The plain name comes once the job has completed.
    let names = [format!("{id}.1.json"), format!("{id}.json")];
    until(|| bench.artifacts() == names).await;
}

#[tokio::test]
async fn a_pasted_text_is_read_as_a_file_is() {
    let bench = bench(VesselKind::part_tree, Path::new("/nonexistent")).await;
    let text = std::fs::read_to_string(samples().join("Pebble.craft")).unwrap();
    let (id, made) = bench.makes(json!({"text": text})).await;
    assert_eq!(made["parts"].as_array().unwrap().len(), 5);
    assert_eq!(bench.get(&id).await.name, "Part tree of Pebble");
}

#[tokio::test]
async fn a_mebibyte_of_text_is_read() {
    let bench = bench(VesselKind::part_tree, Path::new("/nonexistent")).await;
    let mut text = "PART{part=a_0\n}".to_owned();
    // As JSON it is one mebibyte but for the rest of the input.
    while text.len() < 1024 * 1024 - 40 {
        text.push_str("NOTE{x=y}");
    }
    let (_, made) = bench.makes(json!({"text": text})).await;
    assert_eq!(made["parts"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_found_in_reading_fails_the_job_with_its_reason() {
    let bench = bench(VesselKind::part_tree, Path::new("/nonexistent")).await;
    let text = "ship = Ring\nPART{part=a_1\nlink=b_2\n}PART{part=b_2\nlink=a_1\n}";
    let id = bench.submit(json!({"text": text})).await;
    let job = bench.until(&id, |job| job.state.is_finished()).await;
    let failure = job.failure.unwrap();
    assert_eq!(failure.code, "invalid_input");
    assert!(failure.summary.contains("no root part"), "{failure:?}");
    assert!(!failure.retryable && !failure.fix.is_empty());
    assert_eq!(job.failure_text.unwrap().key, "failure.vessel_no_root");
}

#[tokio::test]
async fn a_large_file_is_looked_at_by_its_job_and_can_be_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let mut save = "GAME{FLIGHTSTATE{".to_owned();
    for vessel in 0..400 {
        write!(save, "VESSEL{{name=V{vessel}\nroot=0\n").unwrap();
        for _ in 0..100 {
            write!(
                save,
                "PART{{name=a\nparent=0\nMODULE{{x={}\n}}}}",
                "y".repeat(1300)
            )
            .unwrap();
        }
        save.push('}');
    }
    save.push_str("}}");
    assert!(save.len() > 50_000_000);
    std::fs::write(folder.path().join("large.sfs"), save).unwrap();
    let bench = bench(VesselKind::part_tree, folder.path()).await;
    let (id, made) = bench
        .makes(json!({"craft": "large.sfs", "vessel": "V399"}))
        .await;
    assert_eq!(made["parts"].as_array().unwrap().len(), 100);
    assert_eq!(bench.get(&id).await.name, "Part tree of V399");
    let id = bench
        .submit(json!({"craft": "large.sfs", "vessel": "V9999"}))
        .await;
    let job = bench.until(&id, |job| job.state.is_finished()).await;
    let failure = job.failure.unwrap();
    assert!(failure.summary.contains("It has: V0, V1"), "{failure:?}");
    assert!(failure.summary.len() < 1000, "{failure:?}");
    let id = bench
        .submit(json!({"craft": "large.sfs", "vessel": "V399"}))
        .await;
    bench.until(&id, |job| job.state == JobState::Running).await;
    bench.cancel(&id).await;
}

#[tokio::test]
async fn the_log_says_what_is_known_and_how_well() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["Orchard.craft", "Heron.craft"] {
        std::fs::copy(samples().join(name), folder.path().join(name)).unwrap();
    }
    // Where one of its ducts leads is lost.
    let orchard = std::fs::read_to_string(samples().join("Orchard.craft")).unwrap();
    let lost = orchard.replace("tgt = 4293843008", "tgt = 7");
    let lost = lost.replace("ship = Orchard", "ship = Lost");
    std::fs::write(folder.path().join("lost.craft"), lost).unwrap();
    let mut many = "ship = A: <many>/parts!\n".to_owned();
    for part in 1..=1100 {
        writeln!(many, "PART{{part=a_{part}").unwrap();
        if part < 1100 {
            writeln!(many, "link=a_{}", part + 1).unwrap();
        }
        many.push('}');
    }
    std::fs::write(folder.path().join("many.craft"), many).unwrap();
    let bench = bench(VesselKind::stage_plan, folder.path()).await;
    for (craft, said) in [
        ("Orchard.craft", "Δv 1810."),
        ("lost.craft", "Δv about "),
        ("Orchard.craft", "wet 18.250 t"),
        ("Orchard.craft", "Stage 1: 3 parts, 1 engine burns, "),
        ("Heron.craft", "wet at least 4.630 t"),
        ("Heron.craft", "1 is not in the part table: heron.WarpTank"),
        ("many.craft", "Read 1000 parts"),
    ] {
        let (id, _) = bench.makes(json!({ "craft": craft })).await;
        let lines = bench.lines(&id).await;
        assert!(lines.iter().any(|line| line.contains(said)), "{lines:?}");
        let artifact = bench.queue.artifact(&bench.me, &id).await.unwrap();
        let name = match craft {
            "many.craft" => "a-many-parts-stage-plan.json".to_owned(),
            _ => craft.to_lowercase().replace(".craft", "-stage-plan.json"),
        };
        assert_eq!(artifact.download_name, name);
    }
}
