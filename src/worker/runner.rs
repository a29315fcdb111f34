//! One claimed job, from its claim to its end.

use super::artifacts::{Folders, Placed, on_disk};
use super::context::Run;
use super::{Context, Finished, JobHandler, Stop, sweeper};
use crate::i18n::{JobMessage, new_failure};
use crate::job::{FailureCode, JobId, JobState};
use crate::queue::{NewResult, Queue, QueueError, Report};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;

/// How long a kind may take to stop before its task is dropped.
pub(super) const GRACE: Duration = Duration::from_secs(5);

/// Characters of a failure's summary.
const LONGEST_SUMMARY: usize = 1000;

/// Runs the job's kind and reports how it ended.
pub(super) async fn run(
    queue: &Queue,
    folders: &Folders,
    kind: Arc<dyn JobHandler>,
    run: Arc<Run>,
) {
    let done = CancellationToken::new();
    let reporting = tokio::spawn({
        let (run, done) = (Arc::clone(&run), done.clone());
        async move { run.keep_reporting(&done).await }
    });
    let outcome = work(folders, kind, &run).await;
    let end = report(queue, folders, &run, outcome).await;
    done.cancel();
    let _ = reporting.await;
    let file = end.result.as_ref().and_then(|result| result.file.clone());
    let completed = !run.has_lost_lease() && finish(folders, &run, end).await;
    let Some(file) = file else { return };
    if completed {
        // A crash right here leaves it to the next sweep.
        if let Err(error) = on_disk(folders, move |folders| folders.name_plainly(&file)).await {
            tracing::warn!(job = %run.job(), %error, "the result has no plain name");
        }
    } else if let Err(error) = sweeper::refused(queue, folders, run.job(), file).await {
        tracing::warn!(job = %run.job(), %error, "a file that no job names is left behind");
    }
}

/// The kind's work in a task of its own: what it breaks is its own job.
async fn work(
    folders: &Folders,
    kind: Arc<dyn JobHandler>,
    run: &Arc<Run>,
) -> Result<Finished, Stop> {
    let job = run.job().clone();
    let begins_anew = run.resume_from().is_none();
    on_disk(folders, move |folders| folders.prepare(&job, begins_anew)).await?;
    let mut task = tokio::spawn({
        let run = Arc::clone(run);
        async move { kind.run(&*run).await }
    });
    let joined = tokio::select! {
        joined = &mut task => joined,
        () = run.overdue(GRACE) => {
            tracing::warn!(job = %run.job(), "did not stop in time; its task is dropped");
            task.abort();
            task.await
        }
    };
    joined.unwrap_or_else(|error| Err(broken(&error, run)))
}

/// What became of a task that returned nothing.
fn broken(error: &JoinError, run: &Run) -> Stop {
    if error.is_cancelled() {
        return Stop::Requested;
    }
    tracing::error!(job = %run.job(), %error, "the kind panicked");
    internal(&JobMessage::Panicked)
}

/// The run's last report.
async fn report(
    queue: &Queue,
    folders: &Folders,
    run: &Run,
    outcome: Result<Finished, Stop>,
) -> Report {
    let placed = match outcome {
        // Somebody else makes the artifact of this name now.
        Ok(_) if run.has_lost_lease() => return Report::default(),
        Ok(finished) => place(folders, run, finished).await,
        Err(stop) => Err(stop),
    };
    match placed {
        Ok((finished, placed)) => completed(queue, run, finished, placed),
        // Released while a state is requested, the job goes to that state in the same write. A request that was
        // withdrawn meanwhile is no longer honoured.
        Err(Stop::Requested) if run.was_asked_to_stop() => Report {
            state: Some(JobState::Queued),
            ..Report::default()
        },
        Err(Stop::Requested) => failed(internal(&JobMessage::StoppedUnasked)),
        Err(stop) => failed(stop),
    }
}

async fn place(
    folders: &Folders,
    run: &Run,
    finished: Finished,
) -> Result<(Finished, Placed), Stop> {
    let (job, attempt) = (run.job().clone(), run.claim().job.attempt);
    Ok(on_disk(folders, move |folders| {
        let placed = folders.place(&job, attempt, &finished)?;
        Ok((finished, placed))
    })
    .await?)
}

fn completed(queue: &Queue, run: &Run, finished: Finished, placed: Placed) -> Report {
    let page = queue.kinds().find(run.job().kind());
    Report {
        state: Some(JobState::Completed),
        result: Some(NewResult {
            file: Some(placed.file),
            media_type: finished.media_type.to_owned(),
            bytes: placed.bytes,
            download_name: Some(finished.download_name),
            page: page.map(|kind| kind.page(run.job())),
            href: None,
            details: finished.details,
        }),
        ..Report::default()
    }
}

fn failed(stop: Stop) -> Report {
    let (code, summary, text) = match stop {
        Stop::Failed {
            code,
            summary,
            text,
        } => (code, summary, text),
        Stop::Requested => (FailureCode::Internal, stop.to_string(), None),
    };
    Report {
        state: Some(JobState::Failed),
        failure: Some(new_failure(code, sentence(&summary))),
        failure_text: text,
        ..Report::default()
    }
}

/// A kind may pass on what a program or a service said, however long.
fn sentence(summary: &str) -> String {
    let clean: String = summary
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST_SUMMARY)
        .collect();
    if clean.trim().is_empty() {
        FailureCode::Internal.as_str().to_owned()
    } else {
        clean
    }
}

fn internal(message: &JobMessage) -> Stop {
    Stop::failed(FailureCode::Internal, message)
}

/// Sends the last report, and says whether the job completed; unfinished work goes with its end.
async fn finish(folders: &Folders, run: &Run, end: Report) -> bool {
    let mut answer = run.end(end).await;
    if let Err(QueueError::Invalid(error)) = &answer {
        // A result that the queue does not take must not leave the job running for ever.
        tracing::error!(job = %run.job(), %error, "the outcome was refused");
        answer = run.end(failed(internal(&JobMessage::ResultRefused))).await;
    }
    match answer {
        Ok(job) => {
            if job.state.is_finished() {
                forget(folders, job.job_id).await;
            }
            job.state == JobState::Completed
        }
        Err(error) => {
            tracing::warn!(job = %run.job(), %error, "the outcome is dropped");
            false
        }
    }
}

/// Removes a job's unfinished work.
async fn forget(folders: &Folders, job: JobId) {
    let removed = on_disk(folders, {
        let job = job.clone();
        move |folders| folders.forget(&job)
    });
    if let Err(error) = removed.await {
        tracing::warn!(%job, %error, "unfinished work is left behind");
    }
}
