//! A value of the environment, and what is wrong with it.

use std::ops::RangeInclusive;

/// One line that names the variable.
#[derive(Debug, thiserror::Error)]
#[error("{variable}: {problem}")]
pub struct ConfigError {
    variable: &'static str,
    problem: String,
}

impl ConfigError {
    pub fn new(variable: &'static str, problem: impl Into<String>) -> Self {
        Self {
            variable,
            problem: problem.into(),
        }
    }
}

/// A whole number within its range.
pub fn whole<T: TryFrom<u64>>(
    variable: &'static str,
    text: &str,
    range: RangeInclusive<u64>,
) -> Result<T, ConfigError> {
    let number = text.trim().parse().ok();
    let within = number.filter(|number| range.contains(number));
    let number = within.and_then(|number| T::try_from(number).ok());
    number.ok_or_else(|| {
        let (from, to) = range.into_inner();
        let problem = format!("must be a whole number from {from} to {to}, not {text:?}");
        ConfigError::new(variable, problem)
    })
}
