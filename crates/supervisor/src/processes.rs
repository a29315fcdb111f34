//! Processes and their descendants, as proc(5) lists them.

use rustix::process::{Pid, Signal, kill_process};
use std::collections::HashMap;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;

/// Bytes of a process's environment that are read.
const ENVIRONMENT_SIZE: u64 = 1 << 20;

/// The children of a process, their children, and so on.
pub(crate) fn descendants(of: Pid) -> Vec<Pid> {
    let mut children: HashMap<i32, Vec<Pid>> = HashMap::new();
    for process in processes() {
        if let Some(parent) = parent(process) {
            children.entry(parent).or_default().push(process);
        }
    }
    let (mut found, mut next) = (Vec::new(), vec![of]);
    while let Some(one) = next.pop() {
        let of_one = children
            .remove(&one.as_raw_nonzero().get())
            .unwrap_or_default();
        next.extend(&of_one);
        found.extend(of_one);
    }
    found
}

/// Sends a signal to each process. A process that has ended in the meantime is skipped.
pub(crate) fn signal_all(processes: &[Pid], signal: Signal) {
    for process in processes {
        let _ = kill_process(*process, signal);
    }
}

/// Kills every process that has this variable with this value in its environment, and returns their number.
///
/// A host that gives each tree its own identifier finds the processes that outlived a killed supervisor.
#[must_use]
pub fn kill_by_environment(name: &str, value: &str) -> usize {
    let variable = format!("{name}={value}");
    let found: Vec<Pid> = processes()
        .filter(|process| has_variable(*process, variable.as_bytes()))
        .collect();
    signal_all(&found, Signal::KILL);
    found.len()
}

fn has_variable(process: Pid, variable: &[u8]) -> bool {
    let path = format!("/proc/{}/environ", process.as_raw_nonzero());
    let mut environment = Vec::new();
    let read = std::fs::File::open(path)
        .and_then(|file| file.take(ENVIRONMENT_SIZE).read_to_end(&mut environment));
    read.is_ok()
        && environment
            .split(|byte| *byte == 0)
            .any(|line| line == variable)
}

fn processes() -> impl Iterator<Item = Pid> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten();
    entries.filter_map(|entry| {
        let name = entry.ok()?.file_name();
        let number = std::str::from_utf8(name.as_bytes()).ok()?.parse().ok()?;
        Pid::from_raw(number)
    })
}

/// The fourth field of /proc/PID/stat. The second field, the name in parentheses, may contain anything. For a
/// zombie this returns no parent.
fn parent(process: Pid) -> Option<i32> {
    let path = format!("/proc/{}/stat", process.as_raw_nonzero());
    let stat = std::fs::read(path).ok()?;
    let named = stat.iter().rposition(|byte| *byte == b')')?;
    let fields = std::str::from_utf8(stat.get(named + 1..)?).ok()?;
    let mut fields = fields.split_whitespace();
    let alive = fields
        .next()
        .is_some_and(|state| state != "Z" && state != "X");
    fields.next().filter(|_| alive)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{descendants, has_variable, kill_by_environment, signal_all};
    use rustix::process::{Pid, Signal, getpid};
    use std::io::{BufRead, BufReader};
    use std::process::{Child, Command, Stdio};
    use std::time::Duration;

    fn until(mut condition: impl FnMut() -> bool) {
        let met = (0..5000).any(|_| {
            std::thread::sleep(Duration::from_millis(1));
            condition()
        });
        assert!(met);
    }

    #[test]
    fn descendants_are_found_until_they_end() {
        // The name of the process in between is chosen so that a naive parser takes it for other fields.
        let text =
            "(printf 'a) S 1 (b' > /proc/self/comm; sleep 1000 & echo $BASHPID $!; wait) & wait";
        let mut shell = Command::new("bash")
            .args(["-c", text])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let stdout = shell.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let shell_id = Pid::from_child(&shell);
        let ids = line.split_whitespace().map(|id| id.parse().unwrap());
        let ids: Vec<_> = ids.filter_map(Pid::from_raw).collect();
        let (of_shell, of_test) = (descendants(shell_id), descendants(getpid()));
        signal_all(&[shell_id, ids[0], ids[1]], Signal::KILL);
        assert_eq!(of_shell, ids);
        assert!(
            of_test.contains(&shell_id) && of_test.contains(&ids[1]),
            "{of_test:?}"
        );
        // The shell has ended and waits to be reaped.
        until(|| !descendants(getpid()).contains(&shell_id));
        shell.wait().unwrap();
        assert_eq!(descendants(shell_id), []);
    }

    #[test]
    fn only_a_process_with_exactly_that_variable_is_killed() {
        let (name, value) = ("SUPERVISOR_TEST", std::process::id().to_string());
        let start = |value: &str| -> Child {
            let child = Command::new("sleep")
                .arg("1000")
                .env(name, value)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            // A new process shows its environment only after exec.
            let variable = format!("{name}={value}");
            until(|| has_variable(Pid::from_child(&child), variable.as_bytes()));
            child
        };
        let mut other = start(&format!("{value}1"));
        let mut marked = start(&value);
        let killed = kill_by_environment(name, &value);
        let other_lives = other.try_wait().unwrap().is_none();
        for child in [&mut marked, &mut other] {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        assert_eq!((killed, other_lives), (1, true));
    }
}
