//! Every process that comes from one, by what /proc says (proc(5)).

use rustix::process::{Pid, Signal, kill_process};
use std::collections::HashMap;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;

/// Bytes of a process's environment that are looked through.
const ENVIRONMENT: u64 = 1 << 20;

/// The processes whose parents lead to this one, itself left out.
pub fn descendants(of: Pid) -> Vec<Pid> {
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

/// Sends a signal to each. Who is gone by then needs none.
pub fn signal(processes: &[Pid], signal: Signal) {
    for process in processes {
        let _ = kill_process(*process, signal);
    }
}

/// Kills every process that has this line in its environment, and says how many there were.
pub fn kill_marked(mark: &str) -> usize {
    let marked: Vec<Pid> = processes()
        .filter(|process| is_marked(*process, mark.as_bytes()))
        .collect();
    signal(&marked, Signal::KILL);
    marked.len()
}

fn is_marked(process: Pid, mark: &[u8]) -> bool {
    let path = format!("/proc/{}/environ", process.as_raw_nonzero());
    let mut environment = Vec::new();
    let read = std::fs::File::open(path)
        .and_then(|file| file.take(ENVIRONMENT).read_to_end(&mut environment));
    read.is_ok()
        && environment
            .split(|byte| *byte == 0)
            .any(|line| line == mark)
}

fn processes() -> impl Iterator<Item = Pid> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten();
    entries.filter_map(|entry| {
        let name = entry.ok()?.file_name();
        let number = std::str::from_utf8(name.as_bytes()).ok()?.parse().ok()?;
        Pid::from_raw(number)
    })
}

/// The fourth field of /proc/PID/stat; the second, the name in brackets, may hold anything. A process
/// that has ended and waits to be reaped is nobody's child any more.
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
    use super::descendants;
    use rustix::process::{Pid, Signal, getpid};
    use std::process::{Command, Stdio};
    use std::time::Duration;

    #[test]
    fn children_of_children_are_found_until_they_end() {
        // The name of the one in between, in its brackets, is made to be misread.
        let text =
            "(printf 'a) S 1 (b' > /proc/self/comm; sleep 1000 & echo $BASHPID $!; wait) & wait";
        let mut shell = Command::new("bash")
            .args(["-c", text])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = shell.stdout.take().unwrap();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line).unwrap();
        let shell_id = Pid::from_child(&shell);
        let ids = line.split_whitespace().map(|id| id.parse().unwrap());
        let ids: Vec<_> = ids.filter_map(Pid::from_raw).collect();
        let (below, all) = (descendants(shell_id), descendants(getpid()));
        super::signal(&[shell_id, ids[0], ids[1]], Signal::KILL);
        assert_eq!(below, ids);
        assert!(all.contains(&shell_id) && all.contains(&ids[1]), "{all:?}");
        // It waits to be reaped.
        let gone = (0..5000).any(|_| {
            std::thread::sleep(Duration::from_millis(1));
            !descendants(getpid()).contains(&shell_id)
        });
        assert!(gone);
        shell.wait().unwrap();
        assert_eq!(descendants(shell_id), []);
    }

    #[test]
    fn only_what_has_the_mark_and_no_more_is_killed() {
        let mark = format!("JOBTRAY_JOB_ID=test{}", std::process::id());
        let start = |mark: &str| {
            let (name, value) = mark.split_once('=').unwrap();
            let mut sleep = Command::new("sleep");
            sleep.arg("1000").env(name, value).stdout(Stdio::null());
            let sleep = sleep.stderr(Stdio::null()).spawn().unwrap();
            // What a process was given is not there at once.
            let shows = (0..5000).any(|_| {
                std::thread::sleep(Duration::from_millis(1));
                super::is_marked(Pid::from_child(&sleep), mark.as_bytes())
            });
            assert!(shows);
            sleep
        };
        let mut other = start(&format!("{mark}1"));
        let mut marked = start(&mark);
        let killed = super::kill_marked(&mark);
        let lives = other.try_wait().unwrap().is_none();
        for sleep in [&mut marked, &mut other] {
            sleep.kill().unwrap();
            sleep.wait().unwrap();
        }
        assert_eq!((killed, lives), (1, true));
    }
}
