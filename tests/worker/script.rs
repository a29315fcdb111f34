//! The kind `script`, run with real scripts.

use crate::test_context::{TestContext, until};
use jobtray::job::{FailureCode, Job, JobId, JobState, Stream};
use jobtray::kinds::script::{ScriptKind, ScriptLimits};
use jobtray::queue::{KindSpec, NewJob, QueueError};
use jobtray::worker::JobHandler;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use supervisor::Supervisor;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_jobtray");

/// A test context with a folder of scripts.
struct Scripts {
    ctx: TestContext<ScriptKind>,
    scripts: TempDir,
}

impl Scripts {
    async fn new() -> Self {
        Self::with(ScriptLimits::default()).await
    }

    async fn with(limits: ScriptLimits) -> Self {
        let scripts = tempfile::tempdir().unwrap();
        let folder = Some(scripts.path().to_owned());
        let kind = async |_| ScriptKind::new(folder, limits, Supervisor::with_host(PROGRAM));
        let ctx = TestContext::with("memory:", 1, kind).await;
        Self { ctx, scripts }
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.scripts.path().join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    }

    /// Starts a bash script.
    async fn start(&self, text: &str, args: &[&str]) -> JobId {
        self.put("it.sh", &format!("#!/usr/bin/env bash\n{text}\n"));
        self.submit(json!({ "script": "it.sh", "args": args }))
            .await
    }

    async fn submit(&self, input: Value) -> JobId {
        self.ctx.submit(input).await
    }

    async fn ended(&self, id: &JobId) -> Job {
        self.ctx.until(id, |job| job.state.is_finished()).await
    }

    /// Runs a bash script to its end.
    async fn run(&self, text: &str, args: &[&str]) -> (JobId, Job) {
        let id = self.start(text, args).await;
        let job = self.ended(&id).await;
        (id, job)
    }

    /// The output of a script that succeeds.
    async fn output(&self, text: &str, args: &[&str]) -> String {
        let (id, job) = self.run(text, args).await;
        assert_eq!(job.state, JobState::Completed, "{:?}", job.failure);
        self.ctx.result_text(&id).await
    }

    /// The failure summary of a script that fails with this code.
    async fn failure(&self, text: &str, code: FailureCode) -> String {
        let (_, job) = self.run(text, &[]).await;
        let failure = job.failure.expect("a failure");
        assert_eq!(failure.code, code.as_str(), "{failure:?}");
        // The next action is to retry if that may help, or else to read the log.
        let next = job.next_action.expect("a next action");
        let tool = if failure.retryable {
            "retry_job"
        } else {
            "get_job_logs"
        };
        assert_eq!(next.tool, tool, "{}", failure.summary);
        failure.summary
    }

    /// A file outside the script's folder, by which the script and the test signal each other.
    fn signal_file(&self) -> PathBuf {
        self.ctx.data.path().join("signal")
    }

    async fn log(&self, id: &JobId) -> String {
        self.ctx.log_lines(id).await.join("\n")
    }

    async fn until_logged(&self, id: &JobId, line: &str) {
        let logged = async {
            while !self
                .ctx
                .log_lines(id)
                .await
                .iter()
                .any(|logged| logged == line)
            {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        let logged = tokio::time::timeout(Duration::from_secs(20), logged).await;
        logged.unwrap_or_else(|_| panic!("not logged: {line}"));
    }
}

fn limits(change: impl FnOnce(&mut ScriptLimits)) -> ScriptLimits {
    let mut limits = ScriptLimits::default();
    change(&mut limits);
    limits
}

/// The process id in a file.
fn process(file: &Path) -> Option<i32> {
    std::fs::read_to_string(file).ok()?.trim().parse().ok()
}

/// Whether a process exists and is not a zombie.
fn is_alive(process: i32) -> bool {
    matches!(state(process), Some(state) if state != 'Z')
}

fn state(process: i32) -> Option<char> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.chars().next()
}

#[tokio::test]
async fn output_of_both_streams_becomes_the_result_and_the_log() {
    let scripts = Scripts::new().await;
    let id = scripts.start("echo one; until [ -e \"$1\" ]; do sleep 0.01; done; echo two >&2; until [ -e \"$1.2\" ]; do sleep 0.01; done; printf three", &[scripts.signal_file().to_str().unwrap()]).await;
    scripts.until_logged(&id, "one").await;
    std::fs::write(scripts.signal_file(), "").unwrap();
    scripts.until_logged(&id, "two").await;
    std::fs::write(scripts.signal_file().with_extension("2"), "").unwrap();
    let job = scripts.ended(&id).await;
    assert_eq!(job.state, JobState::Completed);
    assert_eq!(job.name, "Run it.sh");
    assert_eq!(job.name_text.unwrap().key, "name.script");
    assert_eq!(scripts.ctx.result_text(&id).await, "one\ntwo\nthree\n");
    let logs = scripts
        .ctx
        .queue
        .logs(&scripts.ctx.me, &id, 0, 10)
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
async fn arguments_reach_the_script_unchanged() {
    let scripts = Scripts::new().await;
    let args = ["$(touch x)", "a  b", "", "*", "; exit 9", "-e", "é\n"];
    let output = scripts.output("printf '<%s>' \"$@\"; ls", &args).await;
    assert_eq!(output, "<$(touch x)><a  b><><*><; exit 9><-e><é\n>\n");
}

#[tokio::test]
async fn a_script_has_an_empty_folder_and_a_clean_environment() {
    let scripts = Scripts::new().await;
    let output = scripts
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
    let mut lines: Vec<_> = output.lines().collect();
    assert_eq!(lines.pop(), Some("own group"));
    let (folder, home) = (lines.pop().unwrap(), lines.pop().unwrap());
    assert_eq!(folder, home);
    assert!(folder.ends_with("/work"), "{folder}");
    // The folder is removed when the job ends.
    until(|| !Path::new(folder).exists()).await;
    for variable in lines {
        assert!(known.contains(&variable), "{variable}");
    }
    // The test's own process does have Cargo's variables.
    assert!(std::env::var_os("CARGO_MANIFEST_DIR").is_some());
}

#[tokio::test]
async fn a_failure_names_the_exit_status_or_signal_and_the_last_line() {
    let scripts = Scripts::new().await;
    let summary = scripts
        .failure(
            "echo fine; echo 'no such scene' >&2; exit 3",
            FailureCode::ExitStatus,
        )
        .await;
    assert_eq!(
        summary,
        "The script ended with exit status 3: no such scene"
    );
    let summary = scripts
        .failure("kill -SEGV $$", FailureCode::ExitStatus)
        .await;
    assert!(
        summary.starts_with("The script was killed by SIGSEGV"),
        "{summary}"
    );
}

#[tokio::test]
async fn progress_is_read_and_the_first_step_names_the_script() {
    let scripts = Scripts::new().await;
    let file = scripts.signal_file();
    let wait = "until [ -e \"$1\" ]; do sleep 0.01; done";
    let text = format!(
        "{wait}; echo '::progress 0.4 Rendering scene'; until [ -e \"$1.2\" ]; do sleep 0.01; done; echo done"
    );
    let id = scripts.start(&text, &[file.to_str().unwrap()]).await;
    let step = |job: &Job, step: &str| job.current_step.as_deref() == Some(step);
    let job = scripts
        .ctx
        .until(&id, |job| step(job, "Running it.sh"))
        .await;
    assert_eq!(job.progress, None);
    std::fs::write(&file, "").unwrap();
    let job = scripts
        .ctx
        .until(&id, |job| step(job, "Rendering scene"))
        .await;
    assert_eq!(job.progress, Some(0.4));
    std::fs::write(file.with_extension("2"), "").unwrap();
    scripts.ended(&id).await;
    assert_eq!(scripts.ctx.result_text(&id).await, "done\n");
}

#[tokio::test]
async fn output_of_python_is_not_buffered() {
    let scripts = Scripts::new().await;
    let file = scripts.signal_file();
    let text = "#!/usr/bin/env python3
import os, sys, time
print('started')
while not os.path.exists(sys.argv[1]): time.sleep(0.01)
";
    scripts.put("it.py", text);
    let id = scripts
        .submit(json!({ "script": "it.py", "args": [file] }))
        .await;
    scripts.until_logged(&id, "started").await;
    std::fs::write(&file, "").unwrap();
    assert_eq!(scripts.ended(&id).await.state, JobState::Completed);
}

#[tokio::test]
async fn a_progress_bar_is_one_line_and_invalid_text_is_replaced() {
    let scripts = Scripts::new().await;
    let output = scripts
        .output(
            r"printf '10%%\r50%%\r100%%\n'; printf '\xff\xfe\n'; printf 'a\0b\n'",
            &[],
        )
        .await;
    assert_eq!(output, "100%\n\u{fffd}\u{fffd}\na\0b\n");
}

#[tokio::test]
async fn a_script_that_prints_too_much_is_ended_at_the_limit() {
    let scripts = Scripts::with(limits(|limits| limits.output = 4 << 20)).await;
    let (id, job) = scripts
        .run("echo first; head -c 1G /dev/zero | tr '\\0' x", &[])
        .await;
    let failure = job.failure.unwrap();
    assert_eq!(
        failure.summary,
        "The script printed more than 4 MiB, and was stopped."
    );
    let log = scripts.log(&id).await;
    assert!(log.starts_with("first\n"), "{}", &log[..100]);
    assert!(
        log.ends_with("more bytes were left out"),
        "{}",
        &log[log.len() - 100..]
    );
    assert!(log.len() < 5 << 20, "{}", log.len());
}

#[tokio::test]
async fn a_long_log_is_shortened_while_the_result_is_complete() {
    let scripts = Scripts::new().await;
    let (id, job) = scripts.run("seq 1 100000", &[]).await;
    assert_eq!(job.state, JobState::Completed);
    assert_eq!(scripts.ctx.result_text(&id).await.lines().count(), 100_000);
    let queue = &scripts.ctx.queue;
    let tail = queue.logs(&scripts.ctx.me, &id, 8000, 1000).await.unwrap();
    let texts: Vec<_> = tail.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts.len(), 202, "two notes and the last lines");
    assert_eq!(texts[1], "jobtray: 91800 lines were left out here");
    assert_eq!((texts[2], texts[201]), ("99801", "100000"));
}

#[tokio::test]
async fn limits_of_memory_processor_and_time_end_a_script() {
    let memory = Scripts::with(limits(|limits| limits.tree.memory = 200 << 20)).await;
    let hog = "x=$(head -c 400M /dev/zero | tr '\\0' x); echo had it";
    let summary = memory.failure(hog, FailureCode::ExitStatus).await;
    assert!(summary.contains("cannot allocate"), "{summary}");

    let cpu = Scripts::with(limits(|limits| limits.tree.cpu = Duration::from_secs(1))).await;
    let summary = cpu
        .failure("while :; do :; done", FailureCode::Timeout)
        .await;
    assert_eq!(
        summary,
        "The script used more than 1 s of processor time, and was stopped."
    );

    let time = Scripts::with(limits(|limits| {
        limits.tree.time = Duration::from_millis(300);
    }))
    .await;
    let summary = time
        .failure("sleep 1000 & sleep 1000", FailureCode::Timeout)
        .await;
    assert_eq!(
        summary,
        "The script ran for more than 0.3 s, and was stopped."
    );
}

/// Starts a process that leaves the script's group and session, is orphaned, ignores SIGTERM, and writes its
/// process id into `$1`. If a test fails, the process ends when the test's folder is removed.
const HIDE: &str = r#"(trap '' TERM HUP; setsid bash -c 'trap "" TERM HUP; echo $$ > "$1"; while [ -e "$1" ]; do sleep 1; done' hidden "$1" & ) &
until [ -s "$1" ]; do sleep 0.01; done"#;

#[tokio::test]
async fn log_and_result_have_the_lines_of_both_streams_in_the_same_order() {
    let scripts = Scripts::new().await;
    let text = "for i in {1..200}; do echo o$i; echo e$i >&2; done";
    let (id, _) = scripts.run(text, &[]).await;
    let log = scripts.ctx.log_lines(&id).await;
    let result = scripts.ctx.result_text(&id).await;
    let result: Vec<_> = result.lines().map(str::to_owned).collect();
    assert_eq!(result.len(), 400);
    assert_eq!(log, result);
}

#[tokio::test]
async fn a_hidden_process_is_ended_with_the_script() {
    let scripts = Scripts::new().await;
    let file = scripts.signal_file();
    let (id, job) = scripts.run(HIDE, &[file.to_str().unwrap()]).await;
    assert_eq!(job.state, JobState::Completed);
    assert!(!is_alive(process(&file).unwrap()), "it is still alive");
    let log = scripts.log(&id).await;
    assert!(
        log.contains("the script ended and left ") && log.contains(" behind, which w"),
        "{log}"
    );
}

#[tokio::test]
async fn cancelling_ends_processes_that_hide_and_ignore_sigterm() {
    let scripts = Scripts::new().await;
    let file = scripts.signal_file();
    let id = scripts
        .start(
            &format!("trap '' TERM\n{HIDE}\nwhile :; do sleep 1; done"),
            &[file.to_str().unwrap()],
        )
        .await;
    until(|| process(&file).is_some()).await;
    scripts
        .ctx
        .queue
        .cancel(&scripts.ctx.me, &id)
        .await
        .unwrap();
    let job = scripts.ended(&id).await;
    assert_eq!(job.state, JobState::Cancelled);
    assert!(!is_alive(process(&file).unwrap()), "it is still alive");
    scripts.ctx.until_swept(&id).await;
}

#[tokio::test]
async fn a_cancelled_script_may_clean_up() {
    let scripts = Scripts::new().await;
    let file = scripts.signal_file();
    let text =
        "trap 'echo cleaned > \"$1.2\"; exit 0' TERM; echo $$ > \"$1\"; while :; do sleep 1; done";
    let id = scripts.start(text, &[file.to_str().unwrap()]).await;
    until(|| process(&file).is_some()).await;
    scripts
        .ctx
        .queue
        .cancel(&scripts.ctx.me, &id)
        .await
        .unwrap();
    scripts.ended(&id).await;
    until(|| file.with_extension("2").exists()).await;
}

#[tokio::test]
async fn a_paused_script_stops_and_resumes() {
    let scripts = Scripts::new().await;
    let file = scripts.signal_file();
    let text = "x=kept; echo started; echo $$ > \"$1\"; until [ -e \"$1.2\" ]; do sleep 0.01; done; echo $x";
    let id = scripts.start(text, &[file.to_str().unwrap()]).await;
    until(|| process(&file).is_some()).await;
    let script = process(&file).unwrap();
    let (queue, me) = (&scripts.ctx.queue, &scripts.ctx.me);
    queue.pause(me, &id).await.unwrap();
    scripts
        .ctx
        .until(&id, |job| job.state == JobState::Paused)
        .await;
    until(|| state(script) == Some('T')).await;
    // Meanwhile another job takes its place.
    scripts.put("other.sh", "#!/bin/sh\necho other\n");
    let other = scripts.submit(json!({ "script": "other.sh" })).await;
    assert_eq!(scripts.ended(&other).await.state, JobState::Completed);
    assert_eq!(state(script), Some('T'));
    queue.resume(me, &id).await.unwrap();
    std::fs::write(file.with_extension("2"), "").unwrap();
    let job = scripts.ended(&id).await;
    assert_eq!((job.state, job.attempt), (JobState::Completed, 1));
    assert_eq!(scripts.ctx.result_text(&id).await, "started\nkept\n");
}

#[tokio::test]
async fn a_script_that_is_cancelled_while_paused_ends() {
    let scripts = Scripts::new().await;
    let file = scripts.signal_file();
    let text = "echo $$ > \"$1\"; while :; do sleep 1; done";
    let id = scripts.start(text, &[file.to_str().unwrap()]).await;
    until(|| process(&file).is_some()).await;
    let script = process(&file).unwrap();
    scripts.ctx.queue.pause(&scripts.ctx.me, &id).await.unwrap();
    scripts
        .ctx
        .until(&id, |job| job.state == JobState::Paused)
        .await;
    scripts
        .ctx
        .queue
        .cancel(&scripts.ctx.me, &id)
        .await
        .unwrap();
    until(|| !is_alive(script)).await;
}

#[tokio::test]
async fn a_shutdown_ends_running_and_paused_scripts() {
    let mut scripts = Scripts::new().await;
    let file = scripts.signal_file();
    let text = "echo $$ >> \"$1\"; until [ -e \"$1.2\" ]; do sleep 0.01; done";
    let paused = scripts.start(text, &[file.to_str().unwrap()]).await;
    until(|| process(&file).is_some()).await;
    let first = process(&file).unwrap();
    scripts
        .ctx
        .queue
        .pause(&scripts.ctx.me, &paused)
        .await
        .unwrap();
    scripts
        .ctx
        .until(&paused, |job| job.state == JobState::Paused)
        .await;
    std::fs::remove_file(&file).unwrap();
    let runs = scripts
        .submit(json!({ "script": "it.sh", "args": [file] }))
        .await;
    until(|| process(&file).is_some()).await;
    let second = process(&file).unwrap();

    scripts.ctx.stop_worker().await;
    assert!(!is_alive(second), "it is still alive");
    let job = scripts.ctx.get(&runs).await;
    assert_eq!((job.state, job.attempt), (JobState::Queued, 1));
    // A paused script ends with the server's process. The test's process stays, so the kind lets go of it here.
    scripts.ctx.kind.release(&paused);
    until(|| !is_alive(first)).await;

    scripts.ctx.start_worker(1);
    std::fs::write(file.with_extension("2"), "").unwrap();
    scripts
        .ctx
        .queue
        .resume(&scripts.ctx.me, &paused)
        .await
        .unwrap();
    for id in [&runs, &paused] {
        let job = scripts.ended(id).await;
        assert_eq!((job.state, job.attempt), (JobState::Completed, 1));
        let log = scripts.log(id).await;
        assert!(log.contains("starts again from its beginning"), "{log}");
    }
}

#[tokio::test]
async fn an_unknown_script_is_rejected_with_the_names_of_those_that_exist() {
    let scripts = Scripts::new().await;
    scripts.put("backup.sh", "#!/bin/sh\n");
    for script in ["nowhere.sh", "../backup.sh", "/bin/sh", "."] {
        let Err(QueueError::Invalid(error)) = try_submit(&scripts.ctx, script).await else {
            panic!("{script} was accepted");
        };
        assert_eq!(error.field, "input.script");
        assert!(
            error.to_string().ends_with("available scripts: backup.sh"),
            "{error}"
        );
    }
    let schema = scripts.ctx.kind.input_schema();
    assert_eq!(
        schema["properties"]["script"]["examples"],
        json!(["backup.sh"])
    );
}

#[tokio::test]
async fn without_a_scripts_folder_the_kind_is_off_and_says_why() {
    let off = async |_| {
        ScriptKind::new(
            None,
            ScriptLimits::default(),
            Supervisor::with_host(PROGRAM),
        )
    };
    let ctx = TestContext::with("memory:", 1, off).await;
    let Err(QueueError::Invalid(error)) = try_submit(&ctx, "backup.sh").await else {
        panic!("it was accepted");
    };
    assert_eq!(error.field, "type");
    assert!(error.to_string().contains("JOBTRAY_SCRIPTS_DIR"), "{error}");
}

async fn try_submit(ctx: &TestContext<ScriptKind>, script: &str) -> Result<Job, QueueError> {
    let new: NewJob = ctx.new_job(json!({ "script": script }));
    ctx.queue.submit(&ctx.me, new).await
}

#[tokio::test]
async fn a_missing_interpreter_is_named_when_the_script_starts() {
    let scripts = Scripts::new().await;
    scripts.put("it", "#!/usr/bin/env no-such-program\n");
    let id = scripts.submit(json!({ "script": "it" })).await;
    let failure = scripts.ended(&id).await.failure.unwrap();
    assert_eq!(failure.code, "dependency_missing");
    assert_eq!(
        failure.summary,
        "The script it needs no-such-program, which is not on the server."
    );

    // The interpreter exists but is not a program.
    scripts.put("it", "#!/usr\n");
    let id = scripts.submit(json!({ "script": "it" })).await;
    let failure = scripts.ended(&id).await.failure.unwrap();
    assert_eq!(failure.code, "dependency_missing");
    assert!(
        failure
            .summary
            .starts_with("The script it could not be started: "),
        "{failure:?}"
    );
}

#[tokio::test]
async fn a_killed_supervisor_fails_the_job_and_ends_the_script() {
    let scripts = Scripts::new().await;
    let file = scripts.signal_file();
    let id = scripts
        .start(
            "echo $$ > \"$1\"; kill -KILL $PPID; while :; do sleep 1; done",
            &[file.to_str().unwrap()],
        )
        .await;
    let failure = scripts.ended(&id).await.failure.unwrap();
    assert_eq!(failure.code, "internal");
    until(|| !is_alive(process(&file).unwrap())).await;
}

#[tokio::test]
async fn a_script_runs_under_its_limits_and_its_supervisor_leads_a_process_group() {
    let limits = limits(|limits| limits.tree.cpu = Duration::from_millis(300));
    let scripts = Scripts::with(limits).await;
    let text = "ulimit -Sc; ulimit -St; ulimit -Ht; cat /proc/self/oom_score_adj
        [ \"$(cut -d' ' -f5 /proc/$PPID/stat)\" = $PPID ] && echo own group";
    assert_eq!(scripts.output(text, &[]).await, "0\n1\n3\n500\nown group\n");
}

#[tokio::test]
async fn output_of_exactly_the_limit_is_allowed() {
    let scripts = Scripts::with(limits(|limits| limits.output = 10)).await;
    assert_eq!(
        scripts.output("echo 1234; echo 6789", &[]).await,
        "1234\n6789\n"
    );
    let summary = scripts
        .failure("echo 1234; echo 67890", FailureCode::ExitStatus)
        .await;
    assert_eq!(
        summary,
        "The script printed more than 10 B, and was stopped."
    );
}

#[tokio::test]
async fn a_failure_quotes_a_shortened_line_that_is_not_blank() {
    let scripts = Scripts::new().await;
    let text = "printf 'x%.0s' {1..1000} >&2; printf '\\n\\n' >&2; exit 3";
    let summary = scripts.failure(text, FailureCode::ExitStatus).await;
    let expected = format!("The script ended with exit status 3: {}", "x".repeat(300));
    assert_eq!(summary, expected);
}

#[tokio::test]
async fn output_of_a_short_background_process_is_read() {
    let scripts = Scripts::new().await;
    let output = scripts
        .output("(sleep 0.1; echo late; exit 7) & echo first", &[])
        .await;
    assert_eq!(output, "first\nlate\n");
}

#[tokio::test]
async fn pauses_do_not_restart_the_time_limit() {
    let scripts = Scripts::with(limits(|limits| {
        limits.tree.time = Duration::from_millis(700);
    }))
    .await;
    let (queue, me) = (&scripts.ctx.queue, &scripts.ctx.me);
    let id = scripts.start("while :; do sleep 0.01; done", &[]).await;
    for _ in 0..10 {
        scripts
            .ctx
            .until(&id, |job| job.state != JobState::Queued)
            .await;
        tokio::time::sleep(Duration::from_millis(250)).await;
        if queue.pause(me, &id).await.is_err() {
            break;
        }
        let stopped = |job: &Job| job.state == JobState::Paused || job.state.is_finished();
        if scripts.ctx.until(&id, stopped).await.state.is_finished() {
            break;
        }
        queue.resume(me, &id).await.unwrap();
    }
    let failure = scripts
        .ctx
        .get(&id)
        .await
        .failure
        .expect("it exceeded the time limit");
    assert_eq!(failure.code, FailureCode::Timeout.as_str());
}

#[tokio::test]
async fn a_run_after_an_interrupted_one_starts_alone_and_in_an_empty_folder() {
    let mut scripts = Scripts::new().await;
    let file = scripts.signal_file();
    let text = "ls -A; touch left; echo $$ > \"$1\"; until [ -e \"$1.2\" ]; do sleep 0.01; done";
    let id = scripts.start(text, &[file.to_str().unwrap()]).await;
    until(|| process(&file).is_some()).await;
    scripts.ctx.stop_worker().await;
    // Stands for a process that outlived its supervisor.
    let mut left = std::process::Command::new("sleep")
        .arg("1000")
        .env("JOBTRAY_JOB_ID", id.as_str())
        .spawn()
        .unwrap();
    std::fs::write(file.with_extension("2"), "").unwrap();
    scripts.ctx.start_worker(1);
    let job = scripts.ended(&id).await;
    assert_eq!(job.state, JobState::Completed);
    assert_eq!(scripts.ctx.result_text(&id).await, "");
    let ended = left.try_wait().unwrap().is_some();
    left.kill().unwrap();
    left.wait().unwrap();
    assert!(ended, "the process is still alive");
    let log = scripts.log(&id).await;
    assert!(
        log.contains("the last run left 1 process behind, which was stopped"),
        "{log}"
    );
}

#[tokio::test]
async fn a_log_of_long_lines_is_shortened_after_fewer_lines() {
    let scripts = Scripts::new().await;
    let text = "for line in {1..700}; do printf '%08192d\\n' $line; done";
    let (id, _) = scripts.run(text, &[]).await;
    let lines = scripts.ctx.log_lines(&id).await;
    assert_eq!(lines.len(), 701);
    assert!(
        lines[512].starts_with("jobtray: the log is long"),
        "{}",
        lines[512]
    );
    assert!(lines[700].ends_with("0700"));
}
