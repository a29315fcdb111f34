//! Job ids: `{kind}_{unguessable}`.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// The longest name of a kind, in bytes: room for a slug, short enough for a URL.
const MAX_KIND_BYTES: usize = 40;

/// A job's id: its kind, an underscore and a UUID v7 without hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct JobId(String);

/// The text is not a job id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a job id: expected KIND_ followed by 32 hexadecimal digits")]
pub struct IdError;

impl JobId {
    /// A new id of a kind, from a fresh UUID v7.
    #[must_use]
    pub fn new(kind: &str, uuid: Uuid) -> Self {
        Self(format!("{kind}_{}", uuid.simple()))
    }

    /// Parses an id from outside.
    ///
    /// # Errors
    /// [`IdError`] when the shape is wrong.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let (kind, unique) = text.rsplit_once('_').ok_or(IdError)?;
        let hex = unique.len() == 32
            && unique
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if hex && is_kind(kind) {
            Ok(Self(text.to_owned()))
        } else {
            Err(IdError)
        }
    }

    /// The kind of job.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.0.rsplit_once('_').map_or("", |(kind, _)| kind)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text can name a kind: a slug of lower-case letters, digits, `_` and `-`
/// that starts with a letter, 40 bytes at most.
#[must_use]
pub fn is_kind(text: &str) -> bool {
    text.len() <= MAX_KIND_BYTES
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<JobId> for String {
    fn from(id: JobId) -> Self {
        id.0
    }
}

impl TryFrom<String> for JobId {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_starts_with_its_kind_and_reads_back() {
        for kind in ["scene", "part_tree", "my-kind2"] {
            let id = JobId::new(kind, Uuid::now_v7());
            assert_eq!(id.kind(), kind);
            assert_eq!(JobId::parse(id.as_str()), Ok(id));
        }
    }

    #[test]
    fn what_is_no_id_is_rejected() {
        let hex = "0192aaaabbbbccccddddeeeeffff0000";
        for text in [
            "",
            "scene",
            "scene_",
            "_0192aaaabbbbccccddddeeeeffff0000",
            &format!("Scene_{hex}"),
            &format!("scene_{}", hex.to_uppercase()),
            &format!("scene_{hex}0"),
            &format!("../scene_{hex}"),
            &format!("{}_{hex}", "k".repeat(41)),
        ] {
            assert_eq!(JobId::parse(text), Err(IdError), "{text}");
        }
    }
}
