//! Fuel flow: which tanks supply which engine.
//!
//! Tanks that are connected by crossfeed are within reach of the engines among them. A part without crossfeed, such as a
//! decoupler, separates its two sides. A fuel duct puts the part that it starts from within reach of the part that it
//! leads to. Of the tanks within reach, those with the highest priority are drained first. Tanks of the same priority are
//! drained together and form one pool.

use super::flight::Flight;
use crate::part_table::{DUCT, ENGINE_PLATE, Flow};
use crate::vessel::DuctEnd;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

/// Where a pool is: in one part, in connected parts, or everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Part(usize),
    Connected(usize),
    Vessel,
}

/// Units of one resource that are drawn together.
#[derive(Debug)]
pub struct Pool {
    pub amount: f64,
    before: f64,
    /// Its parts, each with the index of the load there.
    members: Vec<(usize, usize)>,
}

/// All pools of what is attached.
pub struct FuelFlow {
    pub pools: Vec<Pool>,
    /// The pools of a resource at a place, by their priority.
    by_place: HashMap<(Place, usize), BTreeMap<i64, usize>>,
    connected: Connected,
    /// The groups that ducts start from, by the group that they lead to.
    ducts: HashMap<usize, Vec<usize>>,
    /// Sources that were already found. Engines in the same place have the same ones.
    sources: HashMap<(Place, usize), Sources>,
}

/// Pools that an engine draws a resource from, by priority. The last are drained first.
pub type Sources = Rc<[Vec<usize>]>;

impl FuelFlow {
    pub fn new(flight: &Flight) -> Self {
        let connected = Connected::new(flight);
        let mut flow = Self {
            pools: Vec::new(),
            by_place: HashMap::new(),
            ducts: ducts(flight, &connected),
            connected,
            sources: HashMap::new(),
        };
        for at in flight.attached() {
            let loads = flight.parts[at].loads.iter().enumerate();
            for (place, load) in loads.filter(|(_, load)| load.flows) {
                let key = (flow.place(flight, at, load.resource), load.resource);
                let pools = &mut flow.pools;
                let here = flow.by_place.entry(key).or_default();
                let priority = flight.vessel.priority(at);
                let pool = *here.entry(priority).or_insert_with(|| {
                    pools.push(Pool {
                        amount: 0.0,
                        before: 0.0,
                        members: Vec::new(),
                    });
                    pools.len() - 1
                });
                let pool = &mut flow.pools[pool];
                pool.amount += load.amount;
                pool.before += load.amount;
                pool.members.push((at, place));
            }
        }
        flow
    }

    fn place(&self, flight: &Flight, at: usize, resource: usize) -> Place {
        match flow_of(flight, resource) {
            Flow::Own => Place::Part(at),
            Flow::Stack => Place::Connected(self.connected.group(at)),
            Flow::Vessel | Flow::Free => Place::Vessel,
        }
    }

    /// The pools that an engine draws a resource from.
    pub fn sources(&mut self, flight: &Flight, engine: usize, resource: usize) -> Sources {
        let place = self.place(flight, engine, resource);
        if let Some(known) = self.sources.get(&(place, resource)) {
            return Rc::clone(known);
        }
        let found: Sources = self.find_sources(place, resource).into();
        let known = self.sources.entry((place, resource));
        Rc::clone(known.or_insert(found))
    }

    fn find_sources(&self, place: Place, resource: usize) -> Vec<Vec<usize>> {
        let places = match place {
            Place::Connected(here) => self.within_reach(here),
            Place::Part(_) | Place::Vessel => vec![place],
        };
        let mut levels: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        let pools = places.iter().map(|place| (*place, resource));
        let pools = pools.filter_map(|key| self.by_place.get(&key)).flatten();
        for (priority, pool) in pools {
            levels.entry(*priority).or_default().push(*pool);
        }
        levels.into_values().collect()
    }

    /// A group of connected parts, and all groups from which ducts lead to it.
    fn within_reach(&self, here: usize) -> Vec<Place> {
        let (mut reached, mut seen) = (vec![here], HashSet::from([here]));
        let mut at = 0;
        while at < reached.len() {
            let from = self.ducts.get(&reached[at]).into_iter().flatten();
            reached.extend(from.filter(|from| seen.insert(**from)));
            at += 1;
        }
        reached.into_iter().map(Place::Connected).collect()
    }

    /// Whether any of these parts belongs to a pool.
    pub fn reaches(&self, pool: usize, parts: &[bool]) -> bool {
        self.pools[pool].members.iter().any(|(at, _)| parts[*at])
    }

    /// Marks the parts of pools that a burn drew on, or may have drawn on, by an uncertain amount.
    pub fn mark_uncertain(&self, flight: &mut Flight, pools: impl Iterator<Item = usize>) {
        for &(at, _) in pools.flat_map(|pool| &self.pools[pool].members) {
            flight.uncertain[at] = true;
        }
    }

    /// Writes what is left in the pools back to the parts.
    pub fn drain(&self, flight: &mut Flight) {
        for pool in self.pools.iter().filter(|pool| pool.before > 0.0) {
            let left = pool.amount / pool.before;
            for &(at, load) in &pool.members {
                flight.parts[at].loads[load].amount *= left;
            }
        }
    }
}

/// How a resource flows. One that is not in the table flows like fuel.
fn flow_of(flight: &Flight, resource: usize) -> Flow {
    let known = flight.resources[resource].1;
    known.map_or(Flow::Stack, |resource| resource.flow)
}

/// Whether fuel passes through a part. If unknown, it is assumed to.
fn passes(flight: &Flight, at: usize) -> bool {
    flight.crossfeed(at) != Some(false)
}

/// Whether one of two parts is attached to the node `bottom` of the other, an engine plate: no fuel passes there.
fn is_below_engine_plate(flight: &Flight, a: usize, b: usize) -> bool {
    let below = |plate: usize, other: usize| {
        let is_plate = flight.vessel.parts[plate].name.starts_with(ENGINE_PLATE);
        is_plate && flight.at_node(plate, "bottom") == Some(other)
    };
    below(a, b) || below(b, a)
}

/// The ducts with both ends attached: the groups that they start from, by the group that they lead to.
fn ducts(flight: &Flight, connected: &Connected) -> HashMap<usize, Vec<usize>> {
    let attached = |at: &usize| flight.parts[*at].attached;
    let ducts = flight.attached().filter_map(|at| {
        let part = &flight.vessel.parts[at];
        let DuctEnd::Part(to) = part.duct_end else {
            return None;
        };
        let ends = (part.parent.filter(attached)).zip(Some(to).filter(attached));
        ends.filter(|_| part.name == DUCT)
    });
    let mut all: HashMap<usize, Vec<usize>> = HashMap::new();
    for (from, to) in ducts {
        let (from, to) = (connected.group(from), connected.group(to));
        if from != to {
            all.entry(to).or_default().push(from);
        }
    }
    all
}

/// The groups of parts that are connected by crossfeed, as a union-find. The first part of a group represents it.
struct Connected(Vec<usize>);

impl Connected {
    fn new(flight: &Flight) -> Self {
        let mut groups = Self((0..flight.parts.len()).collect());
        for at in flight.attached() {
            let parent = flight.vessel.parts[at].parent;
            let Some(parent) = parent.filter(|at| flight.parts[*at].attached) else {
                continue;
            };
            let connects = passes(flight, at)
                && passes(flight, parent)
                && !is_below_engine_plate(flight, at, parent);
            if connects {
                let (a, b) = (groups.first(at), groups.first(parent));
                groups.0[a.max(b)] = a.min(b);
            }
        }
        for at in 0..groups.0.len() {
            groups.0[at] = groups.first(at);
        }
        groups
    }

    fn group(&self, at: usize) -> usize {
        self.0[at]
    }

    /// Finds the first part of a part's group, and shortens the path to it.
    fn first(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }
}
