//! What a script may use.

use std::time::Duration;
use supervisor::Limits;

/// What a script may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScriptLimits {
    pub tree: Limits,
    /// Maximum size of the output of both streams together, in bytes, without progress lines that were overwritten.
    pub output: u64,
}

impl Default for ScriptLimits {
    fn default() -> Self {
        Self {
            tree: Limits {
                cpu: Duration::from_hours(1),
                memory: 4 << 30,
                time: Duration::from_hours(6),
            },
            output: 64 << 20,
        }
    }
}
