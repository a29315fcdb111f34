//! Which tanks feed which engine.
//!
//! Tanks that crossfeed joins are within reach of the engines among them; a part without crossfeed, such as
//! a decoupler, parts what is on its two sides. A fuel duct puts what it comes from within reach of what it
//! leads to. Of the tanks within reach those of the highest priority empty first, those of one priority
//! together: they are one pool.

use super::craft::Craft;
use crate::kinds::vessel::model::Target;
use crate::kinds::vessel::parts::{DUCT, ENGINE_PLATE, Flow};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

/// Where a pool is: in one part, in parts that are joined, or everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Part(usize),
    Joined(usize),
    Vessel,
}

/// Units of one resource that are drawn as one.
#[derive(Debug)]
pub struct Pool {
    pub amount: f64,
    before: f64,
    /// Each load of a part that is in it.
    members: Vec<(usize, usize)>,
}

/// All pools of what is attached.
pub struct Feed {
    pub pools: Vec<Pool>,
    /// The pools of a resource at a place, by their priority.
    by_place: HashMap<(Place, usize), BTreeMap<i64, usize>>,
    joined: Joined,
    /// By the joined parts that ducts lead to, those that they come from.
    ducts: HashMap<usize, Vec<usize>>,
    /// What was found once: engines in one place draw from the same.
    sources: HashMap<(Place, usize), Sources>,
}

/// Pools that an engine draws a resource from, those that empty last first.
pub type Sources = Rc<[Vec<usize>]>;

impl Feed {
    pub fn new(craft: &Craft) -> Self {
        let joined = Joined::new(craft);
        let mut feed = Self {
            pools: Vec::new(),
            by_place: HashMap::new(),
            ducts: ducts(craft, &joined),
            joined,
            sources: HashMap::new(),
        };
        for at in craft.attached() {
            let loads = craft.bodies[at].loads.iter().enumerate();
            for (place, load) in loads.filter(|(_, load)| load.flows) {
                let key = (feed.place(craft, at, load.resource), load.resource);
                let pools = &mut feed.pools;
                let here = feed.by_place.entry(key).or_default();
                let priority = craft.vessel.priority(at);
                let pool = *here.entry(priority).or_insert_with(|| {
                    pools.push(Pool {
                        amount: 0.0,
                        before: 0.0,
                        members: Vec::new(),
                    });
                    pools.len() - 1
                });
                let pool = &mut feed.pools[pool];
                pool.amount += load.amount;
                pool.before += load.amount;
                pool.members.push((at, place));
            }
        }
        feed
    }

    fn place(&self, craft: &Craft, at: usize, resource: usize) -> Place {
        match flow(craft, resource) {
            Flow::Own => Place::Part(at),
            Flow::Stack => Place::Joined(self.joined.of(at)),
            Flow::Vessel | Flow::Free => Place::Vessel,
        }
    }

    /// What an engine draws a resource from.
    pub fn sources(&mut self, craft: &Craft, engine: usize, resource: usize) -> Sources {
        let place = self.place(craft, engine, resource);
        if let Some(known) = self.sources.get(&(place, resource)) {
            return Rc::clone(known);
        }
        let found: Sources = self.find_sources(place, resource).into();
        let kept = self.sources.entry((place, resource));
        Rc::clone(kept.or_insert(found))
    }

    fn find_sources(&self, place: Place, resource: usize) -> Vec<Vec<usize>> {
        let places = match place {
            Place::Joined(here) => self.within_reach(here),
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

    /// Joined parts and all those from which ducts lead to them.
    fn within_reach(&self, here: usize) -> Vec<Place> {
        let (mut reached, mut seen) = (vec![here], HashSet::from([here]));
        let mut at = 0;
        while at < reached.len() {
            let from = self.ducts.get(&reached[at]).into_iter().flatten();
            reached.extend(from.filter(|from| seen.insert(**from)));
            at += 1;
        }
        reached.into_iter().map(Place::Joined).collect()
    }

    /// Whether a pool has any of these parts.
    pub fn reaches(&self, pool: usize, parts: &[bool]) -> bool {
        self.pools[pool].members.iter().any(|(at, _)| parts[*at])
    }

    /// Marks every tank that a burn may have drawn on, where nobody can say how far it did.
    pub fn doubt(&self, craft: &mut Craft, pools: impl Iterator<Item = usize>) {
        for &(at, _) in pools.flat_map(|pool| &self.pools[pool].members) {
            craft.doubted[at] = true;
        }
    }

    /// Writes back what is left.
    pub fn drain(&self, craft: &mut Craft) {
        for pool in self.pools.iter().filter(|pool| pool.before > 0.0) {
            let left = pool.amount / pool.before;
            for &(at, load) in &pool.members {
                craft.bodies[at].loads[load].amount *= left;
            }
        }
    }
}

/// A resource that the table does not know flows as fuel does.
fn flow(craft: &Craft, resource: usize) -> Flow {
    let known = craft.resources[resource].1;
    known.map_or(Flow::Stack, |resource| resource.flow)
}

/// Whether fuel passes through a part; through one of which nobody knows, it may.
fn passes(craft: &Craft, at: usize) -> bool {
    craft.crossfeed(at) != Some(false)
}

/// Whether one is the lower stage of the other, an engine plate, whose node `bottom` lets no fuel pass.
fn is_parted(craft: &Craft, a: usize, b: usize) -> bool {
    let below = |plate: usize, other: usize| {
        let plates = craft.vessel.parts[plate].name.starts_with(ENGINE_PLATE);
        plates && craft.at_node(plate, "bottom") == Some(other)
    };
    below(a, b) || below(b, a)
}

/// The ducts whose both ends are there: by where they lead, where they come from.
fn ducts(craft: &Craft, joined: &Joined) -> HashMap<usize, Vec<usize>> {
    let there = |at: &usize| craft.bodies[*at].attached;
    let ducts = craft.attached().filter_map(|at| {
        let part = &craft.vessel.parts[at];
        let Target::Part(to) = part.target else {
            return None;
        };
        let ends = part.parent.filter(there).zip(Some(to).filter(there));
        ends.filter(|_| part.name == DUCT)
    });
    let mut all: HashMap<usize, Vec<usize>> = HashMap::new();
    for (from, to) in ducts {
        let (from, to) = (joined.of(from), joined.of(to));
        if from != to {
            all.entry(to).or_default().push(from);
        }
    }
    all
}

/// Which parts are joined by crossfeed; a part is known by the first of its group.
struct Joined(Vec<usize>);

impl Joined {
    fn new(craft: &Craft) -> Self {
        let mut groups = Self((0..craft.bodies.len()).collect());
        for at in craft.attached() {
            let parent = craft.vessel.parts[at].parent;
            let Some(parent) = parent.filter(|at| craft.bodies[*at].attached) else {
                continue;
            };
            if passes(craft, at) && passes(craft, parent) && !is_parted(craft, at, parent) {
                let (a, b) = (groups.first(at), groups.first(parent));
                groups.0[a.max(b)] = a.min(b);
            }
        }
        for at in 0..groups.0.len() {
            groups.0[at] = groups.first(at);
        }
        groups
    }

    fn of(&self, at: usize) -> usize {
        self.0[at]
    }

    /// The first of a part's group, with the way to it made shorter.
    fn first(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }
}
