//! The kind `script` by real scripts, on their good days and on their bad ones.

use crate::bench::{Bench, until};
use jobtray::job::{FailureCode, Job, JobId, JobState, Stream};
use jobtray::kinds::script::{Limits, ScriptKind};
use jobtray::queue::{KindSpec, NewJob, QueueError};
use jobtray::worker::JobHandler;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_jobtray");

/// A bench with a folder of scripts.
struct Shop {
    bench: Bench<ScriptKind>,
    scripts: TempDir,
}

impl Shop {
    async fn new() -> Self {
        Self::with(Limits::default()).await
    }

    async fn with(limits: Limits) -> Self {
        let scripts = tempfile::tempdir().unwrap();
        let folder = Some(scripts.path().to_owned());
        let kind = async |_| ScriptKind::new(folder, limits, PathBuf::from(PROGRAM));
        let bench = Bench::with("memory:", 1, kind).await;
        Self { bench, scripts }
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.scripts.path().join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    }

    /// Starts a script that is run by bash.
    async fn begin(&self, text: &str, args: &[&str]) -> JobId {
        self.put("it.sh", &format!("#!/usr/bin/env bash\n{text}\n"));
        self.submit(json!({ "script": "it.sh", "args": args }))
            .await
    }

    async fn submit(&self, input: Value) -> JobId {
        self.bench.submit(input).await
    }

    async fn ended(&self, id: &JobId) -> Job {
        self.bench.until(id, |job| job.state.is_finished()).await
    }

    /// Runs it to its end.
    async fn run(&self, text: &str, args: &[&str]) -> (JobId, Job) {
        let id = self.begin(text, args).await;
        let job = self.ended(&id).await;
        (id, job)
    }

    /// What it printed, where it completed.
    async fn output(&self, text: &str, args: &[&str]) -> String {
        let (id, job) = self.run(text, args).await;
        assert_eq!(job.state, JobState::Completed, "{:?}", job.failure);
        self.bench.made(&id).await
    }

    /// The summary of its failure, which has this code.
    async fn failure(&self, text: &str, code: FailureCode) -> String {
        let (_, job) = self.run(text, &[]).await;
        let failure = job.failure.expect("it fails");
        assert_eq!(failure.code, code.as_str(), "{failure:?}");
        // Its fix is to read the log; where a retry may help, that is next.
        let next = job.next_action.expect("something to do");
        let tool = if failure.retryable {
            "retry_job"
        } else {
            "get_job_logs"
        };
        assert_eq!(next.tool, tool, "{}", failure.summary);
        failure.summary
    }

    /// A file outside of the script's own folder, where it can leave word.
    fn word(&self) -> PathBuf {
        self.bench.data.path().join("word")
    }

    async fn log(&self, id: &JobId) -> String {
        self.bench.lines(id).await.join("\n")
    }

    async fn until_logged(&self, id: &JobId, line: &str) {
        let logged = async {
            while !self
                .bench
                .lines(id)
                .await
                .iter()
                .any(|logged| logged == line)
            {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        let logged = tokio::time::timeout(Duration::from_secs(20), logged).await;
        logged.unwrap_or_else(|_| panic!("never logged: {line}"));
    }
}

fn limits(change: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::default();
    change(&mut limits);
    limits
}

/// The process that left its number in a file.
fn process(word: &Path) -> Option<i32> {
    std::fs::read_to_string(word).ok()?.trim().parse().ok()
}

/// Whether it still does something: neither gone nor waiting to be reaped.
fn lives(process: i32) -> bool {
    matches!(state(process), Some(state) if state != 'Z')
}

fn state(process: i32) -> Option<char> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.chars().next()
}

#[tokio::test]
async fn output_of_both_streams_is_the_result_and_the_log() {
    let shop = Shop::new().await;
    let id = shop.begin("echo one; until [ -e \"$1\" ]; do sleep 0.01; done; echo two >&2; until [ -e \"$1.2\" ]; do sleep 0.01; done; printf three", &[shop.word().to_str().unwrap()]).await;
    shop.until_logged(&id, "one").await;
    std::fs::write(shop.word(), "").unwrap();
    shop.until_logged(&id, "two").await;
    std::fs::write(shop.word().with_extension("2"), "").unwrap();
    let job = shop.ended(&id).await;
    assert_eq!(job.state, JobState::Completed);
    assert_eq!(job.name, "Run it.sh");
    assert_eq!(job.name_text.unwrap().key, "name.script");
    assert_eq!(shop.bench.made(&id).await, "one\ntwo\nthree\n");
    let logs = shop
        .bench
        .queue
        .logs(&shop.bench.me, &id, 0, 10)
        .await
        .unwrap();
    let lines: Vec<_> = logs
        .lines
        .iter()
        .map(|line| (line.stream, line.text.as_str()))
        .collect();
    let expected = [
        (Stream::Stdout, "one"),
        (Stream::Stderr, "two"),
        (Stream::Stdout, "three"),
    ];
    assert_eq!(lines, expected);
    let result = job.result.unwrap();
    assert_eq!(result.media_type, "text/plain; charset=utf-8");
    assert_eq!(job.next_action.unwrap().tool, "get_job_result");
}

#[tokio::test]
async fn arguments_reach_the_script_as_they_are() {
    let shop = Shop::new().await;
    let args = ["$(touch x)", "a  b", "", "*", "; exit 9", "-e", "é\n"];
    let said = shop.output("printf '<%s>' \"$@\"; ls", &args).await;
    assert_eq!(said, "<$(touch x)><a  b><><*><; exit 9><-e><é\n>\n");
}

#[tokio::test]
async fn a_script_is_alone_in_its_folder_with_a_clean_environment() {
    let shop = Shop::new().await;
    let said = shop
        .output("env | cut -d= -f1 | sort; echo \"$HOME\"; pwd; ls -A; touch left; cat; [ \"$(cut -d' ' -f5 /proc/$$/stat)\" = $$ ] && echo own group", &[])
        .await;
    let known = [
        "HOME",
        "JOBTRAY_JOB_ID",
        "JOBTRAY_SCRIPTS_DIR",
        "LANG",
        "LANGUAGE",
        "LC_ALL",
        "LC_CTYPE",
        "LC_NUMERIC",
        "LC_TIME",
        "LOGNAME",
        "PATH",
        "PWD",
        "PYTHONUNBUFFERED",
        "SHLVL",
        "TERM",
        "TMPDIR",
        "TZ",
        "USER",
        "_",
    ];
    let mut lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.pop(), Some("own group"));
    let (folder, home) = (lines.pop().unwrap(), lines.pop().unwrap());
    assert_eq!(folder, home);
    assert!(folder.ends_with("/work"), "{folder}");
    // It goes with the job.
    until(|| !Path::new(folder).exists()).await;
    for variable in lines {
        assert!(known.contains(&variable), "{variable}");
    }
    // Cargo's own variables are all over this process.
    assert!(std::env::var_os("CARGO_MANIFEST_DIR").is_some());
}

#[tokio::test]
async fn a_failed_script_says_its_status_and_its_last_words() {
    let shop = Shop::new().await;
    let said = shop
        .failure(
            "echo fine; echo 'no such scene' >&2; exit 3",
            FailureCode::ExitStatus,
        )
        .await;
    assert_eq!(said, "The script ended with exit status 3: no such scene");
    let said = shop.failure("kill -SEGV $$", FailureCode::ExitStatus).await;
    assert!(
        said.starts_with("The script was killed by SIGSEGV"),
        "{said}"
    );
}

#[tokio::test]
async fn progress_is_read_and_a_script_without_any_says_what_runs() {
    let shop = Shop::new().await;
    let word = shop.word();
    let wait = "until [ -e \"$1\" ]; do sleep 0.01; done";
    let text = format!(
        "{wait}; echo '::progress 0.4 Rendering scene'; until [ -e \"$1.2\" ]; do sleep 0.01; done; echo done"
    );
    let id = shop.begin(&text, &[word.to_str().unwrap()]).await;
    let step = |job: &Job, step: &str| job.current_step.as_deref() == Some(step);
    let job = shop
        .bench
        .until(&id, |job| step(job, "Running it.sh"))
        .await;
    assert_eq!(job.progress, None);
    std::fs::write(&word, "").unwrap();
    let job = shop
        .bench
        .until(&id, |job| step(job, "Rendering scene"))
        .await;
    assert_eq!(job.progress, Some(0.4));
    std::fs::write(word.with_extension("2"), "").unwrap();
    shop.ended(&id).await;
    assert_eq!(shop.bench.made(&id).await, "done\n");
}

#[tokio::test]
async fn python_is_heard_at_once() {
    if std::process::Command::new("python3")
        .arg("--version")
        .output()
        .is_err()
    {
        println!("skipped: needs python3");
        return;
    }
    let shop = Shop::new().await;
    let word = shop.word();
    let text = "#!/usr/bin/env python3
import os, sys, time
print('begun')
while not os.path.exists(sys.argv[1]): time.sleep(0.01)
";
    shop.put("it.py", text);
    let id = shop
        .submit(json!({ "script": "it.py", "args": [word] }))
        .await;
    shop.until_logged(&id, "begun").await;
    std::fs::write(&word, "").unwrap();
    assert_eq!(shop.ended(&id).await.state, JobState::Completed);
}

#[tokio::test]
async fn a_progress_bar_is_one_line_and_broken_text_is_mended() {
    let shop = Shop::new().await;
    let said = shop
        .output(
            r"printf '10%%\r50%%\r100%%\n'; printf '\xff\xfe\n'; printf 'a\0b\n'",
            &[],
        )
        .await;
    assert_eq!(said, "100%\n\u{fffd}\u{fffd}\na\0b\n");
}

#[tokio::test]
async fn a_flood_ends_at_its_limit_and_fills_nothing() {
    let shop = Shop::with(limits(|limits| limits.output = 4 << 20)).await;
    let began = Instant::now();
    let (id, job) = shop
        .run("echo first; head -c 1G /dev/zero | tr '\\0' x", &[])
        .await;
    assert!(
        began.elapsed() < Duration::from_secs(20),
        "{:?}",
        began.elapsed()
    );
    let failure = job.failure.unwrap();
    assert_eq!(
        failure.summary,
        "The script printed more than 4 MiB, and was ended."
    );
    let log = shop.log(&id).await;
    assert!(log.starts_with("first\n"), "{}", &log[..100]);
    assert!(
        log.ends_with("bytes more were left out"),
        "{}",
        &log[log.len() - 100..]
    );
    assert!(log.len() < 5 << 20, "{}", log.len());
}

#[tokio::test]
async fn many_lines_are_logged_in_part_and_kept_whole() {
    let shop = Shop::new().await;
    let (id, job) = shop.run("seq 1 100000", &[]).await;
    assert_eq!(job.state, JobState::Completed);
    assert_eq!(shop.bench.made(&id).await.lines().count(), 100_000);
    let queue = &shop.bench.queue;
    let tail = queue.logs(&shop.bench.me, &id, 8000, 1000).await.unwrap();
    let texts: Vec<_> = tail.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts.len(), 202, "two notes and the last lines");
    assert_eq!(texts[1], "jobtray: 91800 lines were left out here");
    assert_eq!((texts[2], texts[201]), ("99801", "100000"));
}

#[tokio::test]
async fn limits_of_memory_processor_and_time_end_a_script() {
    let memory = Shop::with(limits(|limits| limits.memory = 200 << 20)).await;
    let hog = "x=$(head -c 400M /dev/zero | tr '\\0' x); echo had it";
    let said = memory.failure(hog, FailureCode::ExitStatus).await;
    assert!(said.contains("cannot allocate"), "{said}");

    let cpu = Shop::with(limits(|limits| limits.cpu = Duration::from_secs(1))).await;
    let said = cpu
        .failure("while :; do :; done", FailureCode::Timeout)
        .await;
    assert_eq!(
        said,
        "The script used more than 1 s of processor time, and was ended."
    );

    let time = Shop::with(limits(|limits| limits.time = Duration::from_millis(300))).await;
    let said = time
        .failure("sleep 1000 & sleep 1000", FailureCode::Timeout)
        .await;
    assert_eq!(said, "The script ran for more than 0.3 s, and was ended.");
}

/// Leaves its group and session, lets its parent go, and ignores the request to end. Where a test fails, it
/// goes with the test's folder.
const HIDES: &str = r#"(trap '' TERM HUP; setsid bash -c 'trap "" TERM HUP; echo $$ > "$1"; while [ -e "$1" ]; do sleep 1; done' hidden "$1" & ) &
until [ -s "$1" ]; do sleep 0.01; done"#;

#[tokio::test]
async fn both_streams_are_kept_in_the_order_in_which_they_came() {
    let shop = Shop::new().await;
    let text = "for i in {1..200}; do echo o$i; echo e$i >&2; done";
    let (id, _) = shop.run(text, &[]).await;
    let log = shop.bench.lines(&id).await;
    let result = shop.bench.made(&id).await;
    let result: Vec<_> = result.lines().map(str::to_owned).collect();
    for lines in [log, result] {
        assert_eq!(lines.len(), 400);
        for (at, line) in lines.iter().enumerate() {
            let number: usize = line[1..].parse().unwrap();
            let came = (number - 1) * 2 + usize::from(line.starts_with('e'));
            assert!(at.abs_diff(came) <= 1, "{line} stands at {at}");
        }
    }
}

#[tokio::test]
async fn what_hides_is_ended_with_the_script() {
    let shop = Shop::new().await;
    let word = shop.word();
    let (id, job) = shop.run(HIDES, &[word.to_str().unwrap()]).await;
    assert_eq!(job.state, JobState::Completed);
    assert!(!lives(process(&word).unwrap()), "it still lives");
    let log = shop.log(&id).await;
    assert!(
        log.contains("the script ended; of it ") && log.contains(" left, and "),
        "{log}"
    );
}

#[tokio::test]
async fn cancel_ends_everything_however_stubborn() {
    let shop = Shop::new().await;
    let word = shop.word();
    let id = shop
        .begin(
            &format!("trap '' TERM\n{HIDES}\nwhile :; do sleep 1; done"),
            &[word.to_str().unwrap()],
        )
        .await;
    until(|| process(&word).is_some()).await;
    let wished = Instant::now();
    shop.bench.queue.cancel(&shop.bench.me, &id).await.unwrap();
    let job = shop.ended(&id).await;
    assert_eq!(job.state, JobState::Cancelled);
    assert!(wished.elapsed() < Duration::from_secs(5));
    assert!(!lives(process(&word).unwrap()), "it still lives");
    shop.bench.swept(&id).await;
}

#[tokio::test]
async fn a_script_that_is_asked_to_end_may_clean_up() {
    let shop = Shop::new().await;
    let word = shop.word();
    let text =
        "trap 'echo cleaned > \"$1.2\"; exit 0' TERM; echo $$ > \"$1\"; while :; do sleep 1; done";
    let id = shop.begin(text, &[word.to_str().unwrap()]).await;
    until(|| process(&word).is_some()).await;
    shop.bench.queue.cancel(&shop.bench.me, &id).await.unwrap();
    shop.ended(&id).await;
    until(|| word.with_extension("2").exists()).await;
}

#[tokio::test]
async fn a_paused_script_is_suspended_and_goes_on() {
    let shop = Shop::new().await;
    let word = shop.word();
    let text =
        "x=kept; echo begun; echo $$ > \"$1\"; until [ -e \"$1.2\" ]; do sleep 0.01; done; echo $x";
    let id = shop.begin(text, &[word.to_str().unwrap()]).await;
    until(|| process(&word).is_some()).await;
    let script = process(&word).unwrap();
    let (queue, me) = (&shop.bench.queue, &shop.bench.me);
    queue.pause(me, &id).await.unwrap();
    shop.bench
        .until(&id, |job| job.state == JobState::Paused)
        .await;
    until(|| state(script) == Some('T')).await;
    // Its place is free for others meanwhile.
    shop.put("other.sh", "#!/bin/sh\necho other\n");
    let other = shop.submit(json!({ "script": "other.sh" })).await;
    assert_eq!(shop.ended(&other).await.state, JobState::Completed);
    assert_eq!(state(script), Some('T'));
    queue.resume(me, &id).await.unwrap();
    std::fs::write(word.with_extension("2"), "").unwrap();
    let job = shop.ended(&id).await;
    assert_eq!((job.state, job.attempt), (JobState::Completed, 1));
    assert_eq!(shop.bench.made(&id).await, "begun\nkept\n");
}

#[tokio::test]
async fn a_script_that_is_cancelled_in_a_pause_is_ended_at_once() {
    let shop = Shop::new().await;
    let word = shop.word();
    let text = "echo $$ > \"$1\"; while :; do sleep 1; done";
    let id = shop.begin(text, &[word.to_str().unwrap()]).await;
    until(|| process(&word).is_some()).await;
    let script = process(&word).unwrap();
    shop.bench.queue.pause(&shop.bench.me, &id).await.unwrap();
    shop.bench
        .until(&id, |job| job.state == JobState::Paused)
        .await;
    let wished = Instant::now();
    shop.bench.queue.cancel(&shop.bench.me, &id).await.unwrap();
    until(|| !lives(script)).await;
    assert!(
        wished.elapsed() < Duration::from_secs(2),
        "{:?}",
        wished.elapsed()
    );
}

#[tokio::test]
async fn a_shutdown_ends_scripts_that_run_and_that_are_suspended() {
    let mut shop = Shop::new().await;
    let word = shop.word();
    let text = "echo $$ >> \"$1\"; until [ -e \"$1.2\" ]; do sleep 0.01; done";
    let paused = shop.begin(text, &[word.to_str().unwrap()]).await;
    until(|| process(&word).is_some()).await;
    let first = process(&word).unwrap();
    shop.bench
        .queue
        .pause(&shop.bench.me, &paused)
        .await
        .unwrap();
    shop.bench
        .until(&paused, |job| job.state == JobState::Paused)
        .await;
    std::fs::remove_file(&word).unwrap();
    let runs = shop
        .submit(json!({ "script": "it.sh", "args": [word] }))
        .await;
    until(|| process(&word).is_some()).await;
    let second = process(&word).unwrap();

    shop.bench.stop().await;
    assert!(!lives(second), "it still runs");
    let job = shop.bench.get(&runs).await;
    assert_eq!((job.state, job.attempt), (JobState::Queued, 1));
    // What is suspended goes with the process that keeps it, as here with its kind.
    shop.bench.kind.let_go(&paused);
    until(|| !lives(first)).await;

    shop.bench.start(1);
    std::fs::write(word.with_extension("2"), "").unwrap();
    shop.bench
        .queue
        .resume(&shop.bench.me, &paused)
        .await
        .unwrap();
    for id in [&runs, &paused] {
        let job = shop.ended(id).await;
        assert_eq!((job.state, job.attempt), (JobState::Completed, 1));
        let log = shop.log(id).await;
        assert!(log.contains("starts again from its beginning"), "{log}");
    }
}

#[tokio::test]
async fn what_cannot_run_is_refused_with_the_names_that_can() {
    let shop = Shop::new().await;
    shop.put("backup.sh", "#!/bin/sh\n");
    for script in ["nowhere.sh", "../backup.sh", "/bin/sh", "."] {
        let Err(QueueError::Invalid(error)) = try_submit(&shop.bench, script).await else {
            panic!("{script} is refused");
        };
        assert_eq!(error.field, "input.script");
        assert!(
            error.to_string().ends_with("there are: backup.sh"),
            "{error}"
        );
    }
    let schema = shop.bench.kind.input_schema();
    assert_eq!(
        schema["properties"]["script"]["examples"],
        json!(["backup.sh"])
    );
}

#[tokio::test]
async fn without_a_folder_the_kind_is_off_and_says_why() {
    let off = async |_| ScriptKind::new(None, Limits::default(), PathBuf::from(PROGRAM));
    let bench = Bench::with("memory:", 1, off).await;
    let Err(QueueError::Invalid(error)) = try_submit(&bench, "backup.sh").await else {
        panic!("it is refused");
    };
    assert_eq!(error.field, "type");
    assert!(error.to_string().contains("JOBTRAY_SCRIPTS_DIR"), "{error}");
}

async fn try_submit(bench: &Bench<ScriptKind>, script: &str) -> Result<Job, QueueError> {
    let new: NewJob = bench.new_job(json!({ "script": script }));
    bench.queue.submit(&bench.me, new).await
}

#[tokio::test]
async fn what_is_missing_when_it_starts_is_named() {
    let shop = Shop::new().await;
    shop.put("it", "#!/usr/bin/env no-such-program\n");
    let id = shop.submit(json!({ "script": "it" })).await;
    let failure = shop.ended(&id).await.failure.unwrap();
    assert_eq!(failure.code, "dependency_missing");
    assert_eq!(
        failure.summary,
        "The script it needs no-such-program, which is not on the server."
    );

    // An interpreter that is there, and is none.
    shop.put("it", "#!/usr\n");
    let id = shop.submit(json!({ "script": "it" })).await;
    let failure = shop.ended(&id).await.failure.unwrap();
    assert_eq!(failure.code, "dependency_missing");
    assert!(
        failure
            .summary
            .starts_with("The script it could not be started: "),
        "{failure:?}"
    );
}

#[tokio::test]
async fn a_keeper_that_is_killed_takes_its_script_along() {
    let shop = Shop::new().await;
    let word = shop.word();
    let id = shop
        .begin(
            "echo $$ > \"$1\"; kill -KILL $PPID; while :; do sleep 1; done",
            &[word.to_str().unwrap()],
        )
        .await;
    let failure = shop.ended(&id).await.failure.unwrap();
    assert_eq!(failure.code, "internal");
    until(|| !lives(process(&word).unwrap())).await;
}

#[tokio::test]
async fn a_script_is_limited_in_a_group_that_is_not_the_servers() {
    let limits = limits(|limits| limits.cpu = Duration::from_millis(300));
    let shop = Shop::with(limits).await;
    let text = "ulimit -Sc; ulimit -St; ulimit -Ht; cat /proc/self/oom_score_adj
        [ \"$(cut -d' ' -f5 /proc/$PPID/stat)\" = $PPID ] && echo own group";
    assert_eq!(shop.output(text, &[]).await, "0\n1\n3\n500\nown group\n");
}

#[tokio::test]
async fn exactly_as_much_as_there_may_be_is_no_flood() {
    let shop = Shop::with(limits(|limits| limits.output = 10)).await;
    assert_eq!(
        shop.output("echo 1234; echo 6789", &[]).await,
        "1234\n6789\n"
    );
    let said = shop
        .failure("echo 1234; echo 67890", FailureCode::ExitStatus)
        .await;
    assert_eq!(said, "The script printed more than 10 B, and was ended.");
}

#[tokio::test]
async fn last_words_are_short_and_no_empty_line() {
    let shop = Shop::new().await;
    let text = "printf 'x%.0s' {1..1000} >&2; printf '\\n\\n' >&2; exit 3";
    let said = shop.failure(text, FailureCode::ExitStatus).await;
    let expected = format!("The script ended with exit status 3: {}", "x".repeat(300));
    assert_eq!(said, expected);
}

#[tokio::test]
async fn what_goes_on_in_the_background_for_a_moment_is_heard() {
    let shop = Shop::new().await;
    let said = shop
        .output("(sleep 0.1; echo late; exit 7) & echo first", &[])
        .await;
    assert_eq!(said, "first\nlate\n");
}

#[tokio::test]
async fn a_script_that_stopped_itself_hears_that_it_is_to_end() {
    let shop = Shop::new().await;
    let word = shop.word();
    let text = "trap 'echo cleaned > \"$1.2\"; exit 0' TERM; echo $$ > \"$1\"; kill -STOP $$; while :; do sleep 1; done";
    let id = shop.begin(text, &[word.to_str().unwrap()]).await;
    until(|| process(&word).and_then(state) == Some('T')).await;
    shop.bench.queue.cancel(&shop.bench.me, &id).await.unwrap();
    shop.ended(&id).await;
    assert!(word.with_extension("2").exists());
}

#[tokio::test]
async fn pauses_do_not_begin_the_time_anew() {
    let shop = Shop::with(limits(|limits| limits.time = Duration::from_millis(700))).await;
    let (queue, me) = (&shop.bench.queue, &shop.bench.me);
    let id = shop.begin("while :; do sleep 0.01; done", &[]).await;
    for _ in 0..10 {
        shop.bench
            .until(&id, |job| job.state != JobState::Queued)
            .await;
        tokio::time::sleep(Duration::from_millis(250)).await;
        if queue.pause(me, &id).await.is_err() {
            break;
        }
        let stopped = |job: &Job| job.state == JobState::Paused || job.state.is_finished();
        if shop.bench.until(&id, stopped).await.state.is_finished() {
            break;
        }
        queue.resume(me, &id).await.unwrap();
    }
    let failure = shop.bench.get(&id).await.failure.expect("it ran too long");
    assert_eq!(failure.code, FailureCode::Timeout.as_str());
}

#[tokio::test]
async fn a_run_begins_alone_and_in_an_empty_folder_whatever_the_last_one_left() {
    let mut shop = Shop::new().await;
    let word = shop.word();
    let text = "ls -A; touch left; echo $$ > \"$1\"; until [ -e \"$1.2\" ]; do sleep 0.01; done";
    let id = shop.begin(text, &[word.to_str().unwrap()]).await;
    until(|| process(&word).is_some()).await;
    shop.bench.stop().await;
    // One that outlived its keeper.
    let mut left = std::process::Command::new("sleep")
        .arg("1000")
        .env("JOBTRAY_JOB_ID", id.as_str())
        .spawn()
        .unwrap();
    std::fs::write(word.with_extension("2"), "").unwrap();
    shop.bench.start(1);
    let job = shop.ended(&id).await;
    assert_eq!(job.state, JobState::Completed);
    assert_eq!(shop.bench.made(&id).await, "");
    let ended = left.try_wait().unwrap().is_some();
    left.kill().unwrap();
    left.wait().unwrap();
    assert!(ended, "it still lives");
    let log = shop.log(&id).await;
    assert!(
        log.contains("of it 1 process was left, and was ended"),
        "{log}"
    );
}

#[tokio::test]
async fn a_keeper_that_is_told_to_end_ends_its_script_at_once() {
    let shop = Shop::new().await;
    let text = "trap '' TERM; kill -TERM $PPID; while :; do sleep 1; done";
    let said = shop.failure(text, FailureCode::ExitStatus).await;
    assert_eq!(said, "The script was killed by SIGKILL.");
}

#[tokio::test]
async fn who_escapes_with_the_pipes_holds_up_no_job() {
    let shop = Shop::new().await;
    let word = shop.word();
    let text = format!("{HIDES}\nkill -KILL $PPID; while :; do sleep 1; done");
    let (_, job) = shop.run(&text, &[word.to_str().unwrap()]).await;
    let hidden = process(&word).unwrap();
    assert!(lives(hidden), "else there is nothing to wait for");
    assert_eq!(job.failure.unwrap().code, "internal");
    std::fs::remove_file(&word).unwrap();
    until(|| !lives(hidden)).await;
}

#[tokio::test]
async fn who_escapes_and_prints_without_end_holds_up_no_job() {
    let shop = Shop::new().await;
    let word = shop.word();
    let prints = "echo $$ > \"$1\"; while [ -e \"$1\" ]; do echo x; sleep 0.01; done";
    let text = format!(
        "(setsid bash -c '{prints}' x \"$1\" &) &
        while [ ! -e \"$1\" ]; do sleep 0.01; done
        kill -KILL $PPID; while :; do sleep 1; done"
    );
    let (_, job) = shop.run(&text, &[word.to_str().unwrap()]).await;
    assert_eq!(job.failure.unwrap().code, "internal");
    let _ = std::fs::remove_file(&word);
}

#[tokio::test]
async fn a_log_of_long_lines_ends_sooner() {
    let shop = Shop::new().await;
    let text = "for line in {1..700}; do printf '%08192d\\n' $line; done";
    let (id, _) = shop.run(text, &[]).await;
    let lines = shop.bench.lines(&id).await;
    assert_eq!(lines.len(), 701);
    assert!(
        lines[512].starts_with("jobtray: the log is long"),
        "{}",
        lines[512]
    );
    assert!(lines[700].ends_with("0700"));
}
