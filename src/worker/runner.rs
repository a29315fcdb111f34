//! Runs one claimed job, from its claim to its end.

use super::artifacts::{Folders, StoredFile, on_disk};
use super::context::Run;
use super::{Finished, JobContext, JobHandler, Stop, sweeper};
use crate::i18n::{JobMessage, new_failure};
use crate::job::{FailureCode, JobId, JobState};
use crate::queue::{NewResult, Queue, QueueError, Report};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;

/// How long a handler may take to stop before its task is aborted.
pub(super) const GRACE: Duration = Duration::from_secs(5);

/// Maximum length of a failure's summary, in characters.
const MAX_SUMMARY_CHARS: usize = 1000;

/// Runs the job's handler and reports how it ended.
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
        // After a crash at this point, the next sweep adds the name.
        if let Err(error) = on_disk(folders, move |folders| folders.name_plainly(&file)).await {
            tracing::warn!(job = %run.job(), %error, "cannot give the result its final name");
        }
    } else if let Err(error) = sweeper::remove_rejected_file(queue, folders, run.job(), file).await
    {
        tracing::warn!(job = %run.job(), %error, "cannot remove a file that no job refers to");
    }
}

/// Runs the handler in a task of its own, so that a panic fails only its own job.
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
            tracing::warn!(job = %run.job(), "the handler did not stop in time; its task is aborted");
            task.abort();
            task.await
        }
    };
    joined.unwrap_or_else(|error| Err(broken(&error, run)))
}

/// Why a task returned nothing: it was aborted, or it panicked.
fn broken(error: &JoinError, run: &Run) -> Stop {
    if error.is_cancelled() {
        return Stop::Requested;
    }
    tracing::error!(job = %run.job(), %error, "the handler panicked");
    internal(&JobMessage::Panicked)
}

/// The last report of the run. A finished file is moved to the artifacts folder first.
async fn report(
    queue: &Queue,
    folders: &Folders,
    run: &Run,
    outcome: Result<Finished, Stop>,
) -> Report {
    let stored = match outcome {
        // Another run has the job now, and its artifact counts.
        Ok(_) if run.has_lost_lease() => return Report::default(),
        Ok(finished) => store(folders, run, finished).await,
        Err(stop) => Err(stop),
    };
    match stored {
        Ok((finished, stored)) => completed(queue, run, finished, stored),
        // Releases the job. If a state is requested, the same write applies it; a request that was withdrawn
        // meanwhile is not honoured.
        Err(Stop::Requested) if run.was_asked_to_stop() => Report {
            state: Some(JobState::Queued),
            ..Report::default()
        },
        Err(Stop::Requested) => failed(internal(&JobMessage::StoppedUnexpectedly)),
        Err(stop) => failed(stop),
    }
}

async fn store(
    folders: &Folders,
    run: &Run,
    finished: Finished,
) -> Result<(Finished, StoredFile), Stop> {
    let (job, attempt) = (run.job().clone(), run.claim().job.attempt);
    Ok(on_disk(folders, move |folders| {
        let stored = folders.store(&job, attempt, &finished)?;
        Ok((finished, stored))
    })
    .await?)
}

fn completed(queue: &Queue, run: &Run, finished: Finished, stored: StoredFile) -> Report {
    let page = queue.kinds().find(run.job().kind());
    Report {
        state: Some(JobState::Completed),
        result: Some(NewResult {
            file: Some(stored.file),
            media_type: finished.media_type.to_owned(),
            bytes: stored.bytes,
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

/// A summary of one line and bounded length: a handler may quote a program or a service at any length.
fn sentence(summary: &str) -> String {
    let clean: String = summary
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(MAX_SUMMARY_CHARS)
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

/// Sends the last report, and returns whether the job completed. Removes the unfinished work of a job that ended.
async fn finish(folders: &Folders, run: &Run, end: Report) -> bool {
    let mut answer = run.end(end).await;
    if let Err(QueueError::Invalid(error)) = &answer {
        // A report that the queue rejects must not leave the job running for ever.
        tracing::error!(job = %run.job(), %error, "the last report is invalid; the job fails");
        answer = run.end(failed(internal(&JobMessage::ResultNotSaved))).await;
    }
    match answer {
        Ok(job) => {
            if job.state.is_finished() {
                remove_scratch(folders, job.job_id).await;
            }
            job.state == JobState::Completed
        }
        Err(error) => {
            tracing::warn!(job = %run.job(), %error, "cannot report how the run ended");
            false
        }
    }
}

/// Removes a job's unfinished work.
async fn remove_scratch(folders: &Folders, job: JobId) {
    let removed = on_disk(folders, {
        let job = job.clone();
        move |folders| folders.remove_scratch(&job)
    });
    if let Err(error) = removed.await {
        tracing::warn!(%job, %error, "cannot remove unfinished work");
    }
}
