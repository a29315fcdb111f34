//! Where fuel ducts lead: a file names the part at their other end in its own way.

use super::config_node::Node;
use super::model::Target;
use super::raw_part::RawPart;
use std::collections::HashMap;

/// What a fuel duct says of its other end: its [`RawPart::number`], and [`RawPart::persistent`].
#[derive(Debug)]
pub struct Duct {
    number: String,
    persistent: Option<String>,
}

impl Duct {
    /// Of a `PARTDATA`; one that was never connected says so with a 0.
    pub fn read(node: Node) -> Option<Self> {
        Some(Self {
            number: node.value("tgt")?.to_owned(),
            persistent: node.value("tpersID").filter(is_set).map(str::to_owned),
        })
    }
}

/// A number that was never set stands as 0.
fn is_set(number: &&str) -> bool {
    *number != "0"
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
            if let Some(number) = part.persistent.clone().filter(|id| is_set(&id.as_str())) {
                persistent.insert(number, place);
            }
        }
        Self {
            numbers,
            persistent,
        }
    }

    /// The other end of a duct of that launch.
    pub fn find(&self, duct: &Duct, launch: Option<&str>) -> Target {
        if !is_set(&duct.number.as_str()) {
            return Target::Nowhere;
        }
        let number = (duct.number.clone(), launch.map(str::to_owned));
        let persistent = duct.persistent.as_ref();
        let found = self.numbers.get(&number);
        let found = found.or_else(|| self.persistent.get(persistent?));
        found.map_or(Target::Lost, |place| Target::Part(*place))
    }
}
