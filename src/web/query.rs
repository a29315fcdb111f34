//! Reading a query string, and saying which parameter of it is wrong.

use super::problem::ApiError;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde::de::value::StrDeserializer;
use std::ops::RangeInclusive;

/// The longest text that a parameter may have, in bytes.
const LONGEST: usize = 512;

/// The longest part of an unknown name that is shown, in characters.
const SHOWN_NAME: usize = 64;

/// The parameters of a request. One without a value counts as absent, as forms send them.
pub struct Params(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Query(given) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|error| ApiError::bad_request("", error.body_text()))?;
        for (name, value) in &given {
            if value.len() > LONGEST {
                let problem = format!("may have {LONGEST} bytes at most");
                return Err(ApiError::bad_request(shown(name), problem));
            }
            if value.chars().any(char::is_control) {
                let problem = "must not hold control characters";
                return Err(ApiError::bad_request(shown(name), problem));
            }
        }
        Ok(Self(given))
    }
}

impl Params {
    /// Refuses parameters of other names: a mistyped one would quietly ask for something else.
    pub fn only(&self, known: &[&str]) -> Result<(), ApiError> {
        let unknown = self
            .0
            .iter()
            .find(|(name, _)| !known.contains(&name.as_str()));
        let Some((name, _)) = unknown else {
            return Ok(());
        };
        let problem = if known.is_empty() {
            "is unknown: this address takes no parameters".to_owned()
        } else {
            format!("is unknown: this address takes {}", known.join(", "))
        };
        Err(ApiError::invalid(shown(name), problem))
    }

    /// A parameter that may be given once.
    pub fn text<'a>(&'a self, name: &str) -> Result<Option<&'a str>, ApiError> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(ApiError::bad_request(name, "may be given once")),
            (value, None) => Ok(value),
        }
    }

    fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.0
            .iter()
            .filter(move |(given, value)| given == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// One of the names of an enum.
    pub fn one_of<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, ApiError> {
        self.text(name)?.map(|text| variant(name, text)).transpose()
    }

    /// Several of them, given again and again or with commas between.
    pub fn some_of<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, ApiError> {
        self.all(name)
            .flat_map(|values| values.split(','))
            .map(|text| variant(name, text.trim()))
            .collect()
    }

    /// A whole number within bounds.
    pub fn number(&self, name: &str, bounds: RangeInclusive<u64>) -> Result<Option<u64>, ApiError> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        let number = text.parse().ok().filter(|number| bounds.contains(number));
        let (low, high) = bounds.into_inner();
        number.map(Some).ok_or_else(|| {
            let problem = if high >= i64::MAX as u64 {
                format!("must be a whole number from {low}")
            } else {
                format!("must be a whole number from {low} to {high}")
            };
            ApiError::bad_request(name, problem)
        })
    }

    /// How long a page of a list is to be.
    pub fn limit(&self, usual: u32, most: u32) -> Result<u32, ApiError> {
        let given = self.number("limit", 1..=u64::from(most))?;
        Ok(given.and_then(|n| u32::try_from(n).ok()).unwrap_or(usual))
    }
}

/// A name from outside, as it may stand in an answer.
fn shown(name: &str) -> String {
    let start: String = name.chars().take(SHOWN_NAME).collect();
    start.escape_default().to_string()
}

fn variant<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, ApiError> {
    T::deserialize(StrDeserializer::<serde::de::value::Error>::new(text))
        .map_err(|error| ApiError::bad_request(name, error))
}
