//! The part table: what the stock parts weigh, hold and push, and the densities of their resources.

use std::collections::HashMap;
use std::sync::LazyLock;

const PARTS: &str = include_str!("parts.tsv");
const RESOURCES: &str = include_str!("resources.tsv");

/// The launch clamp: it holds the vessel to the ground and does not fly.
pub const CLAMP: &str = "launchClamp1";
/// The fuel duct: fuel flows from the part that holds it to the part at its other end.
pub const DUCT: &str = "fuelLine";
/// How the names of engine plates begin: they let go of what hangs below them.
pub const ENGINE_PLATE: &str = "EnginePlate";
/// How the names of fairings begin: their shell weighs as it was drawn, and goes when it is thrown off.
pub const FAIRING: &str = "fairingSize";

/// What is in the names of heat shields: one that is put into staging lets go on both its sides.
pub const HEAT_SHIELD: &str = "HeatShield";

/// Engines with a tank in them, which empties in its turn by the stage of what they hang on: the field
/// `resourcePriorityUseParentInverseStage` of their cfgs.
const PRIORITY_OF_PARENT: [&str; 2] = ["Size2LFB", "Size2LFB.v2"];

/// Decouplers that let go of what they were placed on the surface of; all others of what is at a node.
const ON_ITS_SURFACE_NODE: [&str; 5] = [
    "radialDecoupler",
    "radialDecoupler1-2",
    "radialDecoupler2",
    "smallHardpoint",
    "structuralPylon",
];

/// Whether a decoupler lets go of what it was placed on the surface of.
pub fn on_its_surface_node(name: &str) -> bool {
    ON_ITS_SURFACE_NODE.contains(&name)
}

/// Whether a tank empties in the turn of the part that it hangs on.
pub fn has_its_parents_priority(name: &str) -> bool {
    PRIORITY_OF_PARENT.contains(&name)
}

/// A part of the stock game.
#[derive(Debug, PartialEq)]
pub struct PartType {
    pub title: &'static str,
    pub category: &'static str,
    /// Tonnes without resources.
    pub dry_mass: f64,
    /// Whether fuel passes through it when it is new; none where no source says.
    pub crossfeed: Option<bool>,
    /// Units that it holds when it is full.
    pub resources: Vec<(&'static str, f64)>,
    pub engine: Option<Engine>,
}

#[derive(Debug, PartialEq)]
pub struct Engine {
    /// Kilonewtons in vacuum.
    pub thrust: f64,
    /// Seconds in vacuum.
    pub isp_vacuum: f64,
    /// Seconds at one atmosphere.
    pub isp_sea_level: f64,
    /// Units burnt in proportion.
    pub propellants: Vec<(&'static str, f64)>,
}

/// A resource of the stock game.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resource {
    /// Tonnes a unit.
    pub density: f64,
    pub flow: Flow,
}

/// Where an engine draws a resource from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Its own.
    Own,
    /// The tanks that crossfeed joins to it.
    Stack,
    /// Every tank of the vessel.
    Vessel,
    /// From no tank that empties.
    Free,
}

static TABLE: LazyLock<HashMap<&str, PartType>> =
    LazyLock::new(|| rows(PARTS).filter_map(part).collect());
static DENSITIES: LazyLock<HashMap<&str, Resource>> =
    LazyLock::new(|| rows(RESOURCES).filter_map(resource).collect());

/// A part by its name in the craft file. Old files write `_` where new ones write `.`.
pub fn part_type(name: &str) -> Option<&'static PartType> {
    let found = TABLE.get(name);
    found.or_else(|| TABLE.get(name.replace('_', ".").as_str()))
}

pub fn resource_type(name: &str) -> Option<Resource> {
    DENSITIES.get(name).copied()
}

/// The fields of every line below the comments and the line of headings.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.skip(1).map(|line| line.split('\t').collect())
}

/// A line that cannot be read is left out; a test finds that there is none.
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
    fn every_line_of_the_tables_is_read_and_makes_sense() {
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
    fn an_old_name_finds_its_part() {
        let tank = part_type("fuelTank.long").unwrap();
        assert_eq!(part_type("fuelTank_long"), Some(tank));
        assert_eq!(part_type("warpDrive"), None);
    }
}
