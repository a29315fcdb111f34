//! A part as it stands in a file of either kind, before its links are looked up.

use super::config_node::Node;
use super::ducts::{Duct, DuctEnds};
use super::model::{Part, Staging, Stored, Target};
use super::modules::Modules;
use super::parts::DUCT;
use crate::studio::vessel::{Amount, Attachment};

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

impl RawPart {
    /// What both kinds of file have in a `PART`.
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
                    stage: whole("istg").unwrap_or(-1),
                    listed,
                    off: modules.staged == Some(false),
                },
                decouples: modules.decouples,
                undocks: modules.undocks,
                resources: node.blocks("RESOURCE").filter_map(stored).collect(),
                priority_offset: whole("resPri").unwrap_or(0),
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

/// A number as files write it; neither infinite nor none.
pub fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}
