//! The worker reads vessels, and the results are validated against the published schemas.

use crate::MEMORY;
use crate::test_context::{TestContext, until};
use jobtray::job::{Action, JobId, JobState};
use jobtray::kinds::vessel::CraftFolder;
use jobtray::kinds::vessel::VesselKind;
use jobtray::queue::KindSpec;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/craft")
}

async fn start(kind: fn(CraftFolder) -> VesselKind, folder: &Path) -> TestContext<VesselKind> {
    let kind = kind(CraftFolder::at(folder));
    TestContext::with(MEMORY, 1, async |_| kind).await
}

impl TestContext<VesselKind> {
    /// Runs a job, and returns its result, which is valid by its kind's schema.
    async fn result_of(&self, input: Value) -> (JobId, Value) {
        let id = self.submit(input).await;
        let job = self.until(&id, |job| job.state.is_finished()).await;
        assert_eq!(job.state, JobState::Completed, "{job:?}");
        assert_eq!(job.progress, Some(1.0));
        let result: Value = serde_json::from_str(&self.result_text(&id).await).unwrap();
        let schema = self.kind.result_schema().unwrap();
        let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
        let errors: Vec<_> = schema
            .iter_errors(&result)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
        // A schema that accepts anything would prove nothing.
        assert!(!schema.is_valid(&json!({})));
        (id, result)
    }
}

#[tokio::test]
async fn each_sample_gives_a_part_tree_and_a_stage_plan_that_are_valid_by_their_schemas() {
    for kind in [VesselKind::part_tree, VesselKind::stage_plan] {
        let ctx = start(kind, &samples()).await;
        for (craft, vessel) in [
            ("Pebble.craft", None),
            ("Skipping Stone.craft", None),
            ("Orchard.craft", None),
            ("Heron.craft", None),
            ("harbour.sfs", Some("Reed")),
        ] {
            let (_, result) = ctx
                .result_of(json!({"craft": craft, "vessel": vessel}))
                .await;
            let name = vessel.unwrap_or(craft.trim_end_matches(".craft"));
            assert_eq!(result["vessel"]["name"], name);
        }
    }
}

#[tokio::test]
async fn a_stage_plan_has_a_name_a_log_line_per_stage_and_a_page() {
    let ctx = start(VesselKind::stage_plan, &samples()).await;
    let (id, _) = ctx
        .result_of(json!({"craft": "Skipping Stone.craft"}))
        .await;
    let job = ctx.get(&id).await;
    assert_eq!(job.name, "Stage plan of Skipping Stone");
    assert_eq!(job.name_text.unwrap().key, "name.stage_plan");
    let next = job.next_action.unwrap();
    assert_eq!(
        (next.action, next.href),
        (Action::Open, format!("/vessels/{id}"))
    );
    let lines = ctx.log_lines(&id).await;
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
    // The plain name is created after the job has completed.
    let names = [format!("{id}.1.json"), format!("{id}.json")];
    until(|| ctx.artifact_names() == names).await;
}

#[tokio::test]
async fn pasted_text_is_read_like_a_file() {
    let ctx = start(VesselKind::part_tree, Path::new("/nonexistent")).await;
    let text = std::fs::read_to_string(samples().join("Pebble.craft")).unwrap();
    let (id, result) = ctx.result_of(json!({"text": text})).await;
    assert_eq!(result["parts"].as_array().unwrap().len(), 5);
    assert_eq!(ctx.get(&id).await.name, "Part tree of Pebble");
}

#[tokio::test]
async fn a_mebibyte_of_text_is_read() {
    let ctx = start(VesselKind::part_tree, Path::new("/nonexistent")).await;
    let mut text = "PART{part=a_0\n}".to_owned();
    // As JSON, the whole input is just under one mebibyte.
    while text.len() < 1024 * 1024 - 40 {
        text.push_str("NOTE{x=y}");
    }
    let (_, result) = ctx.result_of(json!({"text": text})).await;
    assert_eq!(result["parts"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_error_in_the_file_fails_the_job_and_is_its_summary() {
    let ctx = start(VesselKind::part_tree, Path::new("/nonexistent")).await;
    let text = "ship = Ring\nPART{part=a_1\nlink=b_2\n}PART{part=b_2\nlink=a_1\n}";
    let id = ctx.submit(json!({"text": text})).await;
    let job = ctx.until(&id, |job| job.state.is_finished()).await;
    let failure = job.failure.unwrap();
    assert_eq!(failure.code, "invalid_input");
    assert!(failure.summary.contains("no root part"), "{failure:?}");
    assert!(!failure.retryable && !failure.fix.is_empty());
    assert_eq!(job.failure_text.unwrap().key, "failure.vessel_no_root");
}

#[tokio::test]
async fn a_job_reads_a_large_file_and_can_be_cancelled() {
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
    let ctx = start(VesselKind::part_tree, folder.path()).await;
    let (id, result) = ctx
        .result_of(json!({"craft": "large.sfs", "vessel": "V399"}))
        .await;
    assert_eq!(result["parts"].as_array().unwrap().len(), 100);
    assert_eq!(ctx.get(&id).await.name, "Part tree of V399");
    let id = ctx
        .submit(json!({"craft": "large.sfs", "vessel": "V9999"}))
        .await;
    let job = ctx.until(&id, |job| job.state.is_finished()).await;
    let failure = job.failure.unwrap();
    assert!(failure.summary.contains("It has: V0, V1"), "{failure:?}");
    assert!(failure.summary.len() < 1000, "{failure:?}");
    let id = ctx
        .submit(json!({"craft": "large.sfs", "vessel": "V399"}))
        .await;
    ctx.until(&id, |job| job.state == JobState::Running).await;
    ctx.cancel(&id).await;
}

#[tokio::test]
async fn the_log_reports_figures_with_their_confidence() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["Orchard.craft", "Heron.craft"] {
        std::fs::copy(samples().join(name), folder.path().join(name)).unwrap();
    }
    // One of its fuel ducts leads to a part that does not exist.
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
    let ctx = start(VesselKind::stage_plan, folder.path()).await;
    for (craft, expected) in [
        ("Orchard.craft", "Δv 1810."),
        ("lost.craft", "Δv about "),
        ("Orchard.craft", "wet 18.250 t"),
        ("Orchard.craft", "Stage 1: 3 parts, 1 engine burns, "),
        ("Heron.craft", "wet at least 4.630 t"),
        ("Heron.craft", "1 is not in the part table: heron.WarpTank"),
        ("many.craft", "Read 1000 parts"),
    ] {
        let (id, _) = ctx.result_of(json!({ "craft": craft })).await;
        let lines = ctx.log_lines(&id).await;
        assert!(
            lines.iter().any(|line| line.contains(expected)),
            "{lines:?}"
        );
        let artifact = ctx.queue.artifact(&ctx.me, &id).await.unwrap();
        let name = match craft {
            "many.craft" => "a-many-parts-stage-plan.json".to_owned(),
            _ => craft.to_lowercase().replace(".craft", "-stage-plan.json"),
        };
        assert_eq!(artifact.download_name, name);
    }
}
