//! The limits of scripts, from the environment.

use crate::config_value::{ConfigError, whole};
use jobtray::kinds::script::ScriptLimits;
use std::time::Duration;
use supervisor::Limits;

/// A week, in seconds. A script that runs longer is a service, not a job.
const MAX_SECONDS: u64 = 7 * 24 * 3600;
/// 16 TiB, in MiB, which is far more than a machine has.
const MAX_MEMORY: u64 = 16 << 20;
/// In MiB. The whole output becomes the result, and a browser that opens the result reads all of it.
const MAX_OUTPUT: u64 = 1024;
const MIB: u64 = 1 << 20;

/// Reads the limits, with the default for each that is not set.
pub fn read(
    text: impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
) -> Result<ScriptLimits, ConfigError> {
    let number = |variable, most, default| match text(variable)? {
        Some(number) => whole(variable, &number, 1..=most),
        None => Ok(default),
    };
    let seconds = |variable, default: Duration| {
        number(variable, MAX_SECONDS, default.as_secs()).map(Duration::from_secs)
    };
    let mebibytes = |variable, most, default: u64| Ok(number(variable, most, default / MIB)? * MIB);
    let ScriptLimits { tree, output } = ScriptLimits::default();
    Ok(ScriptLimits {
        tree: Limits {
            cpu: seconds("JOBTRAY_SCRIPT_CPU_SECONDS", tree.cpu)?,
            time: seconds("JOBTRAY_SCRIPT_SECONDS", tree.time)?,
            memory: mebibytes("JOBTRAY_SCRIPT_MEMORY_MIB", MAX_MEMORY, tree.memory)?,
        },
        output: mebibytes("JOBTRAY_SCRIPT_OUTPUT_MIB", MAX_OUTPUT, output)?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Duration, Limits, MIB, ScriptLimits, read};

    #[test]
    fn each_variable_sets_its_own_limit() {
        let set = |variable: &str| match variable {
            "JOBTRAY_SCRIPT_SECONDS" => "1",
            "JOBTRAY_SCRIPT_CPU_SECONDS" => "2",
            "JOBTRAY_SCRIPT_MEMORY_MIB" => "3",
            "JOBTRAY_SCRIPT_OUTPUT_MIB" => "4",
            other => panic!("{other}"),
        };
        let limits = read(|variable| Ok(Some(set(variable).to_owned()))).unwrap();
        let expected = ScriptLimits {
            tree: Limits {
                time: Duration::from_secs(1),
                cpu: Duration::from_secs(2),
                memory: 3 * MIB,
            },
            output: 4 * MIB,
        };
        assert_eq!(limits, expected);
        assert_eq!(read(|_| Ok(None)).unwrap(), ScriptLimits::default());
    }
}
