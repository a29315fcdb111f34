//! Opens the files that jobs have made, for pages, REST and assistants.

use super::{Caller, Queue, QueueError};
use crate::job::JobId;
use crate::store::Artifact;
use std::io;
use std::path::{Path, PathBuf};
use tokio::io::AsyncReadExt;

/// Opens artifacts; cheap to clone.
#[derive(Clone)]
pub struct Artifacts {
    queue: Queue,
    folder: PathBuf,
}

/// The artifact of a job that the caller may see.
#[derive(Debug, Clone)]
pub struct FoundArtifact {
    pub artifact: Artifact,
    /// Its file. None if the result is a link, or if the name on the row would lead outside the folder.
    pub path: Option<PathBuf>,
}

impl Artifacts {
    #[must_use]
    pub fn new(queue: Queue, data_dir: &Path) -> Self {
        Self {
            queue,
            folder: Self::folder(data_dir),
        }
    }

    /// The folder of finished files, below the data directory.
    #[must_use]
    pub fn folder(data_dir: &Path) -> PathBuf {
        data_dir.join("artifacts").join("jobs")
    }

    /// The artifact of a job. Not found if the job belongs to another studio or has no result.
    pub async fn find(&self, caller: &Caller, id: &JobId) -> Result<FoundArtifact, QueueError> {
        let artifact = self.queue.artifact(caller, id).await?;
        let path = artifact.own_file().map(|file| self.folder.join(file));
        Ok(FoundArtifact { artifact, path })
    }
}

impl FoundArtifact {
    /// The first bytes of its file, `limit` at most; none without a file.
    pub async fn read(&self, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let Some(path) = &self.path else {
            return Ok(None);
        };
        let file = tokio::fs::File::open(path).await?;
        let mut bytes = Vec::new();
        file.take(limit).read_to_end(&mut bytes).await?;
        Ok(Some(bytes))
    }
}
