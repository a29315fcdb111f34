//! What a stage activates, and what it drops.

use super::craft::Craft;
use crate::job::Text;
use crate::kinds::vessel::parts::{CLAMP, ENGINE_PLATE, FAIRING, HEAT_SHIELD, on_its_surface_node};
use std::collections::BTreeSet;

/// What a stage did.
pub struct Fired {
    pub activates: Vec<usize>,
    pub drops: Vec<usize>,
}

/// The numbers of all stages that activate something, in the order in which they fire. Of a vessel in
/// flight whose engines burn, the stage that was fired last is the first.
pub fn numbers(craft: &Craft) -> Vec<i32> {
    let all: BTreeSet<i32> = craft.attached().filter_map(|at| stage(craft, at)).collect();
    let fired = craft.vessel.fired;
    let flying = fired.filter(|fired| {
        let mut engines = craft.attached().filter(|at| is_engine(craft, *at));
        engines.any(|at| stage(craft, at).is_some_and(|stage| stage >= *fired))
    });
    let later = |number: &i32| fired.is_none_or(|fired| *number < fired);
    let later = all.into_iter().rev().filter(later);
    flying.into_iter().chain(later).collect()
}

/// Lights and drops what belongs to a stage.
pub fn fire(craft: &mut Craft, number: i32) -> Fired {
    let over = craft.vessel.fired == Some(number);
    let due = |stage: i32| stage == number || (over && stage > number);
    let activates = craft.attached();
    let activates = activates.filter(|at| stage(craft, *at).is_some_and(due));
    let activates: Vec<_> = activates.collect();
    // What a decoupler of a vessel in flight let go is not in its file any more.
    let drops = if over {
        Vec::new()
    } else {
        drops(craft, number)
    };
    for &at in &drops {
        craft.bodies[at].attached = false;
    }
    for &at in &activates {
        craft.bodies[at].lit = is_engine(craft, at);
    }
    let undocks = |at: &usize| craft.vessel.parts[*at].undocks;
    if !over && activates.iter().any(undocks) {
        craft.doubt_all(Text::new("reason.undocks"));
    }
    Fired { activates, drops }
}

/// What a stage would leave behind, in the order of the file.
pub fn drops(craft: &Craft, number: i32) -> Vec<usize> {
    let decouplers = craft.attached();
    let decouplers = decouplers.filter(|at| stage(craft, *at) == Some(number));
    let mut dropped = vec![false; craft.bodies.len()];
    for decoupler in decouplers {
        for cut in cuts(craft, decoupler) {
            if dropped[cut] {
                continue;
            }
            for at in craft.vessel.below(cut) {
                dropped[at] = true;
            }
        }
    }
    craft.attached().filter(|at| dropped[*at]).collect()
}

/// Whether launch clamps hold the vessel down that a later stage lets go.
pub fn held(craft: &Craft, later: &[i32]) -> bool {
    let mut clamps = craft.attached().filter(|at| is_clamp(craft, *at));
    clamps.any(|at| stage(craft, at).is_some_and(|stage| later.contains(&stage)))
}

/// The stage in which a part is activated, where it is.
pub fn stage(craft: &Craft, at: usize) -> Option<i32> {
    let part = &craft.vessel.parts[at];
    let kinds = ["engine", "booster", "decoupler", "separator", "parachute"];
    let by_kind = kinds.contains(&category(craft, at)) || is_clamp(craft, at);
    let staged = by_kind || part.staging.listed || part.name.starts_with(FAIRING);
    let staging = part.staging;
    (staged && !staging.off && staging.stage >= 0).then_some(staging.stage)
}

pub fn is_engine(craft: &Craft, at: usize) -> bool {
    craft.bodies[at]
        .kind
        .is_some_and(|kind| kind.engine.is_some())
}

fn is_clamp(craft: &Craft, at: usize) -> bool {
    craft.vessel.parts[at].name == CLAMP
}

fn category(craft: &Craft, at: usize) -> &'static str {
    craft.bodies[at].kind.map_or("", |kind| kind.category)
}

/// The parts that a decoupler lets go with all that hangs on them.
fn cuts(craft: &Craft, at: usize) -> Vec<usize> {
    let part = &craft.vessel.parts[at];
    let category = category(craft, at);
    let lets_all_go = category == "separator"
        || is_clamp(craft, at)
        || (part.name.contains(HEAT_SHIELD) && part.decouples);
    if lets_all_go {
        // Both ends of a separator let go: without a parent it stays behind by itself.
        return match part.parent {
            Some(_) => vec![at],
            None => part.children.clone(),
        };
    }
    if category != "decoupler" {
        return Vec::new();
    }
    let other = if on_its_surface_node(&part.name) {
        part.surface
    } else if part.name.starts_with(ENGINE_PLATE) {
        craft.at_node(at, "bottom")
    } else {
        craft.at_node(at, "top")
    };
    match other {
        Some(other) if part.children.contains(&other) => vec![other],
        Some(other) if part.parent == Some(other) => vec![at],
        // With nothing at its node it lets nothing go.
        _ => Vec::new(),
    }
}
