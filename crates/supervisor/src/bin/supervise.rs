//! `supervise SECONDS PROGRAM [ARG…]`: runs a program and everything that it starts for at most that long.
//!
//! The smallest possible host. The tests use it.

use std::io::{Error, ErrorKind, Write, stderr, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use supervisor::{Event, Limits, Outcome, OutputStream, Program, Supervisor};

fn main() -> ExitCode {
    if let Some(code) = supervisor::run_if_reexecuted() {
        return code;
    }
    match run() {
        Ok(Outcome::Exited(status)) => u8::try_from(status).unwrap_or(1).into(),
        Ok(outcome) => {
            eprintln!("supervise: {outcome:?}");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("supervise: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<Outcome, Error> {
    let usage = || Error::new(ErrorKind::InvalidInput, "SECONDS PROGRAM [ARG…]");
    let mut args = std::env::args().skip(1);
    let seconds = args.next().and_then(|seconds| seconds.parse().ok());
    let limits = Limits {
        time: Duration::from_secs(seconds.ok_or_else(usage)?),
        ..Limits::NONE
    };
    let program = Program {
        path: PathBuf::from(args.next().ok_or_else(usage)?),
        args: args.collect(),
        environment: std::env::vars().collect(),
        working_directory: std::env::current_dir()?,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut tree = Supervisor::this_program().start(&program, limits).await?;
        loop {
            match tree.next().await? {
                Event::Output(OutputStream::Stdout, bytes) => stdout().write_all(bytes)?,
                Event::Output(OutputStream::Stderr, bytes) => stderr().write_all(bytes)?,
                Event::Ended { outcome, .. } => return Ok(outcome),
            }
        }
    })
}
