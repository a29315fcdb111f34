use super::Tray;
use crate::browser::Reply;
use crate::i18n::Lang;
use crate::job::sample::{ME, job};
use crate::job::{Job, JobCommand, JobState, Timestamp};
use crate::live::{Message, Snapshot};
use crate::settings::Settings;
use crate::tray::requests;
use leptos::prelude::*;

/// Runs a test with a tray that knows one running job.
fn with_tray(test: impl FnOnce(Tray, Job)) {
    Owner::new().with(|| {
        let running = job(1, JobState::Running);
        let snapshot = Snapshot {
            epoch: "e".to_owned(),
            cursor: 1,
            server_time: Timestamp(0),
            jobs: vec![running.clone()],
            seen: Vec::new(),
        };
        let tray = Tray::new(
            snapshot,
            ME.to_owned(),
            Lang::En,
            Settings::default(),
            |_| None,
        );
        test(tray, running);
    });
}

fn cancelled(job: &Job) -> Job {
    Job {
        state: JobState::Cancelled,
        version: job.version + 1,
        finished_at: Some(job.last_updated_at),
        ..job.clone()
    }
}

fn changes(jobs: Vec<Job>) -> Message {
    Message::Changes {
        cursor: 2,
        server_time: Timestamp(1),
        jobs,
    }
}

#[test]
fn a_job_that_was_cancelled_here_offers_undo() {
    with_tray(|tray, job| {
        requests::send_command(tray, &job.job_id, JobCommand::Cancel);
        let reply = Reply {
            ok: true,
            text: serde_json::to_string(&cancelled(&job)).unwrap(),
        };
        requests::command_answered(tray, &job.job_id, JobCommand::Cancel, Some(reply));
        let has_toast = tray.alerts.toasts.with(|list| list.has(&job.job_id));
        assert!(has_toast);
    });
}

#[test]
fn somebody_elses_cancel_offers_no_undo_after_a_rejected_one() {
    with_tray(|tray, job| {
        requests::send_command(tray, &job.job_id, JobCommand::Cancel);
        let rejected = Reply {
            ok: false,
            text: r#""Refused""#.to_owned(),
        };
        requests::command_answered(tray, &job.job_id, JobCommand::Cancel, Some(rejected));
        tray.apply(changes(vec![cancelled(&job)]));
        let has_toast = tray.alerts.toasts.with(|list| list.has(&job.job_id));
        assert!(!has_toast);
    });
}
