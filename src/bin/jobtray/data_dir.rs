//! The data directory and its lock. Only the process that holds the lock uses the directory.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The held lock. The system releases it when the process ends, however it ends.
#[derive(Debug)]
pub struct DataDir {
    lock: File,
}

/// Who holds a data directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Such as `process 123`.
    pub name: String,
    /// The address that it serves at, once it does.
    pub address: Option<SocketAddr>,
}

/// Why the data directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    #[error("JOBTRAY_DATA_DIR: {path} is in use by {holder}", holder = .holder.name)]
    Held { path: PathBuf, holder: Holder },
    #[error("JOBTRAY_DATA_DIR: cannot write in {path}: {source}")]
    Unusable {
        path: PathBuf,
        source: std::io::Error,
    },
}

impl DataDir {
    /// Creates the directory if it is missing, and takes its lock.
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
        let mut held = Self { lock };
        held.write(None).map_err(unusable)?;
        Ok(held)
    }

    /// Writes the address into the lock file, so that other processes become clients of this one.
    pub fn serves_at(&mut self, address: SocketAddr) -> std::io::Result<()> {
        self.write(Some(address))
    }

    /// Removes the address before the process ends, so that new processes wait for the lock.
    pub fn serves_nowhere(&mut self) -> std::io::Result<()> {
        self.write(None)
    }

    fn write(&mut self, address: Option<SocketAddr>) -> std::io::Result<()> {
        let process = format!("process {}\n", std::process::id());
        let address = address.map(|address| format!("{address}\n"));
        self.lock.set_len(0)?;
        self.lock.rewind()?;
        // One write, so that no reader sees half of it.
        let text = process + &address.unwrap_or_default();
        self.lock.write_all(text.as_bytes())
    }
}

/// The address in the lock file, whether or not its writer still runs. Does not take the lock.
pub fn served_at(path: &Path) -> Option<SocketAddr> {
    let mut lock = File::open(path.join("lock")).ok()?;
    holder(&mut lock).address
}

fn holder(lock: &mut File) -> Holder {
    let mut text = String::new();
    // An unreadable file is treated like an empty one.
    let _ = lock.take(200).read_to_string(&mut text);
    let mut lines = text.lines();
    let name = lines.next().map(str::trim).filter(|name| !name.is_empty());
    Holder {
        name: name.unwrap_or("another process").to_owned(),
        address: lines.next().and_then(|line| line.trim().parse().ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::{DataDir, DataDirError};

    #[test]
    fn a_second_holder_gets_an_error_that_names_the_first() {
        let dir = tempfile::tempdir().unwrap();
        let held = DataDir::open(dir.path()).unwrap();
        let message = DataDir::open(dir.path()).unwrap_err().to_string();
        assert!(
            message.contains(&format!("process {}", std::process::id())),
            "{message}"
        );
        drop(held);
        DataDir::open(dir.path()).unwrap();
    }

    #[test]
    fn a_second_process_gets_the_address_of_the_first() {
        let dir = tempfile::tempdir().unwrap();
        let mut held = DataDir::open(dir.path()).unwrap();
        let address = || match DataDir::open(dir.path()) {
            Err(DataDirError::Held { holder, .. }) => holder.address,
            other => panic!("{other:?}"),
        };
        assert_eq!(address(), None);
        let served = "127.0.0.1:3000".parse().unwrap();
        held.serves_at(served).unwrap();
        assert_eq!(address(), Some(served));
    }

    #[test]
    fn an_error_about_the_directory_names_its_variable() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, "").unwrap();
        let message = DataDir::open(&file).unwrap_err().to_string();
        assert!(message.contains("JOBTRAY_DATA_DIR"), "{message}");
    }
}
