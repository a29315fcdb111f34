//! Files of the worker: unfinished work in `scratch/JOB/`, finished work in `artifacts/jobs/`.

use super::Finished;
use crate::job::JobId;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Jobs that one look asks for; the next look asks for the rest.
const AT_ONCE: usize = 500;

/// Where the worker's files lie below the data directory.
#[derive(Debug, Clone)]
pub(super) struct Folders {
    scratch: PathBuf,
    jobs: PathBuf,
}

/// A finished file in its place.
pub(super) struct Placed {
    /// Below the artifacts folder.
    pub(super) file: String,
    pub(super) bytes: u64,
}

impl Folders {
    pub(super) fn of(data_dir: &Path) -> Self {
        Self {
            scratch: data_dir.join("scratch"),
            jobs: data_dir.join("artifacts").join("jobs"),
        }
    }

    /// The folder of a job's own. Its name is an id, so it cannot lead elsewhere.
    pub(super) fn scratch_of(&self, job: &JobId) -> PathBuf {
        self.scratch.join(job.as_str())
    }

    /// Makes the job's folder; a run that begins anew finds it empty.
    pub(super) fn prepare(&self, job: &JobId, begins_anew: bool) -> io::Result<()> {
        if begins_anew {
            self.forget(job)?;
        }
        std::fs::create_dir_all(self.scratch_of(job))
    }

    /// Removes the job's unfinished work.
    pub(super) fn forget(&self, job: &JobId) -> io::Result<()> {
        match std::fs::remove_dir_all(self.scratch_of(job)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Moves a finished file among the artifacts: on disk under its temporary name first, so that
    /// a file under its own name is always whole; then the rename itself is put on disk.
    pub(super) fn place(
        &self,
        job: &JobId,
        attempt: u32,
        finished: &Finished,
    ) -> io::Result<Placed> {
        let file = File::open(&finished.file)?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        let name = format!("{job}.{attempt}.{}", finished.extension);
        std::fs::create_dir_all(&self.jobs)?;
        std::fs::rename(&finished.file, self.jobs.join(&name))?;
        File::open(&self.jobs)?.sync_all()?;
        Ok(Placed { file: name, bytes })
    }

    /// Jobs that have unfinished work on disk, as many as one look can ask for.
    pub(super) fn unfinished(&self) -> io::Result<Vec<JobId>> {
        let entries = match std::fs::read_dir(&self.scratch) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let jobs = names.filter_map(|name| JobId::parse(&name).ok());
        Ok(jobs.take(AT_ONCE).collect())
    }
}
