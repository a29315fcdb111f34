//! Process trees of real shells.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    reason = "a test may fail this way, its helpers too"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use supervisor::{Event, Limits, Outcome, OutputStream, ProcessTree, Program, Supervisor};
use tempfile::TempDir;

const HOST: &str = env!("CARGO_BIN_EXE_supervise");

/// Starts a process that leaves its group and session, is orphaned, ignores SIGTERM, and writes its process id
/// into `$1`. If a test fails, the process ends when the test's folder is removed.
const HIDE: &str = r#"(trap '' TERM HUP; setsid bash -c 'trap "" TERM HUP; echo $$ > "$1"; while [ -e "$1" ]; do sleep 1; done' hidden "$1" & ) &
until [ -s "$1" ]; do sleep 0.01; done"#;

/// A shell script, and a file through which it signals the test.
struct Shell {
    folder: TempDir,
    text: String,
}

impl Shell {
    fn new(text: impl Into<String>) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            text: text.into(),
        }
    }

    /// `$1` of the script.
    fn file(&self) -> PathBuf {
        self.folder.path().join("file")
    }

    fn program(&self) -> Program {
        let file = self.file().to_str().unwrap().to_owned();
        Program {
            path: PathBuf::from("/bin/bash"),
            args: ["-c", &self.text, "bash", &file]
                .map(str::to_owned)
                .to_vec(),
            environment: vec![("PATH".to_owned(), std::env::var("PATH").unwrap())],
            working_directory: self.folder.path().to_owned(),
        }
    }

    async fn start(&self, limits: Limits) -> ProcessTree {
        let supervisor = Supervisor::with_host(HOST);
        supervisor.start(&self.program(), limits).await.unwrap()
    }

    async fn run(&self, limits: Limits) -> Ended {
        ended(&mut self.start(limits).await).await
    }

    /// The process id that the script wrote.
    fn process(&self) -> Option<i32> {
        read_process(&self.file())
    }
}

struct Ended {
    outcome: Outcome,
    left_behind: usize,
    printed: String,
}

async fn ended(tree: &mut ProcessTree) -> Ended {
    let mut printed = Vec::new();
    loop {
        match tree.next().await.unwrap() {
            Event::Output(_, bytes) => printed.extend_from_slice(bytes),
            Event::Ended {
                outcome,
                left_behind,
            } => {
                return Ended {
                    outcome,
                    left_behind,
                    printed: String::from_utf8(printed).unwrap(),
                };
            }
        }
    }
}

fn read_process(file: &Path) -> Option<i32> {
    std::fs::read_to_string(file).ok()?.trim().parse().ok()
}

/// The state of a process as in proc(5): `T` for stopped, `Z` for a zombie.
fn state(process: i32) -> Option<char> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let state = status
        .lines()
        .find_map(|line| line.strip_prefix("State:"))?;
    state.trim_start().chars().next()
}

fn is_alive(process: i32) -> bool {
    state(process).is_some_and(|state| state != 'Z')
}

async fn until(mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !condition() {
        assert!(Instant::now() < deadline, "it never happened");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

fn time(limit: Duration) -> Limits {
    Limits {
        time: limit,
        ..Limits::NONE
    }
}

#[tokio::test]
async fn a_program_has_its_output_streams_read_and_its_status_reported() {
    let shell = Shell::new("echo one; sleep 0.1; echo two >&2; exit 3");
    let mut tree = shell.start(Limits::NONE).await;
    for (stream, line) in [
        (OutputStream::Stdout, "one\n"),
        (OutputStream::Stderr, "two\n"),
    ] {
        let event = tree.next().await.unwrap();
        assert_eq!(event, Event::Output(stream, line.as_bytes()));
    }
    assert_eq!(ended(&mut tree).await.outcome, Outcome::Exited(3));
}

#[tokio::test]
async fn a_program_inherits_nothing_but_its_own_environment_session_and_limits() {
    let shell = Shell::new(
        "env | cut -d= -f1 | sort; cat; pwd
        ulimit -Sc; ulimit -St; ulimit -Ht; cat /proc/self/oom_score_adj
        [ \"$(cut -d' ' -f6 /proc/$$/stat)\" = $$ ] && echo own session
        [ \"$(cut -d' ' -f5 /proc/$PPID/stat)\" = $PPID ] && echo own group",
    );
    let limits = Limits {
        cpu: Duration::from_millis(300),
        ..Limits::NONE
    };
    let printed = shell.run(limits).await.printed;
    let folder = shell.folder.path().canonicalize().unwrap();
    let expected = format!(
        "PATH\nPWD\nSHLVL\n_\n{}\n0\n1\n3\n500\nown session\nown group\n",
        folder.display()
    );
    assert_eq!(printed, expected);
}

#[tokio::test]
async fn a_program_that_cannot_start_says_why() {
    let mut program = Shell::new("").program();
    program.path = PathBuf::from("/no/such/program");
    let supervisor = Supervisor::with_host(HOST);
    let mut tree = supervisor.start(&program, Limits::NONE).await.unwrap();
    let Outcome::NotStarted(reason) = ended(&mut tree).await.outcome else {
        panic!("it started");
    };
    assert!(reason.contains("No such file"), "{reason}");
}

#[tokio::test]
async fn terminating_ends_a_hidden_grandchild_that_ignores_sigterm() {
    let shell = Shell::new(format!("trap '' TERM\n{HIDE}\nwhile :; do sleep 1; done"));
    let mut tree = shell.start(Limits::NONE).await;
    until(|| shell.process().is_some()).await;
    let asked = Instant::now();
    tree.terminate().await;
    assert!(tree.is_ending());
    let end = ended(&mut tree).await;
    assert_eq!(end.outcome, Outcome::Signaled(9));
    assert!(asked.elapsed() < Duration::from_secs(5));
    assert!(!is_alive(shell.process().unwrap()));
}

#[tokio::test]
async fn a_program_that_is_terminated_may_clean_up() {
    let shell = Shell::new(
        "trap 'echo cleaned; exit 7' TERM; echo $$ > \"$1\"; while :; do sleep 0.1; done",
    );
    let mut tree = shell.start(Limits::NONE).await;
    until(|| shell.process().is_some()).await;
    tree.terminate().await;
    let end = ended(&mut tree).await;
    assert_eq!(end.outcome, Outcome::Exited(7));
    // The shell also reports the child that SIGTERM ended.
    assert!(end.printed.contains("cleaned\n"), "{}", end.printed);
}

#[tokio::test]
async fn a_stopped_program_receives_the_request_to_end() {
    let shell = Shell::new(
        "trap 'exit 7' TERM; echo $$ > \"$1\"; kill -STOP $$; while :; do sleep 1; done",
    );
    let mut tree = shell.start(Limits::NONE).await;
    until(|| shell.process().and_then(state) == Some('T')).await;
    tree.terminate().await;
    assert_eq!(ended(&mut tree).await.outcome, Outcome::Exited(7));
}

#[tokio::test]
async fn dropping_a_paused_tree_kills_it_at_once() {
    let shell = Shell::new(HIDE.to_owned() + "\nwhile :; do sleep 1; done");
    let mut tree = shell.start(Limits::NONE).await;
    until(|| shell.process().is_some()).await;
    let hidden = shell.process().unwrap();
    tree.pause().await.unwrap();
    until(|| state(hidden) == Some('T')).await;
    let dropped = Instant::now();
    drop(tree);
    until(|| !is_alive(hidden)).await;
    assert!(dropped.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_paused_tree_stands_still_until_it_is_resumed() {
    let shell = Shell::new(
        "(echo $BASHPID > \"$1\"; until [ -e \"$1.2\" ]; do sleep 0.01; done; echo resumed) & wait",
    );
    let mut tree = shell.start(Limits::NONE).await;
    until(|| shell.process().is_some()).await;
    let child = shell.process().unwrap();
    tree.pause().await.unwrap();
    until(|| state(child) == Some('T')).await;
    std::fs::write(shell.file().with_extension("2"), "").unwrap();
    let silent = tokio::time::timeout(Duration::from_millis(200), tree.next()).await;
    assert!(silent.is_err(), "it goes on");
    assert_eq!(state(child), Some('T'));
    tree.resume().await.unwrap();
    let end = ended(&mut tree).await;
    assert_eq!(end.outcome, Outcome::Exited(0));
    assert_eq!(end.printed, "resumed\n");
}

#[tokio::test]
async fn the_time_limit_ends_a_tree() {
    let shell = Shell::new("sleep 1000 & sleep 1000");
    let end = shell.run(time(Duration::from_millis(300))).await;
    assert_eq!(end.outcome, Outcome::TimeLimit);
    assert_eq!(end.left_behind, 0, "they were not left, they were ended");
}

#[tokio::test]
async fn the_time_limit_ends_a_program_that_prints_without_pause() {
    let shell = Shell::new("yes");
    let end = shell.run(time(Duration::from_millis(300))).await;
    assert_eq!(end.outcome, Outcome::TimeLimit);
}

#[tokio::test]
async fn a_pause_does_not_count_towards_the_time_limit() {
    let shell = Shell::new("echo $$ > \"$1\"; until [ -e \"$1.2\" ]; do sleep 0.01; done");
    let limit = Duration::from_secs(2);
    let mut tree = shell.start(time(limit)).await;
    until(|| shell.process().is_some()).await;
    tree.pause().await.unwrap();
    let waited = tokio::time::timeout(limit + Duration::from_millis(200), tree.next()).await;
    assert!(waited.is_err());
    tree.resume().await.unwrap();
    std::fs::write(shell.file().with_extension("2"), "").unwrap();
    assert_eq!(ended(&mut tree).await.outcome, Outcome::Exited(0));
}

#[tokio::test]
async fn time_before_a_pause_counts_towards_the_time_limit() {
    let shell = Shell::new("while :; do sleep 0.01; done");
    let mut tree = shell.start(time(Duration::from_millis(700))).await;
    for _ in 0..10 {
        let turn = tokio::time::timeout(Duration::from_millis(250), ended(&mut tree)).await;
        if let Ok(end) = turn {
            assert_eq!(end.outcome, Outcome::TimeLimit);
            return;
        }
        if !tree.is_ending() {
            tree.pause().await.unwrap();
            tree.resume().await.unwrap();
        }
    }
    panic!("it runs on");
}

#[tokio::test]
async fn the_processor_limit_ends_a_busy_program() {
    let shell = Shell::new("while :; do :; done");
    let limits = Limits {
        cpu: Duration::from_secs(1),
        ..Limits::NONE
    };
    assert_eq!(shell.run(limits).await.outcome, Outcome::CpuLimit);
}

#[tokio::test]
async fn the_memory_limit_denies_more_memory() {
    let shell = Shell::new("x=$(head -c 400M /dev/zero | tr '\\0' x); echo had it");
    let limits = Limits {
        memory: 200 << 20,
        ..Limits::NONE
    };
    let end = shell.run(limits).await;
    assert!(end.printed.contains("cannot allocate"), "{}", end.printed);
    assert!(!end.printed.contains("had it"), "{}", end.printed);
}

#[tokio::test]
async fn a_background_process_may_print_its_last_lines() {
    let shell = Shell::new("(sleep 0.1; echo late; exit 7) & echo first");
    let end = shell.run(Limits::NONE).await;
    assert_eq!(end.printed, "first\nlate\n");
    assert_eq!((end.outcome, end.left_behind), (Outcome::Exited(0), 0));
}

#[tokio::test]
async fn a_process_that_is_left_behind_is_ended_and_counted() {
    let shell = Shell::new(HIDE);
    let end = shell.run(Limits::NONE).await;
    assert_eq!(end.outcome, Outcome::Exited(0));
    assert!(end.left_behind > 0);
    assert!(!is_alive(shell.process().unwrap()));
}

#[tokio::test]
async fn a_killed_host_takes_every_process_with_it() {
    let shell = Shell::new(HIDE.to_owned() + "\nwhile :; do sleep 1; done");
    let program = shell.program();
    let mut host = Command::new(HOST)
        .arg("1000")
        .arg(program.path)
        .args(program.args)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    until(|| shell.process().is_some()).await;
    let hidden = shell.process().unwrap();
    assert!(is_alive(hidden));
    host.kill().unwrap();
    host.wait().unwrap();
    until(|| !is_alive(hidden)).await;
}

#[tokio::test]
async fn a_killed_supervisor_takes_its_program_with_it() {
    let shell = Shell::new("echo $$ > \"$1\"; kill -KILL $PPID; while :; do sleep 1; done");
    let end = shell.run(Limits::NONE).await;
    assert_eq!(end.outcome, Outcome::SupervisorLost);
    until(|| !is_alive(shell.process().unwrap())).await;
}

#[tokio::test]
async fn a_supervisor_that_receives_sigterm_kills_its_program() {
    let shell = Shell::new("trap '' TERM; kill -TERM $PPID; while :; do sleep 1; done");
    assert_eq!(shell.run(Limits::NONE).await.outcome, Outcome::Signaled(9));
}

#[tokio::test]
async fn a_process_that_escaped_with_the_pipes_holds_up_nothing() {
    let shell = Shell::new(format!(
        "{HIDE}\nkill -KILL $PPID; while :; do sleep 1; done"
    ));
    let end = shell.run(Limits::NONE).await;
    let hidden = shell.process().unwrap();
    assert!(is_alive(hidden), "otherwise nothing held the pipes");
    assert_eq!(end.outcome, Outcome::SupervisorLost);
    std::fs::remove_file(shell.file()).unwrap();
    until(|| !is_alive(hidden)).await;
}

#[tokio::test]
async fn a_process_that_escaped_and_prints_without_end_holds_up_nothing() {
    let print = "echo $$ > \"$1\"; while [ -e \"$1\" ]; do echo x; sleep 0.01; done";
    let shell = Shell::new(format!(
        "(setsid bash -c '{print}' x \"$1\" &) &
        while [ ! -e \"$1\" ]; do sleep 0.01; done
        kill -KILL $PPID; while :; do sleep 1; done"
    ));
    let end = shell.run(Limits::NONE).await;
    assert_eq!(end.outcome, Outcome::SupervisorLost);
    let _ = std::fs::remove_file(shell.file());
}

#[tokio::test]
async fn lines_of_both_streams_stay_at_most_one_place_apart() {
    let shell = Shell::new("for i in {1..200}; do echo o$i; echo e$i >&2; done");
    let printed = shell.run(Limits::NONE).await.printed;
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines.len(), 400);
    for (at, line) in lines.iter().enumerate() {
        let number: usize = line[1..].parse().unwrap();
        let printed_at = (number - 1) * 2 + usize::from(line.starts_with('e'));
        assert!(at.abs_diff(printed_at) <= 1, "{line} is at {at}");
    }
}
