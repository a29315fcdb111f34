//! What the environment says that a script may use.

use crate::config_value::{ConfigError, whole};
use jobtray::kinds::script::Limits;
use std::time::Duration;

/// A week: whatever runs longer is a service, and no job.
const LONGEST: u64 = 7 * 24 * 3600;
/// In MiB, 16 TiB: far more than a machine has.
const MOST_MEMORY: u64 = 16 << 20;
/// In MiB. All of it is kept as the result, and read by whoever opens that.
const MOST_OUTPUT: u64 = 1024;
const MIB: u64 = 1 << 20;

/// The limits that are set, and the usual ones where none is.
pub fn read(
    text: impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
) -> Result<Limits, ConfigError> {
    let number = |variable, most, usual| match text(variable)? {
        Some(number) => whole(variable, &number, 1..=most),
        None => Ok(usual),
    };
    let seconds = |variable, usual: Duration| {
        number(variable, LONGEST, usual.as_secs()).map(Duration::from_secs)
    };
    let usual = Limits::default();
    Ok(Limits {
        cpu: seconds("JOBTRAY_SCRIPT_CPU_SECONDS", usual.cpu)?,
        time: seconds("JOBTRAY_SCRIPT_SECONDS", usual.time)?,
        memory: number("JOBTRAY_SCRIPT_MEMORY_MIB", MOST_MEMORY, usual.memory / MIB)? * MIB,
        output: number("JOBTRAY_SCRIPT_OUTPUT_MIB", MOST_OUTPUT, usual.output / MIB)? * MIB,
    })
}

#[cfg(test)]
mod tests {
    use super::{Duration, Limits, MIB, read};

    #[test]
    fn each_variable_sets_its_own_limit_and_none_sets_none() {
        let set = |variable: &str| match variable {
            "JOBTRAY_SCRIPT_SECONDS" => "1",
            "JOBTRAY_SCRIPT_CPU_SECONDS" => "2",
            "JOBTRAY_SCRIPT_MEMORY_MIB" => "3",
            "JOBTRAY_SCRIPT_OUTPUT_MIB" => "4",
            other => panic!("{other}"),
        };
        let limits = read(|variable| Ok(Some(set(variable).to_owned()))).unwrap();
        let expected = Limits {
            time: Duration::from_secs(1),
            cpu: Duration::from_secs(2),
            memory: 3 * MIB,
            output: 4 * MIB,
        };
        assert_eq!(limits, expected);
        assert_eq!(read(|_| Ok(None)).unwrap(), Limits::default());
    }
}
