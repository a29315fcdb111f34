//! The data directory and its lock: one process holds it and is alone on what lies there.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

/// The held lock; the system releases it when the process ends, however it ends.
#[derive(Debug)]
pub struct DataDir {
    _lock: File,
}

/// Why the data directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    #[error("JOBTRAY_DATA_DIR: {path} is in use by {holder}")]
    Held { path: PathBuf, holder: String },
    #[error("JOBTRAY_DATA_DIR: cannot write in {path}: {source}")]
    Unusable {
        path: PathBuf,
        source: std::io::Error,
    },
}

impl DataDir {
    /// Makes the directory where it is missing and takes its lock.
    pub fn open(path: &Path) -> Result<Self, DataDirError> {
        let unusable = |source| DataDirError::Unusable {
            path: path.to_owned(),
            source,
        };
        std::fs::create_dir_all(path).map_err(unusable)?;
        let mut lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path.join("lock"))
            .map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(DataDirError::Held {
                    path: path.to_owned(),
                    holder: holder(&mut lock),
                });
            }
            Err(TryLockError::Error(source)) => return Err(unusable(source)),
        }
        write_holder(&mut lock).map_err(unusable)?;
        Ok(Self { _lock: lock })
    }
}

fn write_holder(lock: &mut File) -> std::io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "process {}", std::process::id())
}

fn holder(lock: &mut File) -> String {
    let mut line = String::new();
    match lock.take(200).read_to_string(&mut line) {
        Ok(_) if !line.trim().is_empty() => line.trim().to_owned(),
        _ => "another process".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::DataDir;

    #[test]
    fn a_second_holder_is_refused_and_hears_who_the_first_is() {
        let dir = tempfile::tempdir().unwrap();
        let held = DataDir::open(dir.path()).unwrap();
        let problem = DataDir::open(dir.path()).unwrap_err().to_string();
        assert!(
            problem.contains(&format!("process {}", std::process::id())),
            "{problem}"
        );
        drop(held);
        DataDir::open(dir.path()).unwrap();
    }

    #[test]
    fn a_directory_that_cannot_be_made_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, "").unwrap();
        let problem = DataDir::open(&file).unwrap_err().to_string();
        assert!(problem.contains("JOBTRAY_DATA_DIR"), "{problem}");
    }
}
