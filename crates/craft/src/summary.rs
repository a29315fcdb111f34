//! The summary of a vessel in every result.

use crate::part_table::part_type;
use crate::vessel::{Source, Vessel};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The vessel that was read, and the kind of its file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VesselSummary {
    pub name: String,
    pub from: Source,
    /// The version of the game that wrote the file. Empty if the file does not say.
    pub game_version: String,
    pub parts: usize,
    /// Parts that the part table does not have, the most frequent first.
    pub unknown_parts: Vec<PartCount>,
}

/// The number of parts with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartCount {
    pub name: String,
    /// The title in the game, or the name if the part table does not have the part.
    pub title: String,
    pub count: usize,
}

impl VesselSummary {
    /// Summarizes a vessel.
    #[must_use]
    pub fn new(vessel: &Vessel) -> Self {
        let unknown = (0..vessel.parts.len())
            .filter(|at| part_type(&vessel.parts[*at].name).is_none())
            .collect::<Vec<_>>();
        Self {
            name: vessel.name.clone(),
            from: vessel.from,
            game_version: vessel.game_version.clone(),
            parts: vessel.parts.len(),
            unknown_parts: count_parts(vessel, &unknown),
        }
    }
}

/// Counts parts by their names, the most frequent first.
pub fn count_parts(vessel: &Vessel, parts: &[usize]) -> Vec<PartCount> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for &at in parts {
        *counts.entry(&vessel.parts[at].name).or_default() += 1;
    }
    let mut all: Vec<_> = (counts.into_iter())
        .map(|(name, count)| PartCount {
            name: name.to_owned(),
            title: part_title(name).to_owned(),
            count,
        })
        .collect();
    all.sort_by_key(|one| Reverse(one.count));
    all
}

/// The title of a part in the game, or its name if the part table does not have it.
pub fn part_title(name: &str) -> &str {
    part_type(name).map_or(name, |part| part.title)
}
