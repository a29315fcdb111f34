//! What the end of a script means for its job.

use super::Limits;
use super::input::Order;
use crate::i18n::{Lang, job::say};
use crate::job::{FailureCode, Text};
use crate::worker::Stop;
use rustix::process::Signal;
use std::time::Duration;

/// Signals by the names that people know; by number otherwise.
const SIGNALS: [(Signal, &str); 15] = [
    (Signal::HUP, "SIGHUP"),
    (Signal::INT, "SIGINT"),
    (Signal::QUIT, "SIGQUIT"),
    (Signal::ILL, "SIGILL"),
    (Signal::ABORT, "SIGABRT"),
    (Signal::BUS, "SIGBUS"),
    (Signal::FPE, "SIGFPE"),
    (Signal::KILL, "SIGKILL"),
    (Signal::SEGV, "SIGSEGV"),
    (Signal::PIPE, "SIGPIPE"),
    (Signal::ALARM, "SIGALRM"),
    (Signal::TERM, "SIGTERM"),
    (Signal::XCPU, "SIGXCPU"),
    (Signal::XFSZ, "SIGXFSZ"),
    (Signal::SYS, "SIGSYS"),
];

/// How a script came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Status(i32),
    Signal(i32),
    TooLong,
    TooMuchOutput,
    /// Somebody killed the keeper.
    KeeperLost,
}

/// Whether it is done; else its failure, with its last words.
pub fn of(why: Why, order: &Order, last_words: &str, limits: &Limits) -> Result<(), Stop> {
    let text = |key: &str| Text::new(key).with("script", &order.script);
    let said = |key: &str| match last_words {
        "" => text(key),
        said => text(&format!("{key}_said")).with("said", said),
    };
    let (code, text) = match why {
        Why::Status(0) => return Ok(()),
        Why::Status(status) => (
            FailureCode::ExitStatus,
            said("failure.script_exit").with("status", status),
        ),
        Why::Signal(signal) if signal == Signal::XCPU.as_raw() => (
            FailureCode::Timeout,
            text("failure.script_cpu").with("limit", span(limits.cpu)),
        ),
        Why::Signal(signal) => (
            FailureCode::ExitStatus,
            said("failure.script_signal").with("signal", name(signal)),
        ),
        Why::TooLong => (
            FailureCode::Timeout,
            text("failure.script_time").with("limit", span(limits.time)),
        ),
        Why::TooMuchOutput => (
            FailureCode::ExitStatus,
            text("failure.script_output").with("limit", size(limits.output)),
        ),
        Why::KeeperLost => (FailureCode::Internal, text("failure.script_lost")),
    };
    Err(failed(code, text))
}

/// Its file is not there any more, or may not run any more.
pub fn gone(order: &Order) -> Stop {
    let text = Text::new("failure.script_gone").with("script", &order.script);
    failed(FailureCode::DependencyMissing, text)
}

/// What its first line names is not there.
pub fn no_interpreter(order: &Order, interpreter: &str) -> Stop {
    let text = Text::new("failure.script_interpreter")
        .with("script", &order.script)
        .with("interpreter", interpreter);
    failed(FailureCode::DependencyMissing, text)
}

/// The system refused to start it.
pub fn not_started(order: &Order, problem: &str) -> Stop {
    let text = Text::new("failure.script_start")
        .with("script", &order.script)
        .with("problem", problem);
    failed(FailureCode::DependencyMissing, text)
}

/// What its output is called when somebody downloads it.
pub fn file_name(order: &Order) -> String {
    let name = order.short_name();
    let name = name.rsplit('/').next().unwrap_or(&name);
    format!("{name}.txt")
}

fn failed(code: FailureCode, text: Text) -> Stop {
    Stop::Failed {
        code,
        summary: say(Lang::En, Some(&text), &text.key),
        text: Some(text),
    }
}

fn name(signal: i32) -> String {
    let known = SIGNALS.iter().find(|(known, _)| known.as_raw() == signal);
    known.map_or_else(
        || format!("signal {signal}"),
        |(_, name)| (*name).to_owned(),
    )
}

/// In the largest unit that leaves no rest, the same in both languages.
fn span(time: Duration) -> String {
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
    use super::{Why, file_name, of, size, span};
    use crate::kinds::script::Limits;
    use crate::kinds::script::input::Order;
    use crate::worker::Stop;
    use std::time::Duration;

    fn order(script: &str) -> Order {
        Order {
            script: script.to_owned(),
            args: Vec::new(),
        }
    }

    #[test]
    fn every_end_has_its_code_and_its_sentence() {
        for (why, last_words, code, summary) in [
            (
                Why::Status(3),
                "",
                "exit_status",
                "The script ended with exit status 3.",
            ),
            (
                Why::Status(3),
                "no {such} file",
                "exit_status",
                "The script ended with exit status 3: no {such} file",
            ),
            (
                Why::Signal(9),
                "",
                "exit_status",
                "The script was killed by SIGKILL.",
            ),
            (
                Why::Signal(11),
                "a",
                "exit_status",
                "The script was killed by SIGSEGV: a",
            ),
            (
                Why::Signal(40),
                "",
                "exit_status",
                "The script was killed by signal 40.",
            ),
            (
                Why::Signal(24),
                "a",
                "timeout",
                "The script used more than 1 h of processor time, and was ended.",
            ),
            (
                Why::TooLong,
                "a",
                "timeout",
                "The script ran for more than 6 h, and was ended.",
            ),
            (
                Why::TooMuchOutput,
                "a",
                "exit_status",
                "The script printed more than 64 MiB, and was ended.",
            ),
            (
                Why::KeeperLost,
                "",
                "internal",
                "The process that keeps the script was killed, and the script with it.",
            ),
        ] {
            let Err(Stop::Failed {
                code: found,
                summary: said,
                text,
            }) = of(why, &order("a.sh"), last_words, &Limits::default())
            else {
                panic!("{why:?} is a failure");
            };
            assert_eq!((found.as_str(), said.as_str()), (code, summary));
            assert!(text.is_some());
        }
        assert!(of(Why::Status(0), &order("a.sh"), "warned", &Limits::default()).is_ok());
    }

    #[test]
    fn the_output_is_called_after_the_script() {
        assert_eq!(file_name(&order("sub/backup.sh")), "backup.sh.txt");
    }

    #[test]
    fn limits_are_told_in_the_largest_unit_without_a_rest() {
        for (millis, said) in [
            (300, "0.3 s"),
            (90_000, "90 s"),
            (120_000, "2 min"),
            (7_200_000, "2 h"),
        ] {
            assert_eq!(span(Duration::from_millis(millis)), said);
        }
        assert_eq!(
            (size(3 << 20), size(1500)),
            ("3 MiB".to_owned(), "1500 B".to_owned())
        );
    }
}
