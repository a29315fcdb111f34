//! The vessel in flight: which parts are attached, which engines are ignited, and what is left in the tanks.

use crate::figure::Reason;
use crate::part_table::{CLAMP, PartType, Resource, part_type, resource_type};
use crate::vessel::{Part, Vessel};
use std::collections::HashMap;

/// A vessel in flight. Parts have the index that they have in the vessel.
pub struct Flight<'a> {
    pub vessel: &'a Vessel,
    pub parts: Vec<FlyingPart>,
    /// Names of all resources, with what the table knows about them.
    pub resources: Vec<(String, Option<Resource>)>,
    by_name: HashMap<String, usize>,
    /// Parts that a burn with uncertain figures drew on or may have drawn on.
    pub uncertain: Vec<bool>,
    /// Why those burns are uncertain.
    pub uncertainties: Vec<Reason>,
}

/// The state of a part in flight.
pub struct FlyingPart {
    pub kind: Option<&'static PartType>,
    /// Tonnes without resources, or none if neither the file nor the table says.
    pub dry_mass: Option<f64>,
    pub loads: Vec<Load>,
    /// The file does not say how much it holds, so it is assumed to be full.
    pub assumed_full: bool,
    pub attached: bool,
    /// An engine that was activated.
    pub ignited: bool,
}

/// Units of a resource in a part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// An index in [`Flight::resources`].
    pub resource: usize,
    pub amount: f64,
    /// Whether engines may draw from it. Otherwise it is dead weight.
    pub flows: bool,
}

impl<'a> Flight<'a> {
    pub fn new(vessel: &'a Vessel) -> Self {
        let mut by_name = HashMap::new();
        let mut resources = Vec::new();
        let mut index = |name: &str| {
            *by_name.entry(name.to_owned()).or_insert_with(|| {
                resources.push((name.to_owned(), resource_type(name)));
                resources.len() - 1
            })
        };
        let parts = vessel.parts.iter().map(|part| {
            let kind = part_type(&part.name);
            let full = kind.filter(|_| part.resources.is_empty());
            let full = full.map_or(&[][..], |kind| &kind.resources);
            let stated = (part.resources.iter())
                .map(|one| (one.amount.name.as_str(), one.amount.amount, one.flows));
            let assumed = full.iter().map(|(name, amount)| (*name, *amount, true));
            let loads = stated.chain(assumed);
            let loads = loads.map(|(name, amount, flows)| Load {
                resource: index(name),
                amount,
                flows,
            });
            let clamp = part.name == CLAMP;
            FlyingPart {
                kind,
                loads: if clamp { Vec::new() } else { loads.collect() },
                dry_mass: if clamp {
                    Some(0.0)
                } else {
                    dry_mass(part, kind)
                },
                assumed_full: !full.is_empty() && !clamp,
                attached: true,
                ignited: false,
            }
        });
        let parts = parts.collect();
        Self {
            vessel,
            parts,
            resources,
            by_name,
            uncertain: vec![false; vessel.parts.len()],
            uncertainties: Vec::new(),
        }
    }

    /// The parts that are still attached.
    pub fn attached(&self) -> impl Iterator<Item = usize> {
        (0..self.parts.len()).filter(|at| self.parts[*at].attached)
    }

    /// Whether fuel passes through a part, or none if neither the file nor the table says.
    pub fn crossfeed(&self, at: usize) -> Option<bool> {
        let table = self.parts[at].kind.and_then(|kind| kind.crossfeed);
        self.vessel.parts[at].crossfeed.or(table)
    }

    /// The part that is attached to a node of another part.
    pub fn at_node(&self, at: usize, node: &str) -> Option<usize> {
        let nodes = self.vessel.parts[at].nodes.iter();
        nodes
            .filter(|(name, _)| name == node)
            .map(|(_, there)| *there)
            .next()
    }

    /// The known mass of the attached parts, in tonnes.
    pub fn mass(&self) -> f64 {
        self.attached().map(|at| self.part_mass(at)).sum()
    }

    fn part_mass(&self, at: usize) -> f64 {
        let part = &self.parts[at];
        let loads = part.loads.iter();
        let loads = loads.map(|load| load.amount * self.density(load.resource));
        part.dry_mass.unwrap_or(0.0) + loads.sum::<f64>()
    }

    /// Tonnes per unit, or 0 if unknown.
    fn density(&self, resource: usize) -> f64 {
        self.resources[resource].1.map_or(0.0, |one| one.density)
    }

    /// The index of a resource that a part holds.
    pub fn resource(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Makes every later mass an estimate.
    pub fn make_uncertain(&mut self, why: Reason) {
        self.uncertain.fill(true);
        self.uncertainties.push(why);
    }

    /// The engines that were activated and are still attached.
    pub fn ignited(&self) -> impl Iterator<Item = usize> {
        self.attached().filter(|at| self.parts[*at].ignited)
    }
}

fn dry_mass(part: &Part, kind: Option<&PartType>) -> Option<f64> {
    let table = kind.map(|kind| kind.dry_mass + part.added_mass);
    part.mass.or(table).map(|mass| mass.max(0.0))
}
