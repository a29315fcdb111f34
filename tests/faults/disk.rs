//! Disks that cannot be written to: a small one that can be filled, a read-only one, and one with a file-size limit.
//!
//! The first two are mounted in a mount namespace of the server's own. Not every machine allows that, so their
//! tests are ignored by default, and `script/test` runs them where `unshare -rm` may mount.

use crate::JOBTRAY;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Room for a database and some films.
const SMALL: &str = "mount -t tmpfs -o size=4m small \"$JOBTRAY_DATA_DIR\"";
const READ_ONLY: &str = "mount --bind \"$JOBTRAY_DATA_DIR\" \"$JOBTRAY_DATA_DIR\" &&
    mount -o remount,ro,bind \"$JOBTRAY_DATA_DIR\"";

/// The program with a small disk as its data directory.
pub fn small(data: &Path) -> Command {
    serve_after(&["unshare", "-rm", "sh"], SMALL, data)
}

/// The program with a data directory that nobody can write to.
pub fn read_only(data: &Path) -> Command {
    serve_after(&["unshare", "-rm", "sh"], READ_ONLY, data)
}

/// The program with a limit of 2 MiB on the size of its files, which [`remove_limit`] removes.
pub fn limited(data: &Path) -> Command {
    serve_after(&["bash"], "ulimit -S -f 2048", data)
}

/// Removes the limit of [`limited`] from a running process.
pub fn remove_limit(process: u32) {
    let id = process.to_string();
    let removed = Command::new("prlimit")
        .args(["--pid", &id, "--fsize=unlimited:"])
        .status();
    assert!(removed.expect("prlimit, of util-linux").success());
}

/// The path of a folder as a process sees it in its own mount namespace.
pub fn seen_by(process: u32, folder: &Path) -> PathBuf {
    let root = PathBuf::from(format!("/proc/{process}/root"));
    root.join(folder.strip_prefix("/").unwrap())
}

/// Fills the disk of a folder with one file. Remove that file to make room again.
pub fn fill(folder: &Path) -> PathBuf {
    let path = folder.join("filler");
    let mut filler = File::create(&path).unwrap();
    for size in [1 << 16, 1 << 12, 1] {
        let block = vec![0; size];
        while filler.write_all(&block).is_ok() {}
    }
    path
}

/// `jobtray serve`, started by a shell that first runs a command.
fn serve_after(shell: &[&str], first: &str, data: &Path) -> Command {
    let mut command = Command::new(shell[0]);
    let script = format!("{first} && exec \"$0\" serve");
    command.args(&shell[1..]).args(["-c", &script, JOBTRAY.0]);
    testkit::program::configured(command, data)
}
