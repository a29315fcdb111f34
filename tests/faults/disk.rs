//! A small disk that can be filled: a file system in memory that one process alone sees.

use crate::JOBTRAY;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Room for a database and some films.
const SMALL: &str = "mount -t tmpfs -o size=4m small \"$JOBTRAY_DATA_DIR\"";
const READ_ONLY: &str = "mount --bind \"$JOBTRAY_DATA_DIR\" \"$JOBTRAY_DATA_DIR\" &&
    mount -o remount,ro,bind \"$JOBTRAY_DATA_DIR\"";

/// The program with a small disk as its data directory; none where this machine cannot.
pub fn small(data: &Path) -> Option<Command> {
    mounted(data, SMALL)
}

/// The program with a data directory that nobody can write to.
pub fn read_only(data: &Path) -> Option<Command> {
    mounted(data, READ_ONLY)
}

/// The program with files of 2 MiB at most, until somebody takes the limit away.
pub fn limited(data: &Path) -> Option<Command> {
    let limited = "ulimit -S -f 2048";
    let available = Command::new("bash").args(["-c", limited]).status();
    let prlimit = Command::new("prlimit").arg("--version").output();
    if !available.is_ok_and(|status| status.success()) || prlimit.is_err() {
        println!("skipped: needs bash and prlimit");
        return None;
    }
    Some(after(&["bash"], limited, data))
}

/// Takes the limit of [`limited`] away.
pub fn unlimit(process: u32) {
    let id = process.to_string();
    let lifted = Command::new("prlimit")
        .args(["--pid", &id, "--fsize=unlimited:"])
        .status();
    assert!(lifted.unwrap().success());
}

/// A folder as the process sees it.
pub fn seen_by(process: u32, folder: &Path) -> PathBuf {
    let root = PathBuf::from(format!("/proc/{process}/root"));
    root.join(folder.strip_prefix("/").unwrap())
}

/// Takes all the room that is left in a folder; remove the file to give it back.
pub fn fill(folder: &Path) -> PathBuf {
    let path = folder.join("filler");
    let mut filler = File::create(&path).unwrap();
    for piece in [1 << 16, 1 << 12, 1] {
        let piece = vec![0; piece];
        while filler.write_all(&piece).is_ok() {}
    }
    path
}

/// The program in a mount name space of its own, which goes with it.
fn mounted(data: &Path, mount: &str) -> Option<Command> {
    let tried = TempDir::new().unwrap();
    let mut allowed = Command::new("unshare");
    allowed.args(["-rm", "sh", "-c", mount]);
    let allowed = allowed.env("JOBTRAY_DATA_DIR", tried.path()).status();
    if !allowed.is_ok_and(|status| status.success()) {
        println!("skipped: no mount is allowed in a name space of one's own (unshare -rm)");
        return None;
    }
    Some(after(&["unshare", "-rm", "sh"], mount, data))
}

/// The program, started by a shell after something else.
fn after(shell: &[&str], first: &str, data: &Path) -> Command {
    let mut command = Command::new(shell[0]);
    let script = format!("{first} && exec \"$0\" serve");
    command.args(&shell[1..]).args(["-c", &script, JOBTRAY.0]);
    testkit::program::configured(command, data)
}
