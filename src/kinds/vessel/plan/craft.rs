//! The vessel while it flies: what is attached, what is lit, and what is left in its tanks.

use crate::job::Text;
use crate::kinds::vessel::model::{Part, Vessel};
use crate::kinds::vessel::parts::{CLAMP, PartType, Resource, part_type, resource_type};
use std::collections::HashMap;

/// A vessel in flight.
pub struct Craft<'a> {
    pub vessel: &'a Vessel,
    pub bodies: Vec<Body>,
    /// Names of all resources, with what the table knows of them.
    pub resources: Vec<(String, Option<Resource>)>,
    by_name: HashMap<String, usize>,
    /// Parts that a burn which is not certain drew on, or left alone; and why it is not.
    pub doubted: Vec<bool>,
    pub doubts: Vec<Text>,
}

/// A part in flight.
pub struct Body {
    pub kind: Option<&'static PartType>,
    /// Tonnes without resources; none where nobody says them.
    pub dry: Option<f64>,
    pub loads: Vec<Load>,
    /// The file says nothing of what it holds: it is taken as full.
    pub assumed_full: bool,
    pub attached: bool,
    /// An engine that was activated.
    pub lit: bool,
}

/// Units of a resource in a part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    pub resource: usize,
    pub amount: f64,
    /// Whether any of it may be drawn; if not, it is dead weight.
    pub flows: bool,
}

impl<'a> Craft<'a> {
    pub fn new(vessel: &'a Vessel) -> Self {
        let mut by_name = HashMap::new();
        let mut resources = Vec::new();
        let mut index = |name: &str| {
            *by_name.entry(name.to_owned()).or_insert_with(|| {
                resources.push((name.to_owned(), resource_type(name)));
                resources.len() - 1
            })
        };
        let bodies = vessel.parts.iter().map(|part| {
            let kind = part_type(&part.name);
            let full = kind.filter(|_| part.resources.is_empty());
            let full = full.map_or(&[][..], |kind| &kind.resources);
            let said = (part.resources.iter())
                .map(|one| (one.amount.name.as_str(), one.amount.amount, one.flows));
            let full_loads = full.iter().map(|(name, amount)| (*name, *amount, true));
            let loads = said.chain(full_loads);
            let loads = loads.map(|(name, amount, flows)| Load {
                resource: index(name),
                amount,
                flows,
            });
            let clamp = part.name == CLAMP;
            Body {
                kind,
                loads: if clamp { Vec::new() } else { loads.collect() },
                dry: if clamp {
                    Some(0.0)
                } else {
                    dry_mass(part, kind)
                },
                assumed_full: !full.is_empty() && !clamp,
                attached: true,
                lit: false,
            }
        });
        let bodies = bodies.collect();
        Self {
            vessel,
            bodies,
            resources,
            by_name,
            doubted: vec![false; vessel.parts.len()],
            doubts: Vec::new(),
        }
    }

    /// The parts that are still there.
    pub fn attached(&self) -> impl Iterator<Item = usize> {
        (0..self.bodies.len()).filter(|at| self.bodies[*at].attached)
    }

    /// Whether fuel passes through a part; none where nobody knows.
    pub fn crossfeed(&self, at: usize) -> Option<bool> {
        let table = self.bodies[at].kind.and_then(|kind| kind.crossfeed);
        self.vessel.parts[at].crossfeed.or(table)
    }

    /// The part at a node of another, where there is one.
    pub fn at_node(&self, at: usize, node: &str) -> Option<usize> {
        let nodes = self.vessel.parts[at].nodes.iter();
        nodes
            .filter(|(name, _)| name == node)
            .map(|(_, there)| *there)
            .next()
    }

    /// Tonnes of what is attached, as far as they are known.
    pub fn mass(&self) -> f64 {
        self.attached().map(|at| self.part_mass(at)).sum()
    }

    fn part_mass(&self, at: usize) -> f64 {
        let body = &self.bodies[at];
        let loads = body.loads.iter();
        let loads = loads.map(|load| load.amount * self.density(load.resource));
        body.dry.unwrap_or(0.0) + loads.sum::<f64>()
    }

    /// Tonnes a unit; 0 where they are not known.
    pub fn density(&self, resource: usize) -> f64 {
        self.resources[resource].1.map_or(0.0, |one| one.density)
    }

    /// The index of a resource that any part holds.
    pub fn resource(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Makes every mass from here on an estimate.
    pub fn doubt_all(&mut self, why: Text) {
        self.doubted.fill(true);
        self.doubts.push(why);
    }

    /// The engines that were activated and are still there.
    pub fn lit(&self) -> impl Iterator<Item = usize> {
        self.attached().filter(|at| self.bodies[*at].lit)
    }
}

fn dry_mass(part: &Part, kind: Option<&PartType>) -> Option<f64> {
    let table = kind.map(|kind| kind.dry_mass + part.added_mass);
    part.mass.or(table).map(|mass| mass.max(0.0))
}
