//! The worker's files: unfinished work is in `scratch/JOB/`, finished work in `artifacts/jobs/`.
//!
//! A finished file is called `JOB.ATTEMPT.EXTENSION`, so that no attempt touches the file of another. Once the job
//! has completed, the file is also called `JOB.EXTENSION`.

use super::Finished;
use crate::job::JobId;
use crate::queue::Artifacts;
use std::fs::{File, FileType};
use std::io;
use std::path::{Path, PathBuf};

/// The longest extension of a finished file, in bytes.
const MAX_EXTENSION_BYTES: usize = 8;

/// The worker's folders below the data directory.
#[derive(Debug, Clone)]
pub(super) struct Folders {
    scratch: PathBuf,
    jobs: PathBuf,
}

/// A finished file in the artifacts folder.
pub(super) struct StoredFile {
    /// Its name in the artifacts folder.
    pub(super) file: String,
    pub(super) bytes: u64,
}

impl Folders {
    pub(super) fn of(data_dir: &Path) -> Self {
        Self {
            scratch: data_dir.join("scratch"),
            jobs: Artifacts::folder(data_dir),
        }
    }

    /// The scratch folder of a job. Its name is an id, so the path cannot lead elsewhere.
    pub(super) fn scratch_of(&self, job: &JobId) -> PathBuf {
        self.scratch.join(job.as_str())
    }

    /// Creates the job's scratch folder; a run without a checkpoint gets an empty one.
    pub(super) fn prepare(&self, job: &JobId, begins_anew: bool) -> io::Result<()> {
        if begins_anew {
            self.remove_scratch(job)?;
        }
        std::fs::create_dir_all(self.scratch_of(job))
    }

    /// Removes the job's unfinished work.
    pub(super) fn remove_scratch(&self, job: &JobId) -> io::Result<()> {
        match std::fs::remove_dir_all(self.scratch_of(job)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Moves a finished file to the artifacts folder. The file is synced before the rename, so that a file with a
    /// final name is always complete; then the folder is synced, so that the rename survives a crash.
    pub(super) fn store(
        &self,
        job: &JobId,
        attempt: u32,
        finished: &Finished,
    ) -> io::Result<StoredFile> {
        let file = File::open(&finished.file)?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        let name = format!("{job}.{attempt}.{}", finished.extension);
        std::fs::create_dir_all(&self.jobs)?;
        std::fs::rename(&finished.file, self.jobs.join(&name))?;
        if let Err(error) = File::open(&self.jobs).and_then(|folder| folder.sync_all()) {
            // The file may be gone after a crash, so no row may name it.
            let _ = self.withdraw(&name);
            return Err(error);
        }
        Ok(StoredFile { file: name, bytes })
    }

    /// Adds the name `JOB.EXTENSION` to the file of a completed job, which has no further attempts.
    pub(super) fn name_plainly(&self, file: &str) -> io::Result<()> {
        let Some((job, extension)) = job_of(file).zip(file.rsplit_once('.')) else {
            return Ok(());
        };
        let plain = self.jobs.join(format!("{job}.{}", extension.1));
        match std::fs::hard_link(self.jobs.join(file), plain) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    }

    /// The jobs with a scratch folder.
    pub(super) fn unfinished(&self) -> io::Result<Vec<JobId>> {
        let folders = listed(&self.scratch, FileType::is_dir)?;
        Ok(folders
            .iter()
            .filter_map(|name| JobId::parse(name).ok())
            .collect())
    }

    /// Finished files whose names [`Folders::store`] gives, each with its job.
    pub(super) fn finished(&self) -> io::Result<Vec<(JobId, String)>> {
        let files = listed(&self.jobs, FileType::is_file)?;
        Ok(files
            .into_iter()
            .filter_map(|name| Some((job_of(&name)?, name)))
            .collect())
    }

    /// Removes a finished file.
    pub(super) fn withdraw(&self, file: &str) -> io::Result<()> {
        std::fs::remove_file(self.jobs.join(file))
    }
}

/// The names in a folder, which may not exist yet. Links are left out, since the worker never creates one.
fn listed(folder: &Path, is: impl Fn(&FileType) -> bool) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let entries = entries.filter_map(Result::ok);
    let ours = entries.filter(|entry| entry.file_type().is_ok_and(|kind| is(&kind)));
    Ok(ours
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect())
}

/// The job of a finished file; none if the name is not exactly one that the worker gives.
fn job_of(name: &str) -> Option<JobId> {
    let mut parts = name.splitn(3, '.');
    let (job, attempt, extension) = (parts.next()?, parts.next()?, parts.next()?);
    let number: u32 = attempt.parse().ok()?;
    let plain = extension
        .bytes()
        .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit());
    let ours = number > 0
        && number.to_string() == attempt
        && plain
        && (1..=MAX_EXTENSION_BYTES).contains(&extension.len());
    JobId::parse(job).ok().filter(|_| ours)
}

/// Does disk work on a blocking thread, so that no other task has to wait for the disk.
pub(super) async fn on_disk<T: Send + 'static>(
    folders: &Folders,
    work: impl FnOnce(&Folders) -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let folders = folders.clone();
    tokio::task::spawn_blocking(move || work(&folders))
        .await
        .unwrap_or_else(|error| Err(io::Error::other(error)))
}

#[cfg(test)]
mod tests {
    use super::job_of;

    const JOB: &str = "part_tree_0192aaaabbbbccccddddeeeeffff0000";

    #[test]
    fn only_a_name_that_we_give_is_ours() {
        let job = job_of(&format!("{JOB}.12.mp4")).unwrap();
        assert_eq!(job.as_str(), JOB);
        for name in [
            "notes.txt".to_owned(),
            "holiday.1.mp4".to_owned(),
            JOB.to_owned(),
            format!("{JOB}.mp4"),
            format!("{JOB}.1"),
            format!("{JOB}.1."),
            format!("{JOB}.0.mp4"),
            format!("{JOB}.01.mp4"),
            format!("{JOB}.+1.mp4"),
            format!("{JOB}.1.MP4"),
            format!("{JOB}.1.mp4.bak"),
            format!("{JOB}.1.mp4~"),
            format!("x{JOB}.1.a/b"),
        ] {
            assert!(job_of(&name).is_none(), "{name}");
        }
    }
}
