//! Removes files that no job needs: leftovers of a crash, a lost lease or a job cancelled while paused.
//!
//! The rows decide. Files of jobs that this store does not know are kept: the same folder may serve another
//! database.

use super::JobHandler;
use super::artifacts::{Folders, on_disk};
use crate::job::JobId;
use crate::queue::{JobFiles, Queue, QueueError};
use std::collections::{HashMap, HashSet};
use std::io;

/// Maximum number of jobs in one query.
const BATCH_SIZE: usize = 500;

/// Why a sweep failed; the next one tries again.
#[derive(Debug, thiserror::Error)]
pub(super) enum SweepError {
    #[error(transparent)]
    Disk(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] QueueError),
}

/// Removes the scratch folders of jobs that ended while no run of them was active: cancelled while paused, or just
/// before the process died. No run may begin meanwhile.
pub(super) async fn unfinished(queue: &Queue, folders: &Folders) -> Result<(), SweepError> {
    let found = on_disk(folders, Folders::unfinished).await?;
    let known = job_files(queue, &found).await?;
    for job in found {
        if known.get(&job).is_some_and(|files| !files.active) {
            on_disk(folders, move |folders| folders.remove_scratch(&job)).await?;
        }
    }
    Ok(())
}

/// Removes finished files that no row names: their run ended between moving the file and its last report. A file that
/// the row of a finished job names gets its final name. Files of `busy` jobs are left alone, since a row may soon name
/// them; no other run may begin meanwhile.
pub(super) async fn unnamed(
    queue: &Queue,
    folders: &Folders,
    busy: &HashSet<JobId>,
) -> Result<(), SweepError> {
    let mut found = on_disk(folders, Folders::finished).await?;
    found.retain(|(job, _)| !busy.contains(job));
    let jobs: Vec<JobId> = found.iter().map(|(job, _)| job.clone()).collect();
    let known = job_files(queue, &jobs).await?;
    for (job, file) in found {
        match known.get(&job) {
            Some(known) if !names(known, &file) => withdraw(folders, &job, file).await?,
            Some(known) if !known.active => {
                on_disk(folders, move |folders| folders.name_plainly(&file)).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Removes the finished file of a run of this process, unless its last report was accepted after all. The job's next
/// run must not have begun.
pub(super) async fn remove_rejected_file(
    queue: &Queue,
    folders: &Folders,
    job: &JobId,
    file: String,
) -> Result<(), SweepError> {
    let known = queue.job_files(std::slice::from_ref(job)).await?;
    if known.iter().any(|files| !names(files, &file)) {
        withdraw(folders, job, file).await?;
    }
    Ok(())
}

/// Releases what a handler keeps alive for jobs that have ended. The store is queried only if it keeps any.
pub(super) async fn release_held(queue: &Queue, kind: &dyn JobHandler) -> Result<(), SweepError> {
    let held = kind.held_jobs();
    if held.is_empty() {
        return Ok(());
    }
    let known = job_files(queue, &held).await?;
    for job in held {
        if known.get(&job).is_none_or(|files| !files.active) {
            kind.release(&job);
        }
    }
    Ok(())
}

fn names(files: &JobFiles, file: &str) -> bool {
    files.file.as_deref() == Some(file)
}

async fn withdraw(folders: &Folders, job: &JobId, file: String) -> io::Result<()> {
    tracing::info!(%job, file, "removing a file that no job refers to");
    on_disk(folders, move |folders| folders.withdraw(&file)).await
}

async fn job_files(queue: &Queue, jobs: &[JobId]) -> Result<HashMap<JobId, JobFiles>, QueueError> {
    let mut known = HashMap::with_capacity(jobs.len());
    for jobs in jobs.chunks(BATCH_SIZE) {
        let files = queue.job_files(jobs).await?;
        known.extend(files.into_iter().map(|one| (one.id.clone(), one)));
    }
    Ok(known)
}
