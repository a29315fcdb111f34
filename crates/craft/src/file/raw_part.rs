//! A part of either kind of file before its links are resolved.

use super::fuel_ducts::{Duct, DuctEnds, PartNumbers};
use super::modules::Modules;
use crate::config_node::Node;
use crate::part_table::DUCT;
use crate::vessel::{Amount, Attachment, DuctEnd, Part, ResourceLoad, Staging};

/// A part whose links are still the references of the file.
#[derive(Debug)]
pub struct RawPart {
    pub part: Part,
    pub links: Vec<String>,
    pub symmetry: Vec<String>,
    /// Stack nodes, each with a reference to the part there.
    pub nodes: Vec<(String, String)>,
    pub surface: Option<String>,
    /// Whether it was placed on a surface.
    pub on_surface: bool,
    pub parent: Option<String>,
    pub duct: Option<Duct>,
    pub numbers: PartNumbers,
}

impl RawPart {
    /// Reads what a `PART` has in both kinds of file.
    pub fn read(node: Node, id: String, name: String) -> Self {
        let all = |name: &str| node.values(name).map(str::to_owned).collect();
        let text = |name: &str| node.value(name).map(str::to_owned);
        let whole = |name: &str| node.value(name).and_then(|text| text.parse::<i32>().ok());
        let listed = ["sidx", "sqor"];
        let listed = listed.iter().any(|name| whole(name).unwrap_or(-1) >= 0);
        let modules = Modules::read(node);
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
            duct: node.blocks("PARTDATA").find_map(Duct::read),
            numbers: PartNumbers {
                persistent: text("persistentId"),
                ..PartNumbers::default()
            },
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
                    stage: whole("istg").unwrap_or(-1),
                    listed,
                    disabled: modules.staged == Some(false),
                },
                decouples: modules.decouples,
                undocks: modules.undocks,
                resources: node.blocks("RESOURCE").filter_map(resource_load).collect(),
                priority_offset: whole("resPri").unwrap_or(0),
                added_mass: node.number("modMass").unwrap_or(0.0),
                mass: node.number("mass").filter(|mass| *mass >= 0.0),
                crossfeed: modules.crossfeed,
                thrust_limit: modules.thrust_limit,
                duct_end: DuctEnd::Nowhere,
            },
        }
    }

    /// Resolves the links with `find`, and the other end of a duct with `ends`.
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
            // A strut has another end too, but no fuel flows through it.
            duct_end: match &self.duct {
                _ if self.part.name != DUCT => DuctEnd::Nowhere,
                Some(duct) => ends.find(duct, self.numbers.launch.as_deref()),
                None => DuctEnd::Lost,
            },
            ..self.part
        }
    }
}

/// `bottom,fuelTank_429_0|…` or `bottom, 3`: the node, and a reference to the part there.
fn node_reference(value: &str) -> Option<(String, String)> {
    let (node, at) = value.split_once(',')?;
    Some((node.trim().to_owned(), at.trim().to_owned()))
}

/// Reads a `RESOURCE`, or returns none if it has no name or no amount.
fn resource_load(node: Node) -> Option<ResourceLoad> {
    let amount = |name: &str| node.number(name).filter(|amount| *amount >= 0.0);
    let is_shut = node.value("flowState") == Some("False")
        || matches!(node.value("flowMode"), Some("In" | "None"));
    let held = amount("amount")?;
    Some(ResourceLoad {
        amount: Amount {
            name: node.value("name")?.to_owned(),
            amount: held,
            max_amount: amount("maxAmount").unwrap_or(held),
        },
        flows: !is_shut,
    })
}
