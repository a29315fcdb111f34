//! The program of a process tree, and its limits.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;

/// A program to run. Its standard input is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub path: PathBuf,
    pub args: Vec<String>,
    /// The whole environment, as names and values. Nothing is inherited from the host.
    pub environment: Vec<(String, String)>,
    pub working_directory: PathBuf,
}

/// The limits of a process tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Processor time of each process, counted in whole seconds and at least one. The process receives SIGXCPU
    /// at the limit, and SIGKILL two seconds later.
    pub cpu: Duration,
    /// Bytes of private writable memory of each process (`RLIMIT_DATA`). A limit on the address space
    /// (`RLIMIT_AS`) would stop programs that reserve much and use little, such as Node or Java.
    pub memory: u64,
    /// Time from start to end, without pauses.
    pub time: Duration,
}

impl Limits {
    /// No limits.
    pub const NONE: Self = Self {
        cpu: Duration::MAX,
        memory: u64::MAX,
        time: Duration::MAX,
    };
}
