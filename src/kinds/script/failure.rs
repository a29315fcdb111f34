//! What the end of a script means for its job.

use super::input::Input;
use super::limits::ScriptLimits;
use super::message::ScriptMessage;
use crate::i18n::Translate;
use crate::job::FailureCode;
use crate::worker::Stop;
use std::time::Duration;
use supervisor::{Outcome, signal_name};

/// How a run of a script ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndOfRun {
    Outcome(Outcome),
    TooMuchOutput,
}

impl From<Outcome> for EndOfRun {
    fn from(outcome: Outcome) -> Self {
        Self::Outcome(outcome)
    }
}

/// Fails unless the script succeeded; `last_line` is the last line that it printed.
pub fn check(
    end: EndOfRun,
    input: &Input,
    last_line: &str,
    limits: &ScriptLimits,
) -> Result<(), Stop> {
    let last_line = Some(last_line.to_owned()).filter(|line| !line.is_empty());
    let (code, message) = match end {
        EndOfRun::Outcome(Outcome::Exited(0)) => return Ok(()),
        EndOfRun::Outcome(Outcome::Exited(status)) => (
            FailureCode::ExitStatus,
            match last_line {
                Some(said) => ScriptMessage::ExitedWithOutput { status, said },
                None => ScriptMessage::Exited { status },
            },
        ),
        EndOfRun::Outcome(Outcome::Signaled(signal)) => {
            let signal = signal_name(signal);
            let message = match last_line {
                Some(said) => ScriptMessage::SignaledWithOutput { signal, said },
                None => ScriptMessage::Signaled { signal },
            };
            (FailureCode::ExitStatus, message)
        }
        EndOfRun::Outcome(Outcome::CpuLimit) => {
            let limit = duration(limits.tree.cpu);
            (FailureCode::Timeout, ScriptMessage::CpuLimit { limit })
        }
        EndOfRun::Outcome(Outcome::TimeLimit) => {
            let limit = duration(limits.tree.time);
            (FailureCode::Timeout, ScriptMessage::TimeLimit { limit })
        }
        EndOfRun::Outcome(Outcome::NotStarted(problem)) => {
            let script = input.script.clone();
            let message = ScriptMessage::NotStarted { script, problem };
            (FailureCode::DependencyMissing, message)
        }
        EndOfRun::Outcome(Outcome::SupervisorLost) => {
            (FailureCode::Internal, ScriptMessage::SupervisorLost)
        }
        EndOfRun::TooMuchOutput => {
            let limit = size(limits.output);
            let message = ScriptMessage::TooMuchOutput { limit };
            (FailureCode::ExitStatus, message)
        }
    };
    Err(failed(code, input, &message))
}

/// The script's file no longer exists, or can no longer be run.
pub fn gone(input: &Input) -> Stop {
    let script = input.script.clone();
    let message = ScriptMessage::Gone { script };
    failed(FailureCode::DependencyMissing, input, &message)
}

/// The interpreter that the script's first line names is missing.
pub fn no_interpreter(input: &Input, interpreter: &str) -> Stop {
    let message = ScriptMessage::NoInterpreter {
        script: input.script.clone(),
        interpreter: interpreter.to_owned(),
    };
    failed(FailureCode::DependencyMissing, input, &message)
}

/// Every failure has the script's name in its text arguments, for clients, even if its sentence does not use it.
fn failed(code: FailureCode, input: &Input, message: &ScriptMessage) -> Stop {
    Stop::Failed {
        code,
        summary: message.english(),
        text: Some(message.text().with("script", &input.script)),
    }
}

/// The duration in the largest unit that leaves no remainder; the same in both languages.
fn duration(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds > 0 && seconds % 3600 == 0 => format!("{} h", seconds / 3600),
        seconds if seconds > 0 && seconds % 60 == 0 => format!("{} min", seconds / 60),
        _ => format!("{} s", time.as_secs_f64()),
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        bytes if bytes % (1 << 20) == 0 => format!("{} MiB", bytes >> 20),
        bytes => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::{EndOfRun, check, duration, size};
    use crate::kinds::script::ScriptLimits;
    use crate::kinds::script::input::Input;
    use crate::worker::Stop;
    use std::time::Duration;
    use supervisor::Outcome;

    fn input() -> Input {
        Input {
            script: "a.sh".to_owned(),
            args: Vec::new(),
        }
    }

    #[test]
    fn every_failure_has_a_code_and_a_sentence() {
        for (end, last_line, code, summary) in [
            (
                Outcome::Exited(3).into(),
                "",
                "exit_status",
                "The script ended with exit status 3.",
            ),
            (
                Outcome::Exited(3).into(),
                "no {such} file",
                "exit_status",
                "The script ended with exit status 3: no {such} file",
            ),
            (
                Outcome::Signaled(9).into(),
                "",
                "exit_status",
                "The script was killed by SIGKILL.",
            ),
            (
                Outcome::Signaled(11).into(),
                "a",
                "exit_status",
                "The script was killed by SIGSEGV: a",
            ),
            (
                Outcome::Signaled(40).into(),
                "",
                "exit_status",
                "The script was killed by signal 40.",
            ),
            (
                Outcome::CpuLimit.into(),
                "a",
                "timeout",
                "The script used more than 1 h of processor time, and was stopped.",
            ),
            (
                Outcome::TimeLimit.into(),
                "a",
                "timeout",
                "The script ran for more than 6 h, and was stopped.",
            ),
            (
                EndOfRun::TooMuchOutput,
                "a",
                "exit_status",
                "The script printed more than 64 MiB, and was stopped.",
            ),
            (
                Outcome::NotStarted("no such file".to_owned()).into(),
                "",
                "dependency_missing",
                "The script a.sh could not be started: no such file",
            ),
            (
                Outcome::SupervisorLost.into(),
                "",
                "internal",
                "The script’s supervisor was killed, and the script with it.",
            ),
        ] {
            let Err(Stop::Failed {
                code: found,
                summary: sentence,
                text,
            }) = check(end, &input(), last_line, &ScriptLimits::default())
            else {
                panic!("it succeeded, instead of: {summary}");
            };
            assert_eq!((found.as_str(), sentence.as_str()), (code, summary));
            assert!(text.is_some());
        }
    }

    #[test]
    fn exit_status_0_succeeds_whatever_was_printed() {
        let success = EndOfRun::Outcome(Outcome::Exited(0));
        assert!(check(success, &input(), "warned", &ScriptLimits::default()).is_ok());
    }

    #[test]
    fn limits_are_shown_in_the_largest_unit_without_a_remainder() {
        for (millis, shown) in [
            (300, "0.3 s"),
            (90_000, "90 s"),
            (120_000, "2 min"),
            (7_200_000, "2 h"),
        ] {
            assert_eq!(duration(Duration::from_millis(millis)), shown);
        }
        assert_eq!(
            (size(3 << 20), size(1500)),
            ("3 MiB".to_owned(), "1500 B".to_owned())
        );
    }
}
