//! A value of the environment, and the error if it is invalid.

use std::ops::RangeInclusive;

/// An invalid value, as one line that names the variable.
#[derive(Debug, thiserror::Error)]
#[error("{variable}: {message}")]
pub struct ConfigError {
    variable: &'static str,
    message: String,
}

impl ConfigError {
    pub fn new(variable: &'static str, message: impl Into<String>) -> Self {
        Self {
            variable,
            message: message.into(),
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
        let message = format!("must be a whole number from {from} to {to}, not {text:?}");
        ConfigError::new(variable, message)
    })
}
