//! The stage plan: the order in which stages fire, what they drop, and what they can do.
//!
//! Stages fire from the highest number down. A fired decoupler drops what is attached to it on the side away from
//! the root. An engine burns at full thrust from its stage until it is dropped or out of fuel. The next stage fires
//! when the parts that it drops are no longer useful: none of their engines burns, and none of their tanks supplies a
//! burning engine. If it drops nothing useful, it fires when no engine burns any more. When engines burn out, the burn
//! is divided into phases. Each phase follows the rocket equation with the specific impulse of all engines together.
//!
//! # Layout
//!
//! - `flight`: the vessel while it flies: what is attached, ignited and left in its tanks
//! - `staging`: what a stage activates and drops
//! - `fuel_flow`: which tanks supply which engine · `burn`: the phases
//! - `confidence`: how certain each figure is, and why

mod burn;
mod confidence;
mod flight;
mod fuel_flow;
mod staging;
#[cfg(test)]
mod tests;

pub use burn::Phase;

use crate::error::Error;
use crate::figure::{Assumption, Figure, Statement};
use crate::summary::{PartCount, VesselSummary, count_parts};
use crate::vessel::Vessel;
use burn::Burn;
use confidence::{Evidence, sum};
use flight::Flight;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// Stages of a plan.
const MAX_STAGES: usize = 500;

/// The stages of a vessel in the order in which they fire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StagePlan {
    pub vessel: VesselSummary,
    pub stages: Vec<Stage>,
    pub total: Total,
    /// What holds for the whole plan.
    #[serde(rename = "notes")]
    pub assumptions: Vec<Statement<Assumption>>,
}

/// What happens when a stage fires, until the next one does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// The game's number. The highest fires first.
    pub number: i32,
    /// The parts that are activated when it fires.
    pub activates: Vec<PartCount>,
    /// The parts that are dropped when it fires.
    pub drops: Vec<PartCount>,
    /// Parts of the vessel once it has fired.
    pub parts: usize,
    /// Those of them that the next stage drops, or all of them if it drops nothing.
    pub own_parts: Vec<PartCount>,
    /// Engines that burn in it.
    pub engines: Vec<PartCount>,
    /// Tonnes of the whole vessel once it has fired.
    pub wet_mass: Figure,
    /// Tonnes of the whole vessel at the end of its burn.
    pub dry_mass: Figure,
    /// Metres per second.
    pub delta_v_vacuum: Figure,
    /// Metres per second at one atmosphere.
    pub delta_v_sea_level: Figure,
    /// Thrust over weight at 9.80665 m/s² when its burn begins.
    pub twr_vacuum: Figure,
    pub twr_sea_level: Figure,
    /// Seconds at full thrust.
    pub burn_time: Figure,
    /// The phases of its burn. Empty if the burn is unknown.
    pub phases: Vec<Phase>,
}

/// The figures of all stages together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Total {
    /// Tonnes before anything is fired.
    pub mass: Figure,
    /// Metres per second.
    pub delta_v_vacuum: Figure,
    pub delta_v_sea_level: Figure,
    /// Seconds.
    pub burn_time: Figure,
}

/// The progress of a plan: a stage that was just calculated.
#[derive(Debug, Clone, Copy)]
pub struct PlanProgress<'a> {
    pub stage: &'a Stage,
    /// Stages calculated so far, this one included.
    pub done: usize,
    pub stages: usize,
}

/// Makes the stage plan.
pub fn stage_plan(vessel: &Vessel) -> Result<StagePlan, Error> {
    stage_plan_with_progress(vessel, &|| false, &mut |_| ControlFlow::Continue(()))
}

/// Like [`stage_plan`]. Calls `on_stage` after each stage, and `is_stopped` also during long burns. If one returns
/// [`ControlFlow::Break`] or true, the plan ends with [`Error::Stopped`].
pub fn stage_plan_with_progress(
    vessel: &Vessel,
    is_stopped: &dyn Fn() -> bool,
    on_stage: &mut dyn FnMut(PlanProgress) -> ControlFlow<()>,
) -> Result<StagePlan, Error> {
    let mut flight = Flight::new(vessel);
    let numbers = staging::numbers(&flight);
    if numbers.len() > MAX_STAGES {
        return Err(Error::ManyStages { limit: MAX_STAGES });
    }
    let mass = Evidence::of_mass(&flight).figure(flight.mass());
    let mut stages: Vec<Stage> = Vec::new();
    for (at, &number) in numbers.iter().enumerate() {
        let stage = fire(&mut flight, number, &numbers[at + 1..], is_stopped);
        let progress = PlanProgress {
            stage: &stage,
            done: at + 1,
            stages: numbers.len(),
        };
        if is_stopped() || on_stage(progress).is_break() {
            return Err(Error::Stopped);
        }
        stages.push(stage);
    }
    let all = |figure: fn(&Stage) -> &Figure| sum(stages.iter().map(figure));
    Ok(StagePlan {
        vessel: VesselSummary::new(vessel),
        total: Total {
            mass,
            delta_v_vacuum: all(|stage| &stage.delta_v_vacuum),
            delta_v_sea_level: all(|stage| &stage.delta_v_sea_level),
            burn_time: all(|stage| &stage.burn_time),
        },
        stages,
        assumptions: Assumption::ALL.map(Statement::from).into(),
    })
}

/// Fires one stage, and burns until the next one fires.
fn fire(flight: &mut Flight, number: i32, later: &[i32], is_stopped: &dyn Fn() -> bool) -> Stage {
    let fired = staging::fire(flight, number);
    let next = later.first();
    let dropped_next = next.map_or_else(Vec::new, |next| staging::drops(flight, *next));
    let attached: Vec<_> = flight.attached().collect();
    let own: Vec<_> = if dropped_next.is_empty() {
        attached.clone()
    } else {
        dropped_next.clone()
    };
    let held = staging::is_held(flight, later);
    let mut evidence = Evidence::of_mass(flight);
    let wet = flight.mass();
    let wet_mass = evidence.figure(wet);
    evidence.add_performance(flight);
    let burn = if held {
        Burn::default()
    } else {
        burn::burn(flight, &dropped_next, &mut evidence, is_stopped)
    };
    let burnt = evidence.dry_mass(flight.mass());
    let idle = burn.phases.is_empty();
    let dry_mass = if idle && evidence.set_idle(held) {
        wet_mass.clone()
    } else {
        burnt
    };
    let weight = wet * burn::STANDARD_GRAVITY;
    let twr = |thrust: f64| if idle { 0.0 } else { thrust / weight };
    let vessel = flight.vessel;
    Stage {
        number,
        activates: count_parts(vessel, &fired.activates),
        drops: count_parts(vessel, &fired.drops),
        parts: attached.len(),
        own_parts: count_parts(vessel, &own),
        engines: count_parts(vessel, &burn.engines),
        wet_mass,
        dry_mass,
        delta_v_vacuum: evidence.figure(burn.delta_v_vacuum),
        delta_v_sea_level: evidence.figure(burn.delta_v_sea_level),
        twr_vacuum: evidence.figure(twr(burn.thrust_vacuum)),
        twr_sea_level: evidence.figure(twr(burn.thrust_sea_level)),
        burn_time: evidence.figure(burn.seconds),
        phases: if evidence.is_known() {
            burn.phases
        } else {
            Vec::new()
        },
    }
}
