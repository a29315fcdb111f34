//! A vessel as both kinds of file give it: parts, linked into one tree.

use super::VesselError;
use super::config_node::Node;
use crate::studio::vessel::{Amount, Attachment, Source};

/// Parts of one vessel.
pub const MOST_PARTS: usize = 20_000;

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
    pub symmetry: Vec<usize>,
    pub staging: Staging,
    pub resources: Vec<Amount>,
    /// Tonnes that the craft file adds to what the part weighs by itself.
    pub added_mass: f64,
    /// Tonnes without resources, where the file says them.
    pub mass: Option<f64>,
    /// Whether fuel passes through it, where that was switched.
    pub crossfeed: Option<bool>,
    /// Part of its thrust that an engine is limited to.
    pub thrust_limit: f64,
    /// Of a fuel duct, the part at its other end.
    pub target: Option<usize>,
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
    /// Values that may name the other end of a duct.
    pub targets: Vec<String>,
}

impl RawPart {
    /// What both kinds of file have in a `PART`.
    pub fn read(node: Node, id: String, name: String) -> Self {
        let all = |name: &str| node.values(name).map(str::to_owned).collect();
        let whole = |name: &str| node.value(name).and_then(|text| text.parse::<i32>().ok());
        let listed = ["sidx", "sqor"];
        let listed = listed.iter().any(|name| whole(name).unwrap_or(-1) >= 0);
        let mut off = false;
        let mut thrust_limit = 1.0;
        let mut crossfeed = None;
        for module in node.blocks("MODULE") {
            off |= module.value("stagingEnabled") == Some("False");
            if module.value("name") == Some("ModuleToggleCrossfeed") {
                crossfeed = module
                    .value("crossfeedStatus")
                    .map(|status| status == "True");
            }
            if let Some(percent) = module.value("thrustPercentage").and_then(number) {
                thrust_limit = (percent / 100.0).clamp(0.0, 1.0);
            }
        }
        let is_target = |name: &str| matches!(name, "tgt" | "target" | "tgtPart" | "targetPart");
        let targets = node.all_values().filter(|(name, _)| is_target(name));
        Self {
            links: all("link"),
            symmetry: all("sym"),
            nodes: node.values("attN").filter_map(node_reference).collect(),
            surface: node
                .values("srfN")
                .find_map(node_reference)
                .map(|(_, at)| at),
            on_surface: whole("attm") == Some(1),
            parent: node.value("parent").map(str::to_owned),
            targets: targets.map(|(_, value)| value.to_owned()).collect(),
            part: Part {
                id,
                name,
                parent: None,
                children: Vec::new(),
                attachment: Attachment::Root,
                nodes: Vec::new(),
                symmetry: Vec::new(),
                staging: Staging {
                    stage: whole("istg").unwrap_or(-1),
                    listed,
                    off,
                },
                resources: node.blocks("RESOURCE").filter_map(amount).collect(),
                added_mass: node.value("modMass").and_then(number).unwrap_or(0.0),
                mass: node
                    .value("mass")
                    .and_then(number)
                    .filter(|mass| *mass >= 0.0),
                crossfeed,
                thrust_limit,
                target: None,
            },
        }
    }

    /// The part, its links looked up by `find`.
    pub fn resolve(self, find: impl Fn(&str) -> Option<usize>) -> Part {
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
            symmetry: self.symmetry.iter().filter_map(|one| find(one)).collect(),
            target: self.targets.iter().find_map(|one| find(one)),
            ..self.part
        }
    }
}

/// `bottom,fuelTank_429_0|…` or `bottom, 3`: the node, and what stands at it.
fn node_reference(value: &str) -> Option<(String, String)> {
    let (node, at) = value.split_once(',')?;
    Some((node.trim().to_owned(), at.trim().to_owned()))
}

fn amount(node: Node) -> Option<Amount> {
    let figure = |name: &str| {
        let figure = node.value(name).and_then(number);
        figure.filter(|amount| *amount >= 0.0)
    };
    let amount = figure("amount")?;
    Some(Amount {
        name: node.value("name")?.to_owned(),
        amount,
        max_amount: figure("maxAmount").unwrap_or(amount),
    })
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
