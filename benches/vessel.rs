//! Measures how long it takes to read a craft of 5,000 parts, and a vessel of a save of 50 MB, from the submission
//! to the result on disk.
//!
//! `cargo bench --bench vessel` prints the figures with the machine's processor.
#![expect(clippy::unwrap_used, reason = "a benchmark may fail")]

use serde_json::json;
use std::fmt::Write;
use testkit::timed::{Timed, print};

const PARTS: usize = 5000;
const RUNS: usize = 20;

#[tokio::main]
async fn main() {
    let data = tempfile::tempdir_in(env!("CARGO_MANIFEST_DIR")).unwrap();
    std::fs::write(data.path().join("whale.craft"), craft()).unwrap();
    std::fs::write(data.path().join("fleet.sfs"), save()).unwrap();
    let jobs = Timed::start(data.path()).await;
    println!("{}", processor());
    let craft = json!({"craft": "whale.craft"});
    let vessel = json!({"craft": "fleet.sfs", "vessel": "V399"});
    for (kind, input, what) in [
        ("part_tree", &craft, "a craft of 5,000 parts"),
        ("stage_plan", &craft, "a craft of 5,000 parts"),
        ("part_tree", &vessel, "a vessel of a save"),
    ] {
        let mut times = Vec::new();
        for _ in 0..RUNS {
            times.push(jobs.job(kind, input.clone()).await);
        }
        let file = input["craft"].as_str().unwrap();
        let bytes = std::fs::metadata(data.path().join(file)).unwrap().len();
        print(&format!("{kind}, {what}, {bytes} bytes"), times);
    }
    jobs.stop().await;
}

/// A module of the size that the game writes for a small part. Nothing of it is read.
fn module(text: &mut String) {
    text.push_str("\tMODULE\n\t{\n");
    for field in 0..40 {
        writeln!(text, "\t\tfield{field} = {field}.25,0,1").unwrap();
    }
    text.push_str("\t}\n");
}

/// Stacks of a hundred tanks on a pod. Each stack has a decoupler at its top and an engine at its end.
fn craft() -> String {
    let mut text = "ship = Whale\nversion = 1.12.5\nPART\n{\n\tpart = mk1pod.v2_0\n".to_owned();
    for stack in (1..PARTS).step_by(102) {
        writeln!(text, "\tlink = Decoupler.1_{stack}").unwrap();
    }
    text.push_str("}\n");
    for part in 1..PARTS {
        let place = (part - 1) % 102;
        let next = part + 1;
        let end = next == PARTS;
        let (name, link) = match place {
            0 => ("Decoupler.1", Some("fuelTank")),
            100 => ("fuelTank", Some("liquidEngine2.v2")),
            101 => ("liquidEngine2.v2", None),
            _ => ("fuelTank", Some("fuelTank")),
        };
        writeln!(
            text,
            "PART\n{{\n\tpart = {name}_{part}\n\tistg = {}",
            part / 1000
        )
        .unwrap();
        if let Some(link) = link.filter(|_| !end) {
            writeln!(text, "\tlink = {link}_{next}").unwrap();
        }
        module(&mut text);
        text.push_str("}\n");
    }
    text
}

fn save() -> String {
    let mut text = "GAME\n{\nFLIGHTSTATE\n{\n".to_owned();
    for vessel in 0..400 {
        writeln!(text, "VESSEL\n{{\nname = V{vessel}\nroot = 0").unwrap();
        for _ in 0..115 {
            text.push_str("PART\n{\n\tname = fuelTank\n\tparent = 0\n");
            module(&mut text);
            text.push_str("}\n");
        }
        text.push_str("}\n");
    }
    text.push_str("}\n}\n");
    text
}

fn processor() -> String {
    let cpu_info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu_info.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split(": ").nth(1));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores, {}", model.unwrap_or("unknown processor"))
}
