//! A stage's burn, phase by phase.

use super::craft::Craft;
use super::feed::{Feed, Sources};
use super::trust::Trust;
use crate::kinds::vessel::parts::{Engine, Flow, resource_type};
use crate::kinds::vessel::tree::counted;
use crate::studio::vessel::Phase;

/// Metres a second squared: what specific impulse is told by, and weight is reckoned with.
pub const STANDARD_GRAVITY: f64 = 9.806_65;
/// What a pool may be left with by rounding, as a part of what it had.
const EMPTY: f64 = 1e-9;

/// Phases of a burn; each is one empty pool at least.
const MOST_PHASES: usize = 500;

/// What a burn came to.
#[derive(Default)]
pub struct Burn {
    pub phases: Vec<Phase>,
    /// Every engine that burnt.
    pub engines: Vec<usize>,
    /// Seconds.
    pub seconds: f64,
    /// Metres a second.
    pub delta_v_vacuum: f64,
    pub delta_v_sea_level: f64,
    /// Kilonewtons at its beginning.
    pub thrust_vacuum: f64,
    pub thrust_sea_level: f64,
}

/// An engine with what it draws.
struct Burner {
    at: usize,
    engine: &'static Engine,
    /// Kilonewtons in vacuum, at its limit.
    thrust: f64,
    /// Tonnes a second.
    flow: f64,
    /// Each propellant: units a second, and the pools that it is drawn from.
    draws: Vec<(f64, Sources)>,
}

/// Burns until no engine does, or until what goes next has no more to give. One that is stopped comes to
/// nothing that may be told.
pub fn burn(
    craft: &mut Craft,
    going: &[usize],
    trust: &mut Trust,
    stopped: &dyn Fn() -> bool,
) -> Burn {
    let mut feed = Feed::new(craft);
    let burners: Vec<_> = craft
        .lit()
        .filter_map(|at| burner(craft, &mut feed, at))
        .collect();
    trust.engines(craft);
    if !burners.is_empty() {
        trust.feed(craft);
    }
    let mut leaves = vec![false; craft.bodies.len()];
    for &at in going {
        leaves[at] = true;
    }
    let mut burn = Burn::default();
    let mut mass = craft.mass();
    let of_use = |feed: &Feed, burning: &[&Burner]| {
        let draws = |pool: &usize| feed.pools[*pool].amount > 0.0 && feed.reaches(*pool, &leaves);
        (burning.iter()).any(|one| leaves[one.at] || one.pools().iter().any(draws))
    };
    let mut waits = None;
    loop {
        let burning: Vec<_> = burners.iter().filter(|one| one.burns(&feed)).collect();
        if burning.is_empty() || stopped() {
            break;
        }
        let gives = of_use(&feed, &burning);
        if *waits.get_or_insert(gives) && !gives {
            break;
        }
        if burn.phases.len() == MOST_PHASES {
            trust.cut_off();
            break;
        }
        let Some(seconds) = phase(&mut feed, &burning) else {
            break;
        };
        let flow: f64 = burning.iter().map(|one| one.flow).sum();
        let push: f64 = burning.iter().map(|one| one.thrust).sum();
        let low: f64 = burning.iter().map(|one| one.at_sea_level()).sum();
        let end = (mass - flow * seconds).max(0.0);
        let ratio = if end > 0.0 { (mass / end).ln() } else { 0.0 };
        if burn.phases.is_empty() {
            (burn.thrust_vacuum, burn.thrust_sea_level) = (push, low);
            burn.engines = burning.iter().map(|one| one.at).collect();
        }
        let engines: Vec<_> = burning.iter().map(|one| one.at).collect();
        let delta_v = push / flow * ratio;
        burn.seconds += seconds;
        burn.delta_v_vacuum += delta_v;
        burn.delta_v_sea_level += low / flow * ratio;
        burn.phases.push(Phase {
            engines: counted(craft.vessel, &engines),
            thrust: push,
            isp: push / flow / STANDARD_GRAVITY,
            burn_time: seconds,
            delta_v,
            start_mass: mass,
            end_mass: end,
        });
        mass = end;
    }
    feed.drain(craft);
    if let Some((doubts, endless)) = trust.doubts() {
        let drawn = burners.iter().flat_map(Burner::pools);
        let all = (0..feed.pools.len()).filter(|_| endless);
        feed.doubt(craft, drawn.chain(all));
        craft.doubts.extend(doubts);
    }
    burn
}

/// An engine that burns what is in tanks; none where a propellant of it is nowhere, or where it breathes air.
fn burner(craft: &Craft, feed: &mut Feed, at: usize) -> Option<Burner> {
    let engine = craft.bodies[at].kind?.engine.as_ref()?;
    let thrust = engine.thrust * craft.vessel.parts[at].thrust_limit;
    if thrust <= 0.0 || breathes(engine) {
        return None;
    }
    let flow = thrust / (engine.isp_vacuum * STANDARD_GRAVITY);
    let tanked = |name: &str| resource_type(name).is_some_and(|one| one.flow != Flow::Free);
    let propellants = (engine.propellants.iter()).filter(|(name, _)| tanked(name));
    let density = |name: &str| resource_type(name).map_or(0.0, |one| one.density);
    let mixture: f64 = propellants
        .clone()
        .map(|(name, ratio)| ratio * density(name))
        .sum();
    let draws = propellants.map(|(name, ratio)| {
        let sources = feed.sources(craft, at, craft.resource(name)?);
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

/// Whether an engine burns air.
pub fn breathes(engine: &Engine) -> bool {
    engine
        .propellants
        .iter()
        .any(|(name, _)| *name == "IntakeAir")
}

impl Burner {
    fn burns(&self, feed: &Feed) -> bool {
        let left = |pool: &usize| feed.pools[*pool].amount > 0.0;
        (self.draws.iter()).all(|(_, levels)| levels.iter().flatten().any(left))
    }

    fn at_sea_level(&self) -> f64 {
        self.thrust * self.engine.isp_sea_level / self.engine.isp_vacuum
    }

    /// Every pool that it can draw from.
    fn pools(&self) -> Vec<usize> {
        let levels = self.draws.iter().flat_map(|(_, levels)| levels.iter());
        levels.flatten().copied().collect()
    }
}

/// Burns until a pool is empty, and says how long that took; none where nothing is drawn.
fn phase(feed: &mut Feed, burning: &[&Burner]) -> Option<f64> {
    let mut rates = vec![0.0; feed.pools.len()];
    for (rate, levels) in burning.iter().flat_map(|one| &one.draws) {
        let left = |pool: &&usize| feed.pools[**pool].amount > 0.0;
        let level = levels
            .iter()
            .rev()
            .find(|level| level.iter().any(|pool| left(&pool)))?;
        let pools: Vec<_> = level.iter().filter(left).collect();
        let all: f64 = pools.iter().map(|pool| feed.pools[**pool].amount).sum();
        for &pool in pools {
            rates[pool] += rate * feed.pools[pool].amount / all;
        }
    }
    let times = feed.pools.iter().zip(&rates);
    let times = times.filter(|(_, rate)| **rate > 0.0);
    let seconds = times
        .map(|(pool, rate)| pool.amount / rate)
        .min_by(f64::total_cmp)?;
    for (pool, rate) in feed.pools.iter_mut().zip(&rates) {
        let left = pool.amount - rate * seconds;
        pool.amount = if left <= pool.amount * EMPTY {
            0.0
        } else {
            left
        };
    }
    Some(seconds)
}
