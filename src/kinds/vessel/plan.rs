//! The stage plan: which stages fire in what order, what they drop, and what they can do.
//!
//! Stages fire from the highest number down. A fired decoupler leaves behind what hangs on it, seen from
//! the root; an engine burns at full thrust from its stage until it is dropped or empty. The next stage
//! fires when what it drops has no more to give: no engine of it burns and none of its tanks feeds one that
//! does; where it drops nothing of use, when no engine burns any more. Within a stage the burn is cut into
//! phases where engines go out, each by the rocket equation with the specific impulse of all together.
//!
//! # Layout
//! - `craft`: the vessel while it flies: what is attached, lit and left in its tanks
//! - `staging`: what a stage activates and drops
//! - `feed`: which tanks feed which engine · `burn`: the phases
//! - `trust`: how far each figure can be trusted, and why

mod burn;
mod craft;
mod feed;
mod staging;
#[cfg(test)]
mod tests;
mod trust;

use super::VesselError;
use super::model::Vessel;
use super::tree::{counted, facts};
use crate::studio::vessel::{Figure, Reason, STAGE_PLAN, Stage, StagePlan, Total};
use burn::Burn;
use craft::Craft;
use trust::{Trust, say, sum};

/// Stages of a plan.
const MOST_STAGES: usize = 500;

/// Makes the plan, unless it is `stopped`. Each stage is told as it is done, and how many there are; false
/// stops it too.
pub fn plan(
    vessel: &Vessel,
    stopped: &dyn Fn() -> bool,
    told: &mut dyn FnMut(&Stage, usize, usize) -> bool,
) -> Result<StagePlan, VesselError> {
    let mut craft = Craft::new(vessel);
    let numbers = staging::numbers(&craft);
    if numbers.len() > MOST_STAGES {
        return Err(VesselError::at(
            "failure.vessel_many_stages",
            MOST_STAGES as u64,
        ));
    }
    let mass = Trust::mass(&craft).figure(craft.mass());
    let mut stages: Vec<Stage> = Vec::new();
    for (at, &number) in numbers.iter().enumerate() {
        let stage = fire(&mut craft, number, &numbers[at + 1..], stopped);
        if stopped() || !told(&stage, at + 1, numbers.len()) {
            return Err(VesselError::Stopped);
        }
        stages.push(stage);
    }
    let all = |figure: fn(&Stage) -> &Figure| sum(stages.iter().map(figure));
    Ok(StagePlan {
        format: STAGE_PLAN.to_owned(),
        vessel: facts(vessel),
        total: Total {
            mass,
            delta_v_vacuum: all(|stage| &stage.delta_v_vacuum),
            delta_v_sea_level: all(|stage| &stage.delta_v_sea_level),
            burn_time: all(|stage| &stage.burn_time),
        },
        stages,
        notes: notes(),
    })
}

/// Fires one stage and burns until the next one fires.
fn fire(craft: &mut Craft, number: i32, later: &[i32], stopped: &dyn Fn() -> bool) -> Stage {
    let fired = staging::fire(craft, number);
    let next = later.first();
    let going = next.map_or_else(Vec::new, |next| staging::drops(craft, *next));
    let attached: Vec<_> = craft.attached().collect();
    let own: Vec<_> = if going.is_empty() {
        attached.clone()
    } else {
        going.clone()
    };
    let held = staging::held(craft, later);
    let mut trust = Trust::mass(craft);
    let wet = craft.mass();
    let wet_mass = trust.figure(wet);
    trust.performance(craft);
    let burn = if held {
        Burn::default()
    } else {
        burn::burn(craft, &going, &mut trust, stopped)
    };
    let burnt = trust.dry(craft.mass());
    let idle = burn.phases.is_empty();
    let dry_mass = if idle && trust.idle(held) {
        wet_mass.clone()
    } else {
        burnt
    };
    let weight = wet * burn::STANDARD_GRAVITY;
    let twr = |thrust: f64| if idle { 0.0 } else { thrust / weight };
    let vessel = craft.vessel;
    Stage {
        number,
        activates: counted(vessel, &fired.activates),
        drops: counted(vessel, &fired.drops),
        parts: attached.len(),
        own_parts: counted(vessel, &own),
        engines: counted(vessel, &burn.engines),
        wet_mass,
        dry_mass,
        delta_v_vacuum: trust.figure(burn.delta_v_vacuum),
        delta_v_sea_level: trust.figure(burn.delta_v_sea_level),
        twr_vacuum: trust.figure(twr(burn.thrust_vacuum)),
        twr_sea_level: trust.figure(twr(burn.thrust_sea_level)),
        burn_time: trust.figure(burn.seconds),
        phases: if trust.is_known() {
            burn.phases
        } else {
            Vec::new()
        },
    }
}

/// What holds for every plan.
fn notes() -> Vec<Reason> {
    [
        "note.full_thrust",
        "note.next_stage",
        "note.gravity",
        "note.sea_level",
    ]
    .map(|key| say(crate::job::Text::new(key)))
    .into()
}
