//! The targets of fuel ducts, for which files use identifiers of their own.

use crate::config_node::Node;
use crate::vessel::DuctEnd;
use std::collections::HashMap;

/// The numbers by which a duct identifies a part.
#[derive(Debug, Default)]
pub struct PartNumbers {
    /// The number that its craft file gave it; in a save it is unique among the parts of one launch.
    pub number: Option<String>,
    pub launch: Option<String>,
    /// A number that is unique everywhere.
    pub persistent: Option<String>,
}

/// A fuel duct's reference to its other end: two of the [`PartNumbers`].
#[derive(Debug)]
pub struct Duct {
    number: String,
    persistent: Option<String>,
}

impl Duct {
    /// Reads a `PARTDATA`; a duct that was never connected has the number 0 there.
    pub fn read(node: Node) -> Option<Self> {
        Some(Self {
            number: node.value("tgt")?.to_owned(),
            persistent: node.value("tpersID").filter(is_set).map(str::to_owned),
        })
    }
}

/// The game writes 0 for a number that was never set.
fn is_set(number: &&str) -> bool {
    *number != "0"
}

/// The indices of parts by the numbers that ducts refer to.
pub struct DuctEnds {
    by_number: HashMap<(String, Option<String>), usize>,
    by_persistent: HashMap<String, usize>,
}

impl DuctEnds {
    /// Takes the numbers of all parts in their order.
    pub fn new<'a>(parts: impl Iterator<Item = &'a PartNumbers>) -> Self {
        let (mut by_number, mut by_persistent) = (HashMap::new(), HashMap::new());
        for (place, part) in parts.enumerate() {
            if let Some(number) = part.number.clone() {
                by_number.insert((number, part.launch.clone()), place);
            }
            if let Some(number) = part.persistent.clone().filter(|id| is_set(&id.as_str())) {
                by_persistent.insert(number, place);
            }
        }
        Self {
            by_number,
            by_persistent,
        }
    }

    /// The other end of a duct of that launch.
    pub fn find(&self, duct: &Duct, launch: Option<&str>) -> DuctEnd {
        if !is_set(&duct.number.as_str()) {
            return DuctEnd::Nowhere;
        }
        let number = (duct.number.clone(), launch.map(str::to_owned));
        let persistent = duct.persistent.as_ref();
        let found = self.by_number.get(&number);
        let found = found.or_else(|| self.by_persistent.get(persistent?));
        found.map_or(DuctEnd::Lost, |place| DuctEnd::Part(*place))
    }
}
