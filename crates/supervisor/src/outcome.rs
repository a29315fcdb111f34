//! How a process tree ended.

use rustix::process::Signal;

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// With this exit status.
    Exited(i32),
    /// Killed by this signal, which [`signal_name`] names.
    Signaled(i32),
    /// It used more processor time than allowed.
    CpuLimit,
    /// It ran for longer than allowed and was ended.
    TimeLimit,
    /// It could not be started, for this reason.
    NotStarted(String),
    /// The supervisor was killed, and the program with it.
    SupervisorLost,
}

/// The signals with well-known names.
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

/// The name of a signal, such as `SIGKILL`, or `signal 40` if it has none.
#[must_use]
pub fn signal_name(signal: i32) -> String {
    let known = SIGNALS.iter().find(|(known, _)| known.as_raw() == signal);
    known.map_or_else(
        || format!("signal {signal}"),
        |(_, name)| (*name).to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::signal_name;

    #[test]
    fn a_signal_is_called_by_its_name_or_else_by_its_number() {
        for (signal, name) in [(9, "SIGKILL"), (11, "SIGSEGV"), (40, "signal 40")] {
            assert_eq!(signal_name(signal), name);
        }
    }
}
