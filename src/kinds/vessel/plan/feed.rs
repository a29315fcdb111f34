//! Which tanks feed which engine.
//!
//! Tanks that crossfeed joins empty together: they are one pool. A part without crossfeed, such as
//! a decoupler, parts the pools on its two sides. Through fuel ducts a pool is fed by another, which
//! empties first.

use super::craft::Craft;
use crate::kinds::vessel::parts::{DUCT, ENGINE_PLATE, Flow};
use crate::studio::vessel::Attachment;
use std::collections::HashMap;

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
    by_place: HashMap<(Place, usize), usize>,
    joined: Joined,
    /// The same without what was only placed on a surface.
    stacked: Joined,
    /// From which joined parts to which a duct leads.
    ducts: Vec<(usize, usize)>,
}

impl Feed {
    pub fn new(craft: &Craft) -> Self {
        let joined = Joined::new(craft, true);
        let mut feed = Self {
            pools: Vec::new(),
            by_place: HashMap::new(),
            stacked: Joined::new(craft, false),
            ducts: ducts(craft, &joined),
            joined,
        };
        for at in craft.attached() {
            for (place, load) in craft.bodies[at].loads.iter().enumerate() {
                let key = (feed.place(craft, at, load.resource), load.resource);
                let pools = &mut feed.pools;
                let pool = *feed.by_place.entry(key).or_insert_with(|| {
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

    /// The pools that an engine draws a resource from, those that empty last first.
    pub fn sources(&self, craft: &Craft, engine: usize, resource: usize) -> Vec<Vec<usize>> {
        let find = |place| self.by_place.get(&(place, resource)).copied();
        if flow(craft, resource) != Flow::Stack {
            let pool = find(self.place(craft, engine, resource));
            return vec![pool.into_iter().collect()];
        }
        let mut level = vec![self.joined.of(engine)];
        if !passes(craft, engine) {
            level.extend(neighbours(craft, engine).map(|at| self.joined.of(at)));
        }
        let (mut seen, mut levels) = (level.clone(), Vec::new());
        while !level.is_empty() {
            let pools = level.iter().filter_map(|at| find(Place::Joined(*at)));
            levels.push(pools.collect());
            let fed = self.ducts.iter().filter(|(_, to)| level.contains(to));
            let mut next: Vec<_> = fed.map(|(from, _)| *from).collect();
            next.sort_unstable();
            next.dedup();
            next.retain(|from| !seen.contains(from));
            seen.extend(&next);
            level = next;
        }
        levels
    }

    /// Whether an engine is fed through a duct.
    pub fn has_ducts(&self) -> bool {
        !self.ducts.is_empty()
    }

    /// Whether one of these pools has a tank that only a surface joins to the engine.
    pub fn over_a_surface(&self, engine: usize, pools: &[usize]) -> bool {
        let here = self.stacked.of(engine);
        let members = pools.iter().flat_map(|pool| &self.pools[*pool].members);
        let mut same = members.filter(|(at, _)| self.joined.of(*at) == self.joined.of(engine));
        same.any(|(at, _)| self.stacked.of(*at) != here)
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

fn neighbours(craft: &Craft, at: usize) -> impl Iterator<Item = usize> {
    let part = &craft.vessel.parts[at];
    let all = part.parent.iter().chain(&part.children).copied();
    all.filter(|at| craft.bodies[*at].attached)
}

/// The ducts whose both ends are there.
fn ducts(craft: &Craft, joined: &Joined) -> Vec<(usize, usize)> {
    let there = |at: &usize| craft.bodies[*at].attached;
    let ducts = craft.attached().filter_map(|at| {
        let part = &craft.vessel.parts[at];
        let ends = part.parent.filter(there).zip(part.target.filter(there));
        ends.filter(|_| part.name == DUCT)
    });
    ducts
        .map(|(from, to)| (joined.of(from), joined.of(to)))
        .filter(|(from, to)| from != to)
        .collect()
}

/// Which parts are joined by crossfeed; a part is known by the first of its group.
struct Joined(Vec<usize>);

impl Joined {
    fn new(craft: &Craft, surfaces: bool) -> Self {
        let mut groups = Self((0..craft.bodies.len()).collect());
        for at in craft.attached() {
            let part = &craft.vessel.parts[at];
            let Some(parent) = part.parent.filter(|at| craft.bodies[*at].attached) else {
                continue;
            };
            // An engine on a tank's side is fed by it.
            let engine = craft.bodies[at]
                .kind
                .is_some_and(|kind| kind.engine.is_some());
            let held = surfaces || engine || part.attachment != Attachment::Surface;
            if held && passes(craft, at) && passes(craft, parent) && !is_parted(craft, at, parent) {
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
