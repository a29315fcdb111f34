//! The parts that a stage activates, and those that it drops.

use super::flight::Flight;
use crate::figure::Reason;
use crate::part_table::{CLAMP, ENGINE_PLATE, FAIRING, HEAT_SHIELD, decouples_at_surface};
use std::collections::BTreeSet;

/// What happened when a stage fired.
pub struct Fired {
    pub activates: Vec<usize>,
    pub drops: Vec<usize>,
}

/// The numbers of all stages that activate something, in the order in which they fire. For a vessel in flight with
/// ignited engines, the first is the stage that was fired last.
pub fn numbers(flight: &Flight) -> Vec<i32> {
    let all: BTreeSet<i32> = flight
        .attached()
        .filter_map(|at| stage(flight, at))
        .collect();
    let last_fired = flight.vessel.last_fired_stage;
    let burning = last_fired.filter(|fired| {
        let mut engines = flight.attached().filter(|at| is_engine(flight, *at));
        engines.any(|at| stage(flight, at).is_some_and(|stage| stage >= *fired))
    });
    let later = |number: &i32| last_fired.is_none_or(|fired| *number < fired);
    let later = all.into_iter().rev().filter(later);
    burning.into_iter().chain(later).collect()
}

/// Ignites and drops what belongs to a stage.
pub fn fire(flight: &mut Flight, number: i32) -> Fired {
    let already_fired = flight.vessel.last_fired_stage == Some(number);
    let due = |stage: i32| stage == number || (already_fired && stage > number);
    let activates = flight.attached();
    let activates = activates.filter(|at| stage(flight, *at).is_some_and(due));
    let activates: Vec<_> = activates.collect();
    // What was dropped in flight is no longer in the file.
    let drops = if already_fired {
        Vec::new()
    } else {
        drops(flight, number)
    };
    for &at in &drops {
        flight.parts[at].attached = false;
    }
    for &at in &activates {
        flight.parts[at].ignited = is_engine(flight, at);
    }
    let undocks = |at: &usize| flight.vessel.parts[*at].undocks;
    if !already_fired && activates.iter().any(undocks) {
        flight.make_uncertain(Reason::Undocks {});
    }
    Fired { activates, drops }
}

/// The parts that a stage would drop, in the order of the file.
pub fn drops(flight: &Flight, number: i32) -> Vec<usize> {
    let decouplers = flight.attached();
    let decouplers = decouplers.filter(|at| stage(flight, *at) == Some(number));
    let mut dropped = vec![false; flight.parts.len()];
    for decoupler in decouplers {
        for cut in cuts(flight, decoupler) {
            if dropped[cut] {
                continue;
            }
            for at in flight.vessel.subtree(cut) {
                dropped[at] = true;
            }
        }
    }
    flight.attached().filter(|at| dropped[*at]).collect()
}

/// Whether launch clamps still hold the vessel, which one of the `later` stages releases.
pub fn is_held(flight: &Flight, later: &[i32]) -> bool {
    let mut clamps = flight.attached().filter(|at| is_clamp(flight, *at));
    clamps.any(|at| stage(flight, at).is_some_and(|stage| later.contains(&stage)))
}

/// The stage in which a part is activated.
fn stage(flight: &Flight, at: usize) -> Option<i32> {
    let part = &flight.vessel.parts[at];
    let kinds = ["engine", "booster", "decoupler", "separator", "parachute"];
    let by_kind = kinds.contains(&category(flight, at)) || is_clamp(flight, at);
    let staged = by_kind || part.staging.listed || part.name.starts_with(FAIRING);
    let staging = part.staging;
    (staged && !staging.disabled && staging.stage >= 0).then_some(staging.stage)
}

pub fn is_engine(flight: &Flight, at: usize) -> bool {
    flight.parts[at]
        .kind
        .is_some_and(|kind| kind.engine.is_some())
}

fn is_clamp(flight: &Flight, at: usize) -> bool {
    flight.vessel.parts[at].name == CLAMP
}

fn category(flight: &Flight, at: usize) -> &'static str {
    flight.parts[at].kind.map_or("", |kind| kind.category)
}

/// The parts that a decoupler drops together with everything below them.
fn cuts(flight: &Flight, at: usize) -> Vec<usize> {
    let part = &flight.vessel.parts[at];
    let category = category(flight, at);
    let separates = category == "separator"
        || is_clamp(flight, at)
        || (part.name.contains(HEAT_SHIELD) && part.decouples);
    if separates {
        // A separator decouples at both ends: as the root it stays behind alone.
        return match part.parent {
            Some(_) => vec![at],
            None => part.children.clone(),
        };
    }
    if category != "decoupler" {
        return Vec::new();
    }
    let other = if decouples_at_surface(&part.name) {
        part.surface
    } else if part.name.starts_with(ENGINE_PLATE) {
        flight.at_node(at, "bottom")
    } else {
        flight.at_node(at, "top")
    };
    match other {
        Some(other) if part.children.contains(&other) => vec![other],
        Some(other) if part.parent == Some(other) => vec![at],
        // With nothing at its node it drops nothing.
        _ => Vec::new(),
    }
}
