//! The confidence of each figure of a stage, and the reasons for it.

use super::flight::Flight;
use super::staging::is_engine;
use crate::figure::{Confidence, Figure, Reason, Statement};
use crate::names::NameList;
use crate::part_table::{Engine, FAIRING};
use crate::vessel::{DuctEnd, Source};
use std::collections::BTreeSet;

/// Names that a reason lists.
const LISTED: usize = 5;

/// What is known about the confidence of a figure.
#[derive(Debug, Clone)]
pub struct Evidence {
    confidence: Confidence,
    /// Why it is not exact.
    reasons: Vec<Reason>,
    /// Why it is exact if no reason says otherwise, and the same for its mass.
    exact: Reason,
    exact_mass: Reason,
    /// The burn has no known end.
    open_ended: bool,
    is_mass: bool,
}

impl Evidence {
    /// For the mass of what is attached.
    pub fn of_mass(flight: &Flight) -> Self {
        let exact_mass = match flight.vessel.from {
            Source::Craft => Reason::PartTable {},
            Source::Save => Reason::SavedMasses {},
        };
        let mut evidence = Self {
            confidence: Confidence::Exact,
            reasons: Vec::new(),
            exact: exact_mass.clone(),
            exact_mass,
            open_ended: false,
            is_mass: true,
        };
        let name = |at: usize| flight.vessel.parts[at].name.as_str();
        let parts = &flight.parts;
        let unknown = flight.attached().filter(|at| parts[*at].dry_mass.is_none());
        if let Some(names) = different(unknown.map(name)) {
            evidence.lower(Confidence::Unknown, Reason::UnknownParts { names });
        }
        let loads = flight.attached().flat_map(|at| &parts[at].loads);
        let loads = loads.filter(|load| load.amount > 0.0);
        let unknown = loads.map(|load| &flight.resources[load.resource]);
        let unknown = unknown.filter(|(_, known)| known.is_none());
        if let Some(names) = different(unknown.map(|(name, _)| name.as_str())) {
            evidence.lower(Confidence::Unknown, Reason::UnknownResources { names });
        }
        let assumed = flight.attached().filter(|at| parts[*at].assumed_full);
        if let Some(names) = different(assumed.map(name)) {
            evidence.lower(Confidence::Estimated, Reason::AssumedFull { names });
        }
        if flight.attached().any(|at| name(at).starts_with(FAIRING)) {
            evidence.lower(Confidence::Estimated, Reason::FairingShell {});
        }
        if flight.attached().any(|at| flight.uncertain[at]) {
            for reason in &flight.uncertainties {
                evidence.lower(Confidence::Estimated, reason.clone());
            }
        }
        // How much fuel such an engine has already burnt is not known.
        if flight.ignited().any(|at| is_air_breathing(flight, at)) {
            evidence.lower(Confidence::Estimated, Reason::BreathesAir {});
        }
        evidence
    }

    /// From here on, the evidence is for what the engines do with that mass.
    pub fn add_performance(&mut self, flight: &Flight) {
        self.is_mass = false;
        self.exact = Reason::RocketEquation {};
        // A part of known mass may still have thrust or hold fuel.
        let is_unknown = |at: &usize| flight.parts[*at].kind.is_none();
        let name = |at: usize| flight.vessel.parts[at].name.as_str();
        let unstated = flight.attached();
        let unstated = unstated.filter(|at| !is_unknown(at) && flight.crossfeed(*at).is_none());
        if let Some(names) = different(unstated.map(name)) {
            self.lower(Confidence::Estimated, Reason::UnknownCrossfeed { names });
        }
        let unknown = flight.attached().filter(is_unknown);
        if let Some(names) = different(unknown.map(name)) {
            let mut unknown = flight.attached().filter(is_unknown);
            if unknown.any(|at| flight.vessel.parts[at].staging.listed) {
                self.lower(Confidence::Unknown, Reason::PossibleEngines { names });
            } else {
                self.lower(Confidence::Estimated, Reason::PossibleTanks { names });
            }
        }
    }

    /// Adds what is known about the ignited engines.
    pub fn add_engines(&mut self, flight: &Flight) {
        if flight.ignited().any(|at| is_air_breathing(flight, at)) {
            self.open_ended = true;
            self.lower(Confidence::Unknown, Reason::BreathesAir {});
        }
        let is_electric = |at: usize| {
            let engine = flight.parts[at].kind.and_then(|kind| kind.engine.as_ref());
            engine.is_some_and(|engine| engine.burns("ElectricCharge"))
        };
        if flight.ignited().any(is_electric) {
            self.lower(Confidence::Estimated, Reason::ElectricEngine {});
        }
    }

    /// Adds what is known about the fuel flow, if an engine burns.
    pub fn add_fuel_flow(&mut self, flight: &Flight) {
        let is_lost = |at: usize| flight.vessel.parts[at].duct_end == DuctEnd::Lost;
        if flight.attached().any(is_lost) {
            self.lower(Confidence::Estimated, Reason::LostDuctEnd {});
        }
    }

    /// Without a burn the figures are exactly zero, whatever the masses are. Returns false if an unknown part may be
    /// an engine that burns.
    pub fn set_idle(&mut self, held: bool) -> bool {
        let may_burn = |one: &Reason| matches!(one, Reason::PossibleEngines { .. });
        if self.open_ended || self.reasons.iter().any(may_burn) {
            return false;
        }
        self.confidence = Confidence::Exact;
        self.reasons.clear();
        self.exact = if held {
            Reason::HeldByClamps {}
        } else {
            Reason::NoEngine {}
        };
        true
    }

    /// The burn was cut off because it has too many phases.
    pub fn set_cut_off(&mut self) {
        self.open_ended = true;
        self.lower(Confidence::Unknown, Reason::ManyPhases {});
    }

    /// The mass at the end of the burn, which is as certain as the burn.
    pub fn dry_mass(&self, known: f64) -> Figure {
        let mut figure = Self {
            is_mass: true,
            exact: self.exact_mass.clone(),
            ..self.clone()
        }
        .figure(known);
        // That much is left only if the end of the burn is known.
        if self.open_ended {
            figure.at_least = None;
        }
        figure
    }

    /// The reasons why the remaining fuel is uncertain. Empty if it is certain.
    pub fn burn_reasons(&self) -> Vec<Reason> {
        // These concern only the mass of the vessel, not how long its tanks last.
        let of_mass = |one: &&Reason| {
            matches!(
                one,
                Reason::UnknownParts { .. }
                    | Reason::UnknownResources { .. }
                    | Reason::FairingShell {}
            )
        };
        let reasons = self.reasons.iter().filter(|one| !of_mass(one));
        reasons.cloned().collect()
    }

    /// Whether the burn has no known end.
    pub fn is_open_ended(&self) -> bool {
        self.open_ended
    }

    pub fn is_known(&self) -> bool {
        self.confidence != Confidence::Unknown
    }

    /// A figure with this evidence.
    pub fn figure(&self, value: f64) -> Figure {
        let value = rounded(value);
        let known = self.is_known() && value.is_finite();
        let reasons = if self.reasons.is_empty() {
            vec![self.exact.clone().into()]
        } else {
            self.reasons.iter().cloned().map(Statement::from).collect()
        };
        Figure {
            value: known.then_some(value),
            at_least: (!known && self.is_mass).then_some(value),
            confidence: self.confidence,
            reasons,
        }
    }

    fn lower(&mut self, confidence: Confidence, reason: Reason) {
        self.confidence = self.confidence.max(confidence);
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }
}

/// The sum of figures, which is as certain as the least certain of them.
pub fn sum<'a>(figures: impl Iterator<Item = &'a Figure>) -> Figure {
    let mut total = Figure {
        value: Some(0.0),
        at_least: None,
        confidence: Confidence::Exact,
        reasons: Vec::new(),
    };
    for figure in figures {
        total.value = (total.value.zip(figure.value)).map(|(sum, one)| rounded(sum + one));
        total.confidence = total.confidence.max(figure.confidence);
        for reason in &figure.reasons {
            if !total.reasons.contains(reason) {
                total.reasons.push(reason.clone());
            }
        }
    }
    if total.confidence != Confidence::Exact {
        total.reasons.retain(|reason| {
            !matches!(
                reason.known,
                Some(Reason::NoEngine {} | Reason::HeldByClamps {} | Reason::RocketEquation {})
            )
        });
    }
    total
}

/// Whether an engine burns air.
pub fn breathes_air(engine: &Engine) -> bool {
    engine.burns("IntakeAir")
}

/// Rounds to a millionth, which is finer than any figure of the game.
fn rounded(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded.is_finite() { rounded } else { value }
}

fn is_air_breathing(flight: &Flight, at: usize) -> bool {
    let engine = flight.parts[at].kind.and_then(|kind| kind.engine.as_ref());
    is_engine(flight, at) && engine.is_some_and(breathes_air)
}

/// The distinct names as a short list, or none if there are no names.
fn different<'a>(names: impl Iterator<Item = &'a str>) -> Option<NameList> {
    let names: BTreeSet<&str> = names.collect();
    (!names.is_empty()).then(|| NameList::new(names, LISTED))
}
