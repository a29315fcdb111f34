//! The operator's configuration of the kinds.

use super::script::limits::ScriptLimits;
use std::path::PathBuf;

/// The operator's configuration of the kinds.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The folder of craft and save files.
    pub craft: PathBuf,
    /// The folder of the scripts that `script` jobs may run; without it the kind is off.
    pub scripts: Option<PathBuf>,
    /// The limits of each script.
    pub script_limits: ScriptLimits,
}
