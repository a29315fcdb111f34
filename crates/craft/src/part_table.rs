//! The part table: mass, capacity and engines of the stock parts, and the densities of their resources.

use std::collections::HashMap;
use std::sync::LazyLock;

const PARTS: &str = include_str!("part_table/parts.tsv");
const RESOURCES: &str = include_str!("part_table/resources.tsv");

/// The launch clamp, which holds the vessel on the ground and does not fly.
pub(crate) const CLAMP: &str = "launchClamp1";
/// The fuel duct. Fuel flows from its parent to the part at its other end.
pub(crate) const DUCT: &str = "fuelLine";
/// Prefix of engine plates, which decouple what is attached below them.
pub(crate) const ENGINE_PLATE: &str = "EnginePlate";
/// Prefix of fairings: the mass of the shell depends on its shape, and it can be jettisoned.
pub(crate) const FAIRING: &str = "fairingSize";
/// Part of the names of heat shields: one in staging decouples at both ends.
pub(crate) const HEAT_SHIELD: &str = "HeatShield";

/// Engines with an internal tank whose priority comes from the stage of their parent: the field
/// `resourcePriorityUseParentInverseStage` of their cfgs.
const PRIORITY_OF_PARENT: [&str; 2] = ["Size2LFB", "Size2LFB.v2"];

/// Decouplers that release the part on whose surface they were placed; all others release a node.
const SURFACE_DECOUPLERS: [&str; 5] = [
    "radialDecoupler",
    "radialDecoupler1-2",
    "radialDecoupler2",
    "smallHardpoint",
    "structuralPylon",
];

/// Whether a decoupler releases the part on whose surface it was placed.
pub(crate) fn decouples_at_surface(name: &str) -> bool {
    SURFACE_DECOUPLERS.contains(&name)
}

/// Whether the priority of a tank comes from the stage of its parent.
pub(crate) fn has_priority_of_parent(name: &str) -> bool {
    PRIORITY_OF_PARENT.contains(&name)
}

/// A part of the stock game.
#[derive(Debug, PartialEq)]
pub struct PartType {
    /// The title in the game.
    pub title: &'static str,
    pub category: &'static str,
    /// Tonnes without resources.
    pub dry_mass: f64,
    /// Whether fuel passes through a new one, or none if no source says.
    pub crossfeed: Option<bool>,
    /// Names and units of what a full one holds.
    pub resources: Vec<(&'static str, f64)>,
    pub engine: Option<Engine>,
}

/// The performance of an engine.
#[derive(Debug, PartialEq)]
pub struct Engine {
    /// Kilonewtons in vacuum.
    pub thrust: f64,
    /// Seconds in vacuum.
    pub isp_vacuum: f64,
    /// Seconds at one atmosphere.
    pub isp_sea_level: f64,
    /// Names, and units in proportion.
    pub propellants: Vec<(&'static str, f64)>,
}

impl Engine {
    /// Whether a resource is one of its propellants.
    #[must_use]
    pub fn burns(&self, resource: &str) -> bool {
        self.propellants.iter().any(|(name, _)| *name == resource)
    }
}

/// A resource of the stock game.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resource {
    /// Tonnes per unit.
    pub density: f64,
    pub flow: Flow,
}

/// Where an engine draws a resource from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// The part itself.
    Own,
    /// The tanks that crossfeed connects to it.
    Stack,
    /// Every tank of the vessel.
    Vessel,
    /// Nothing that runs out.
    Free,
}

static TABLE: LazyLock<HashMap<&str, PartType>> =
    LazyLock::new(|| rows(PARTS).filter_map(part).collect());
static DENSITIES: LazyLock<HashMap<&str, Resource>> =
    LazyLock::new(|| rows(RESOURCES).filter_map(resource).collect());

/// A part by its name in a file. Old files write `_` where new ones write `.`.
#[must_use]
pub fn part_type(name: &str) -> Option<&'static PartType> {
    let found = TABLE.get(name);
    found.or_else(|| TABLE.get(name.replace('_', ".").as_str()))
}

/// A resource by its name.
#[must_use]
pub fn resource_type(name: &str) -> Option<Resource> {
    DENSITIES.get(name).copied()
}

/// The fields of each line after the comments and the headings.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.skip(1).map(|line| line.split('\t').collect())
}

/// Parses a line. A broken line is skipped; a test checks that there is none.
fn part(fields: Vec<&'static str>) -> Option<(&'static str, PartType)> {
    let [
        name,
        title,
        category,
        mass,
        crossfeed,
        resources,
        thrust,
        vacuum,
        sea_level,
        propellants,
    ] = fields[..]
    else {
        return None;
    };
    let engine = match thrust {
        "-" => None,
        thrust => Some(Engine {
            thrust: thrust.parse().ok()?,
            isp_vacuum: vacuum.parse().ok()?,
            isp_sea_level: sea_level.parse().ok()?,
            propellants: amounts(propellants)?,
        }),
    };
    let part = PartType {
        title,
        category,
        dry_mass: mass.parse().ok()?,
        crossfeed: match crossfeed {
            "1" => Some(true),
            "0" => Some(false),
            "?" => None,
            _ => return None,
        },
        resources: amounts(resources)?,
        engine,
    };
    Some((name, part))
}

fn amounts(field: &'static str) -> Option<Vec<(&'static str, f64)>> {
    if field == "-" {
        return Some(Vec::new());
    }
    let one = |pair: &'static str| {
        let (name, amount) = pair.split_once(':')?;
        Some((name, amount.parse().ok()?))
    };
    field.split(',').map(one).collect()
}

fn resource(fields: Vec<&'static str>) -> Option<(&'static str, Resource)> {
    let [name, density, flow] = fields[..] else {
        return None;
    };
    let flow = match flow {
        "own" => Flow::Own,
        "stack" => Flow::Stack,
        "vessel" => Flow::Vessel,
        "free" => Flow::Free,
        _ => return None,
    };
    let density = density.parse().ok()?;
    Some((name, Resource { density, flow }))
}

#[cfg(test)]
mod tests {
    use super::{DENSITIES, Flow, PARTS, RESOURCES, TABLE, part_type, resource_type, rows};

    const CATEGORIES: [&str; 13] = [
        "pod",
        "engine",
        "booster",
        "tank",
        "decoupler",
        "separator",
        "parachute",
        "structural",
        "aero",
        "utility",
        "science",
        "wheel",
        "command-seat",
    ];

    #[test]
    fn every_line_of_the_tables_is_parsed_and_plausible() {
        assert_eq!(TABLE.len(), rows(PARTS).count());
        assert_eq!(DENSITIES.len(), rows(RESOURCES).count());
        for (name, part) in TABLE.iter() {
            assert!(
                CATEGORIES.contains(&part.category) || part.category == "other",
                "{name}"
            );
            assert!((0.0..100.0).contains(&part.dry_mass), "{name}");
            let pushes = matches!(part.category, "engine" | "booster");
            assert!(!pushes || part.engine.is_some(), "{name}");
            for (resource, amount) in &part.resources {
                assert!(resource_type(resource).is_some(), "{name}: {resource}");
                assert!(*amount > 0.0, "{name}");
            }
            let Some(engine) = &part.engine else { continue };
            assert!(
                engine.thrust > 0.0 && engine.isp_vacuum >= engine.isp_sea_level,
                "{name}"
            );
            let tanked = |name: &str| resource_type(name).is_some_and(|one| one.flow != Flow::Free);
            assert!(
                engine.propellants.iter().any(|(name, _)| tanked(name)),
                "{name}"
            );
        }
    }

    #[test]
    fn a_name_with_underscores_finds_its_part() {
        let tank = part_type("fuelTank.long").unwrap();
        assert_eq!(part_type("fuelTank_long"), Some(tank));
        assert_eq!(part_type("warpDrive"), None);
    }
}
