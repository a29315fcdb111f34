//! Starts the host's executable again as supervisor or launcher.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// The running program, even if its file was replaced since it started (proc(5)).
pub(crate) const THIS_PROGRAM: &str = "/proc/self/exe";

/// The role of a process, which is its only argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Supervise,
    #[cfg_attr(not(target_os = "linux"), expect(dead_code))]
    Launch,
}

impl Role {
    fn argument(self) -> &'static str {
        match self {
            Self::Supervise => "supervise-process-tree",
            Self::Launch => "launch-in-process-tree",
        }
    }

    /// The role of this process, if it has one.
    #[cfg(target_os = "linux")]
    pub(crate) fn of_this_process() -> Option<Self> {
        let mut args = std::env::args_os().skip(1);
        let only = args.next().filter(|_| args.next().is_none())?;
        let roles = [Self::Supervise, Self::Launch];
        roles.into_iter().find(|role| only == role.argument())
    }

    /// A command that starts a host in this role, with an empty environment.
    pub(crate) fn command(self, host: &Path) -> Command {
        let mut command = Command::new(host);
        command.arg(self.argument()).env_clear();
        if host == Path::new(THIS_PROGRAM) {
            // The name that process lists show.
            set_name(&mut command, std::env::args_os().next().as_deref());
        }
        command
    }
}

fn set_name(command: &mut Command, name: Option<&OsStr>) {
    use std::os::unix::process::CommandExt;
    if let Some(name) = name {
        command.arg0(name);
    }
}
