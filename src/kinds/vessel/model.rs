//! A vessel as both kinds of file give it: parts, linked into one tree.

use super::VesselError;
use super::config_node::Node;
use super::parts::DUCT;
use crate::studio::vessel::{Amount, Attachment, Source};
use std::collections::HashMap;

/// Parts of one vessel.
pub const MOST_PARTS: usize = 20_000;

/// What a stage counts for in the priority of a tank; what a person sets (`resPri`) counts for one each.
const STAGE_PRIORITY: i64 = 10;

/// Modules, besides engines, that a stage activates.
const STAGED: [&str; 5] = [
    "ModuleDecouple",
    "ModuleAnchoredDecoupler",
    "ModuleParachute",
    "ModuleProceduralFairing",
    "LaunchClamp",
];

/// A vessel whose parts are one tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Vessel {
    pub name: String,
    pub from: Source,
    pub game_version: String,
    pub parts: Vec<Part>,
    pub root: usize,
    /// Of a vessel in flight, the stage that was fired last: what belongs to it and to those before
    /// it has happened.
    pub fired: Option<i32>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub id: String,
    pub name: String,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    pub attachment: Attachment,
    /// Its stack nodes, each with the part there.
    pub nodes: Vec<(String, usize)>,
    /// The part on whose surface it was placed.
    pub surface: Option<usize>,
    pub symmetry: Vec<usize>,
    pub staging: Staging,
    /// Whether the file says that it decouples, which heat shields can be told to.
    pub decouples: bool,
    /// Whether it is a docking port that lets go in its stage.
    pub undocks: bool,
    pub resources: Vec<Stored>,
    /// Of the tanks that an engine can draw from, those of the highest priority empty first.
    pub priority: i64,
    /// Tonnes that the craft file adds to what the part weighs by itself.
    pub added_mass: f64,
    /// Tonnes without resources, where the file says them.
    pub mass: Option<f64>,
    /// Whether fuel passes through it, where that was switched.
    pub crossfeed: Option<bool>,
    /// Part of its thrust that an engine is limited to.
    pub thrust_limit: f64,
    /// Of a fuel duct, where it leads.
    pub target: Target,
}

/// What a part holds of a resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    pub amount: Amount,
    /// Whether anything may be drawn from it.
    pub flows: bool,
}

/// The other end of a fuel duct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// It was never connected, or this is no duct.
    Nowhere,
    Part(usize),
    /// The file names a part that cannot be found.
    Lost,
}

/// What a file says of a part's stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staging {
    /// The stage in which it is activated; below 0 never.
    pub stage: i32,
    /// Whether the staging list shows it.
    pub listed: bool,
    /// Whether it was taken out of staging.
    pub off: bool,
}

/// A part as it stands in the file, its links still names.
#[derive(Debug)]
pub struct RawPart {
    pub part: Part,
    pub links: Vec<String>,
    pub symmetry: Vec<String>,
    /// Each stack node with what it says of the part there.
    pub nodes: Vec<(String, String)>,
    pub surface: Option<String>,
    /// Whether it was placed on a surface.
    pub on_surface: bool,
    pub parent: Option<String>,
    pub duct: Option<Duct>,
    /// What identifies a part to a duct: the number that its craft file gave it, which in a save is its own
    /// among the parts of one launch, and a number that is its own everywhere.
    pub number: Option<String>,
    pub launch: Option<String>,
    pub persistent: Option<String>,
}

/// What a fuel duct says of its other end: its [`RawPart::number`], and [`RawPart::persistent`].
#[derive(Debug)]
pub struct Duct {
    number: String,
    persistent: Option<String>,
}

impl RawPart {
    /// What both kinds of file have in a `PART`.
    pub fn read(node: Node, id: String, name: String) -> Self {
        let all = |name: &str| node.values(name).map(str::to_owned).collect();
        let text = |name: &str| node.value(name).map(str::to_owned);
        let whole = |name: &str| node.value(name).and_then(|text| text.parse::<i32>().ok());
        let listed = ["sidx", "sqor"];
        let listed = listed.iter().any(|name| whole(name).unwrap_or(-1) >= 0);
        let modules = Modules::read(node);
        let stage = whole("istg").unwrap_or(-1);
        let offset = whole("resPri").unwrap_or(0);
        Self {
            links: all("link"),
            symmetry: all("sym"),
            nodes: node.values("attN").filter_map(node_reference).collect(),
            surface: node
                .values("srfN")
                .find_map(node_reference)
                .map(|(_, at)| at),
            on_surface: whole("attm") == Some(1),
            parent: text("parent"),
            duct: node.blocks("PARTDATA").find_map(duct),
            number: None,
            launch: None,
            persistent: text("persistentId"),
            part: Part {
                id,
                name,
                parent: None,
                children: Vec::new(),
                attachment: Attachment::Root,
                nodes: Vec::new(),
                surface: None,
                symmetry: Vec::new(),
                staging: Staging {
                    stage,
                    listed,
                    off: modules.staged == Some(false),
                },
                decouples: modules.decouples,
                undocks: modules.undocks,
                resources: node.blocks("RESOURCE").filter_map(stored).collect(),
                priority: i64::from(stage) * STAGE_PRIORITY + i64::from(offset),
                added_mass: node.value("modMass").and_then(number).unwrap_or(0.0),
                mass: node
                    .value("mass")
                    .and_then(number)
                    .filter(|mass| *mass >= 0.0),
                crossfeed: modules.crossfeed,
                thrust_limit: modules.thrust_limit,
                target: Target::Nowhere,
            },
        }
    }

    /// The part, its links looked up by `find`, and the other end of a duct by `ends`.
    pub fn resolve(self, find: impl Fn(&str) -> Option<usize>, ends: &DuctEnds) -> Part {
        let at_parent = |reference: &str| find(reference) == self.part.parent;
        let stacked = self.nodes.iter().find(|(_, at)| at_parent(at));
        let surface = self.surface.as_deref().is_some_and(at_parent);
        let attachment = match (self.part.parent, stacked) {
            (None, _) => Attachment::Root,
            (_, Some((node, _))) if !surface => Attachment::Stack {
                node: Some(node.clone()),
            },
            _ if surface || self.on_surface => Attachment::Surface,
            _ => Attachment::Stack { node: None },
        };
        let nodes = self.nodes.iter();
        let nodes = nodes.filter_map(|(node, at)| Some((node.clone(), find(at)?)));
        Part {
            attachment,
            nodes: nodes.collect(),
            surface: self.surface.as_deref().and_then(&find),
            symmetry: self.symmetry.iter().filter_map(|one| find(one)).collect(),
            // A strut has another end too, which no fuel flows to.
            target: match &self.duct {
                _ if self.part.name != DUCT => Target::Nowhere,
                Some(duct) => ends.find(duct, self.launch.as_deref()),
                None => Target::Lost,
            },
            ..self.part
        }
    }
}

/// `bottom,fuelTank_429_0|…` or `bottom, 3`: the node, and what stands at it.
fn node_reference(value: &str) -> Option<(String, String)> {
    let (node, at) = value.split_once(',')?;
    Some((node.trim().to_owned(), at.trim().to_owned()))
}

fn stored(node: Node) -> Option<Stored> {
    let figure = |name: &str| {
        let figure = node.value(name).and_then(number);
        figure.filter(|amount| *amount >= 0.0)
    };
    let amount = figure("amount")?;
    let is_shut = node.value("flowState") == Some("False")
        || matches!(node.value("flowMode"), Some("In" | "None"));
    Some(Stored {
        amount: Amount {
            name: node.value("name")?.to_owned(),
            amount,
            max_amount: figure("maxAmount").unwrap_or(amount),
        },
        flows: !is_shut,
    })
}

/// Where a duct leads; one that was never connected says so with a 0.
fn duct(node: Node) -> Option<Duct> {
    Some(Duct {
        number: node.value("tgt")?.trim().to_owned(),
        persistent: node.value("tpersID").map(str::to_owned),
    })
}

/// What the modules of a part say.
struct Modules {
    /// Whether any module that a stage can activate is in staging; none where none says.
    staged: Option<bool>,
    decouples: bool,
    undocks: bool,
    crossfeed: Option<bool>,
    thrust_limit: f64,
}

impl Modules {
    fn read(part: Node) -> Self {
        let mut all = Self {
            staged: None,
            decouples: false,
            undocks: false,
            crossfeed: None,
            thrust_limit: 1.0,
        };
        for module in part.blocks("MODULE") {
            let name = module.value("name").unwrap_or_default();
            let says = |field: &str| module.value(field).map(|value| value == "True");
            let enabled = says("stagingEnabled");
            let is_engine = name.starts_with("ModuleEngines");
            // The shroud of an engine plate has such a field too, and no stage activates it.
            if is_engine || STAGED.contains(&name) {
                all.staged = all.staged.max(enabled);
            }
            match name {
                "ModuleDecouple" | "ModuleAnchoredDecoupler" => {
                    all.decouples |= enabled == Some(true);
                }
                "ModuleDockingNode" => {
                    all.undocks = enabled == Some(true);
                    all.crossfeed = says("crossfeed").or(all.crossfeed);
                }
                "ModuleToggleCrossfeed" => {
                    all.crossfeed = says("crossfeedStatus").or(all.crossfeed);
                }
                _ => {}
            }
            // Control thrusters have a limit of the same name.
            if let Some(percent) = module.value("thrustPercentage").and_then(number)
                && is_engine
            {
                all.thrust_limit = (percent / 100.0).clamp(0.0, 1.0);
            }
        }
        all
    }
}

/// The parts that ducts may lead to, by what these say.
pub struct DuctEnds {
    numbers: HashMap<(String, Option<String>), usize>,
    persistent: HashMap<String, usize>,
}

impl DuctEnds {
    pub fn of(parts: &[RawPart]) -> Self {
        let (mut numbers, mut persistent) = (HashMap::new(), HashMap::new());
        for (place, part) in parts.iter().enumerate() {
            if let Some(number) = part.number.clone() {
                numbers.insert((number, part.launch.clone()), place);
            }
            if let Some(number) = part.persistent.clone() {
                persistent.insert(number, place);
            }
        }
        Self {
            numbers,
            persistent,
        }
    }

    /// The other end of a duct of that launch.
    fn find(&self, duct: &Duct, launch: Option<&str>) -> Target {
        if duct.number == "0" {
            return Target::Nowhere;
        }
        let number = (duct.number.clone(), launch.map(str::to_owned));
        let persistent = duct.persistent.as_ref();
        let found = self.numbers.get(&number);
        let found = found.or_else(|| self.persistent.get(persistent?));
        found.map_or(Target::Lost, |place| Target::Part(*place))
    }
}

/// A number as files write it; neither infinite nor none.
fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

impl Vessel {
    /// Checks that every part is reached from the root, without calling itself.
    pub fn check(&self) -> Result<(), VesselError> {
        let mut reached = vec![false; self.parts.len()];
        let mut next = vec![self.root];
        while let Some(at) = next.pop() {
            if !std::mem::replace(&mut reached[at], true) {
                next.extend(&self.parts[at].children);
            }
        }
        match reached.iter().position(|reached| !reached) {
            None => Ok(()),
            Some(lost) => {
                let id = &self.parts[lost].id;
                Err(VesselError::of("failure.vessel_cycle", id))
            }
        }
    }

    /// The parts below one, itself first, each before those below it.
    pub fn below(&self, part: usize) -> Vec<usize> {
        let mut all = vec![part];
        let mut at = 0;
        while at < all.len() {
            all.extend(&self.parts[all[at]].children);
            at += 1;
        }
        all
    }
}
