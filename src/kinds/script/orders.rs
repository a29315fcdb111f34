//! What is said between this process, a script's keeper and what becomes the script: a line of JSON each.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What to start.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Command {
    pub program: PathBuf,
    pub args: Vec<String>,
    /// All of the environment.
    pub environment: Vec<(String, String)>,
    /// The working directory.
    pub folder: PathBuf,
    /// Seconds of processor time of each process.
    pub cpu_seconds: u64,
    /// Bytes of data of each process.
    pub memory: u64,
}

/// What the keeper is told. That nobody can tell it anything any more means: end everything now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    /// Ask the script to end, and soon make it.
    End,
    Suspend,
    GoOn,
}

/// What the keeper tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    Started,
    /// It could not be started, and why.
    Refused(String),
    /// Nothing of it is left.
    Over {
        end: End,
        /// Processes that the script left behind, and that were ended.
        left_behind: usize,
    },
}

/// How the script itself ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    Status(i32),
    Signal(i32),
}
