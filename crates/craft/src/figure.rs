//! Figures with their confidence and the reasons for it.
//!
//! Reasons and assumptions are data. A result stores each as a [`Statement`], which adds the English sentence for
//! readers that have no sentence of their own.

use crate::names::NameList;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How certain a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Calculated from the file and the part table alone.
    Exact,
    /// A rule simplifies what the game does.
    Estimated,
    /// Something that the figure depends on is missing.
    Unknown,
}

/// A figure with its confidence and the reasons for that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// None where it is unknown.
    pub value: Option<f64>,
    /// A lower bound of an unknown mass: the sum of its known parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    #[serde(rename = "certainty")]
    pub confidence: Confidence,
    pub reasons: Vec<Statement<Reason>>,
}

/// Why a figure has its confidence. Lists are names of parts, or of resources.
///
/// Variants without fields have braces because every statement has an `args` object when serialized.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "key", content = "args")]
pub enum Reason {
    /// Exact: a mass by the part table and the amounts in the file.
    #[serde(rename = "reason.table")]
    PartTable {},
    /// Exact: a mass by the masses and amounts in the save.
    #[serde(rename = "reason.save")]
    SavedMasses {},
    /// Exact: from masses and engines that are all known.
    #[serde(rename = "reason.rocket_equation")]
    RocketEquation {},
    /// Exact: there is no engine, so there is no burn.
    #[serde(rename = "reason.no_engine")]
    NoEngine {},
    /// Exact: there is no burn before the launch clamps release the vessel.
    #[serde(rename = "reason.held")]
    HeldByClamps {},
    #[serde(rename = "reason.air")]
    BreathesAir {},
    #[serde(rename = "reason.assumed_full")]
    AssumedFull { names: NameList },
    /// The other end of a fuel duct is not in the file.
    #[serde(rename = "reason.ducts")]
    LostDuctEnd {},
    #[serde(rename = "reason.electric")]
    ElectricEngine {},
    #[serde(rename = "reason.fairing")]
    FairingShell {},
    /// The burn has more phases than a plan calculates.
    #[serde(rename = "reason.phases")]
    ManyPhases {},
    /// A docking port decouples, which the plan does not follow.
    #[serde(rename = "reason.undocks")]
    Undocks {},
    #[serde(rename = "reason.unknown_crossfeed")]
    UnknownCrossfeed { names: NameList },
    /// Staged parts that the part table does not have.
    #[serde(rename = "reason.unknown_engines")]
    PossibleEngines { names: NameList },
    /// Other parts that the part table does not have.
    #[serde(rename = "reason.unknown_feed")]
    PossibleTanks { names: NameList },
    /// Parts without a known mass.
    #[serde(rename = "reason.unknown_parts")]
    UnknownParts { names: NameList },
    #[serde(rename = "reason.unknown_resources")]
    UnknownResources { names: NameList },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PartTable {} => {
                f.write_str("From the part table and the amounts in the file.")
            }
            Self::SavedMasses {} => f.write_str("From the masses and amounts in the save."),
            Self::RocketEquation {} => f.write_str(
                "By the rocket equation, from masses and engines that are all known.",
            ),
            Self::NoEngine {} => f.write_str("No engine burns in this stage."),
            Self::HeldByClamps {} => f.write_str(
                "The launch clamps still hold the vessel, so the burn waits for the stage that releases them.",
            ),
            Self::BreathesAir {} => f.write_str(
                "An engine breathes air: its thrust depends on speed and altitude, and its burn has no fixed end.",
            ),
            Self::AssumedFull { names } => write!(
                f,
                "The file does not say what these hold, so they are assumed to be full: {names}."
            ),
            Self::LostDuctEnd {} => f.write_str(
                "The file does not say where a fuel duct leads, so it is assumed to lead nowhere.",
            ),
            Self::ElectricEngine {} => f.write_str(
                "An engine needs electric charge, which is assumed to be sufficient.",
            ),
            Self::FairingShell {} => f.write_str(
                "The mass of a fairing’s shell depends on its shape, and this plan does not jettison it.",
            ),
            Self::ManyPhases {} => {
                f.write_str("The engines burn out one by one, in more than 500 phases.")
            }
            Self::Undocks {} => f.write_str(
                "A docking port undocks in a stage; what leaves with it is not calculated.",
            ),
            Self::UnknownCrossfeed { names } => write!(
                f,
                "It is not known whether fuel passes through these; it is assumed to: {names}."
            ),
            Self::PossibleEngines { names } => write!(
                f,
                "The part table does not have these, which may be engines: {names}."
            ),
            Self::PossibleTanks { names } => write!(
                f,
                "The part table does not have these, which may hold fuel or let it pass: {names}."
            ),
            Self::UnknownParts { names } => write!(
                f,
                "The part table does not have these, so their mass is not counted: {names}."
            ),
            Self::UnknownResources { names } => write!(
                f,
                "The density of these is not known, so their mass is not counted: {names}."
            ),
        }
    }
}

/// What a plan assumes of every stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "key", content = "args")]
pub enum Assumption {
    #[serde(rename = "note.full_thrust")]
    FullThrust {},
    #[serde(rename = "note.next_stage")]
    NextStage {},
    #[serde(rename = "note.gravity")]
    StandardGravity {},
    #[serde(rename = "note.sea_level")]
    SeaLevel {},
}

impl Assumption {
    /// All of them, in the order in which a plan lists them.
    pub const ALL: [Self; 4] = [
        Self::FullThrust {},
        Self::NextStage {},
        Self::StandardGravity {},
        Self::SeaLevel {},
    ];
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FullThrust {} => {
                "Every engine burns at full thrust, or at the limit that the file sets, and pushes straight ahead."
            }
            Self::NextStage {} => {
                "A stage fires when what it drops has nothing more to give, or else when no engine burns any more."
            }
            Self::StandardGravity {} => {
                "The thrust-to-weight ratio uses the standard gravity of 9.80665 m/s²."
            }
            Self::SeaLevel {} => {
                "Sea level is one atmosphere; drag and the ascent are not calculated."
            }
        })
    }
}

/// A reason or assumption as data, and in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement<T> {
    /// None if another version of this crate wrote a statement that this one does not know.
    #[serde(flatten)]
    pub known: Option<T>,
    /// The same in English.
    pub text: String,
}

impl<T: fmt::Display> From<T> for Statement<T> {
    fn from(known: T) -> Self {
        Self {
            text: known.to_string(),
            known: Some(known),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Assumption, Reason, Statement};
    use crate::names::NameList;
    use serde_json::json;

    #[test]
    fn a_statement_is_a_key_its_arguments_and_english() {
        let names = NameList::new(["mod.Tank"], 5);
        let unknown = Statement::from(Reason::UnknownParts { names });
        let written = serde_json::to_value(&unknown).unwrap();
        let text = "The part table does not have these, so their mass is not counted: mod.Tank.";
        let key = "reason.unknown_parts";
        assert_eq!(
            written,
            json!({"key": key, "args": {"names": "mod.Tank"}, "text": text})
        );
        let read: Statement<Reason> = serde_json::from_value(written).unwrap();
        assert_eq!(read, unknown);
        let plain = serde_json::to_value(Statement::from(Assumption::SeaLevel {})).unwrap();
        assert_eq!(plain["args"], json!({}));
    }

    #[test]
    fn a_statement_with_another_key_keeps_its_english() {
        let written = json!({"key": "reason.magic", "args": {"by": "x"}, "text": "By magic."});
        let read: Statement<Reason> = serde_json::from_value(written).unwrap();
        assert_eq!((read.known, read.text.as_str()), (None, "By magic."));
    }
}
