//! Reads a query string; an error names the parameter that is wrong.

use super::api_error::ApiError;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde::de::value::StrDeserializer;
use std::ops::RangeInclusive;

/// The longest value of a parameter, in bytes.
const MAX_VALUE: usize = 512;

/// The longest part of an unknown name in an error, in characters.
const SHOWN_NAME: usize = 64;

/// The parameters of a request. An empty one counts as absent, since forms send empty fields.
pub struct Params(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Query(given) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|error| ApiError::bad_request("", error.body_text()))?;
        for (name, value) in &given {
            if value.len() > MAX_VALUE {
                let problem = format!("may have {MAX_VALUE} bytes at most");
                return Err(ApiError::bad_request(shown_name(name), problem));
            }
            if value.chars().any(char::is_control) {
                let problem = "must not contain control characters";
                return Err(ApiError::bad_request(shown_name(name), problem));
            }
        }
        Ok(Self(given))
    }
}

impl Params {
    /// Rejects other parameters: a misspelt one would silently change the meaning of the request.
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
        Err(ApiError::invalid(shown_name(name), problem))
    }

    /// A parameter that may be given only once.
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

    /// A variant of an enum.
    pub fn one_of<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, ApiError> {
        self.text(name)?.map(|text| variant(name, text)).transpose()
    }

    /// Several variants: the parameter repeated, or separated by commas.
    pub fn some_of<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, ApiError> {
        self.all(name)
            .flat_map(|values| values.split(','))
            .map(|text| variant(name, text.trim()))
            .collect()
    }

    /// A whole number in a range.
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

    /// The page size of a list.
    pub fn limit(&self, default: u32, max: u32) -> Result<u32, ApiError> {
        let given = self.number("limit", 1..=u64::from(max))?;
        Ok(given.and_then(|n| u32::try_from(n).ok()).unwrap_or(default))
    }
}

/// The name of an unknown parameter, made safe for a response.
fn shown_name(name: &str) -> String {
    let start: String = name.chars().take(SHOWN_NAME).collect();
    start.escape_default().to_string()
}

fn variant<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, ApiError> {
    T::deserialize(StrDeserializer::<serde::de::value::Error>::new(text))
        .map_err(|error| ApiError::bad_request(name, error))
}
