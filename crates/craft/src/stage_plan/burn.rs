//! The burn of a stage, phase by phase.

use super::confidence::{Evidence, breathes_air};
use super::flight::Flight;
use super::fuel_flow::{FuelFlow, Sources};
use crate::part_table::{Engine, Flow, resource_type};
use crate::summary::{PartCount, count_parts};
use serde::{Deserialize, Serialize};

/// Standard gravity in metres per second squared, by which weight and specific impulse in seconds are defined.
pub const STANDARD_GRAVITY: f64 = 9.806_65;
/// A pool is empty when rounding leaves less than this share of what it had.
const EMPTY: f64 = 1e-9;

/// Maximum number of phases of a burn. Each phase drains at least one pool.
const MAX_PHASES: usize = 500;

/// A part of a burn during which the same engines burn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Phase {
    pub engines: Vec<PartCount>,
    /// Kilonewtons in vacuum.
    pub thrust: f64,
    /// Seconds of specific impulse in vacuum, of all engines together.
    pub isp: f64,
    /// Seconds.
    pub burn_time: f64,
    /// Metres per second in vacuum.
    pub delta_v: f64,
    /// The known mass of the vessel at its start, in tonnes.
    pub start_mass: f64,
    /// The same at its end.
    pub end_mass: f64,
}

/// The result of a burn.
#[derive(Default)]
pub struct Burn {
    pub phases: Vec<Phase>,
    /// Every engine that burned.
    pub engines: Vec<usize>,
    pub seconds: f64,
    /// Metres per second.
    pub delta_v_vacuum: f64,
    pub delta_v_sea_level: f64,
    /// Kilonewtons at the beginning.
    pub thrust_vacuum: f64,
    pub thrust_sea_level: f64,
}

/// An engine with the propellants that it draws.
struct Burner {
    at: usize,
    engine: &'static Engine,
    /// Kilonewtons in vacuum, at its limit.
    thrust: f64,
    /// Tonnes per second.
    flow: f64,
    /// Each propellant: units per second, and the pools that it comes from.
    draws: Vec<(f64, Sources)>,
}

/// Burns until no engine burns any more, or until the parts in `dropped_next` are no longer useful. The result of a
/// burn that was stopped is meaningless.
pub fn burn(
    flight: &mut Flight,
    dropped_next: &[usize],
    evidence: &mut Evidence,
    is_stopped: &dyn Fn() -> bool,
) -> Burn {
    let mut fuel = FuelFlow::new(flight);
    let burners: Vec<_> = flight
        .ignited()
        .filter_map(|at| burner(flight, &mut fuel, at))
        .collect();
    evidence.add_engines(flight);
    if !burners.is_empty() {
        evidence.add_fuel_flow(flight);
    }
    let mut leaves = vec![false; flight.parts.len()];
    for &at in dropped_next {
        leaves[at] = true;
    }
    let mut burn = Burn::default();
    let mut mass = flight.mass();
    let of_use = |fuel: &FuelFlow, burning: &[&Burner]| {
        let draws = |pool: &usize| fuel.pools[*pool].amount > 0.0 && fuel.reaches(*pool, &leaves);
        (burning.iter()).any(|one| leaves[one.at] || one.pools().iter().any(draws))
    };
    let mut waits = None;
    loop {
        let burning: Vec<_> = burners.iter().filter(|one| one.burns(&fuel)).collect();
        if burning.is_empty() || is_stopped() {
            break;
        }
        let gives = of_use(&fuel, &burning);
        // If the next stage drops nothing useful, this one burns to the end.
        if *waits.get_or_insert(gives) && !gives {
            break;
        }
        if burn.phases.len() == MAX_PHASES {
            evidence.set_cut_off();
            break;
        }
        let Some(seconds) = empty_next_pool(&mut fuel, &burning) else {
            break;
        };
        let flow: f64 = burning.iter().map(|one| one.flow).sum();
        let thrust: f64 = burning.iter().map(|one| one.thrust).sum();
        let sea_level: f64 = burning.iter().map(|one| one.thrust_at_sea_level()).sum();
        let end = (mass - flow * seconds).max(0.0);
        let ratio = if end > 0.0 { (mass / end).ln() } else { 0.0 };
        if burn.phases.is_empty() {
            (burn.thrust_vacuum, burn.thrust_sea_level) = (thrust, sea_level);
            burn.engines = burning.iter().map(|one| one.at).collect();
        }
        let engines: Vec<_> = burning.iter().map(|one| one.at).collect();
        let delta_v = thrust / flow * ratio;
        burn.seconds += seconds;
        burn.delta_v_vacuum += delta_v;
        burn.delta_v_sea_level += sea_level / flow * ratio;
        burn.phases.push(Phase {
            engines: count_parts(flight.vessel, &engines),
            thrust,
            isp: thrust / flow / STANDARD_GRAVITY,
            burn_time: seconds,
            delta_v,
            start_mass: mass,
            end_mass: end,
        });
        mass = end;
    }
    fuel.drain(flight);
    let reasons = evidence.burn_reasons();
    if !reasons.is_empty() {
        let drawn = burners.iter().flat_map(Burner::pools);
        let others = (0..fuel.pools.len()).filter(|_| evidence.is_open_ended());
        fuel.mark_uncertain(flight, drawn.chain(others));
        flight.uncertainties.extend(reasons);
    }
    burn
}

/// An engine that burns fuel from tanks. None if it is air-breathing, or if no tank has one of its propellants.
fn burner(flight: &Flight, fuel: &mut FuelFlow, at: usize) -> Option<Burner> {
    let engine = flight.parts[at].kind?.engine.as_ref()?;
    let thrust = engine.thrust * flight.vessel.parts[at].thrust_limit;
    if thrust <= 0.0 || breathes_air(engine) {
        return None;
    }
    let flow = thrust / (engine.isp_vacuum * STANDARD_GRAVITY);
    let is_in_tanks = |name: &str| resource_type(name).is_some_and(|one| one.flow != Flow::Free);
    let propellants = (engine.propellants.iter()).filter(|(name, _)| is_in_tanks(name));
    let density = |name: &str| resource_type(name).map_or(0.0, |one| one.density);
    let mixture: f64 = propellants
        .clone()
        .map(|(name, ratio)| ratio * density(name))
        .sum();
    let draws = propellants.map(|(name, ratio)| {
        let sources = fuel.sources(flight, at, flight.resource(name)?);
        Some((flow / mixture * ratio, sources))
    });
    Some(Burner {
        at,
        engine,
        thrust,
        flow,
        draws: draws.collect::<Option<_>>()?,
    })
}

impl Burner {
    fn burns(&self, fuel: &FuelFlow) -> bool {
        let left = |pool: &usize| fuel.pools[*pool].amount > 0.0;
        (self.draws.iter()).all(|(_, levels)| levels.iter().flatten().any(left))
    }

    /// Kilonewtons.
    fn thrust_at_sea_level(&self) -> f64 {
        self.thrust * self.engine.isp_sea_level / self.engine.isp_vacuum
    }

    /// Every pool that it can draw from.
    fn pools(&self) -> Vec<usize> {
        let levels = self.draws.iter().flat_map(|(_, levels)| levels.iter());
        levels.flatten().copied().collect()
    }
}

/// Burns until a pool is empty, and returns the seconds that this takes, or none if nothing is drawn.
fn empty_next_pool(fuel: &mut FuelFlow, burning: &[&Burner]) -> Option<f64> {
    let mut rates = vec![0.0; fuel.pools.len()];
    for (rate, levels) in burning.iter().flat_map(|one| &one.draws) {
        let left = |pool: &&usize| fuel.pools[**pool].amount > 0.0;
        let level = levels
            .iter()
            .rev()
            .find(|level| level.iter().any(|pool| left(&pool)))?;
        let pools: Vec<_> = level.iter().filter(left).collect();
        let all: f64 = pools.iter().map(|pool| fuel.pools[**pool].amount).sum();
        for &pool in pools {
            rates[pool] += rate * fuel.pools[pool].amount / all;
        }
    }
    let times = fuel.pools.iter().zip(&rates);
    let times = times.filter(|(_, rate)| **rate > 0.0);
    let seconds = times
        .map(|(pool, rate)| pool.amount / rate)
        .min_by(f64::total_cmp)?;
    for (pool, rate) in fuel.pools.iter_mut().zip(&rates) {
        let left = pool.amount - rate * seconds;
        pool.amount = if left <= pool.amount * EMPTY {
            0.0
        } else {
            left
        };
    }
    Some(seconds)
}
