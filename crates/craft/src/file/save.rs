//! The parts of a vessel in a save file, which are linked by their indices.

use super::fuel_ducts::DuctEnds;
use super::raw_part::RawPart;
use crate::config_node::Node;
use crate::error::Error;
use crate::vessel::Part;

/// Reads a `PART` of a vessel, which has this index among the vessel's parts.
pub fn part(node: Node, index: usize) -> Result<RawPart, Error> {
    let name = node.value("name").filter(|name| !name.is_empty());
    let name = name.ok_or(Error::UnnamedPart { index })?;
    let id = node.value("uid").unwrap_or_default();
    let id = if id.is_empty() {
        index.to_string()
    } else {
        id.to_owned()
    };
    let mut part = RawPart::read(node, id, name.to_owned());
    part.numbers.number = node.value("cid").map(str::to_owned);
    part.numbers.launch = node.value("mid").map(str::to_owned);
    Ok(part)
}

/// Links the parts. The vessel has the index of its root.
pub fn link(mut raw: Vec<RawPart>, root: &str) -> Result<(Vec<Part>, usize), Error> {
    let parts = raw.len();
    let find = |reference: &str| {
        // `3`, or `3, collider` if the part is attached to a surface.
        let index = reference.split(',').next().unwrap_or_default().trim();
        index.parse::<usize>().ok().filter(|index| *index < parts)
    };
    let root = find(root).ok_or(Error::NoRoot)?;
    for child in (0..parts).filter(|child| *child != root) {
        let stated = raw[child].parent.take().unwrap_or_default();
        let Some(parent) = find(&stated) else {
            return Err(Error::missing_part(&stated));
        };
        raw[child].part.parent = Some(parent);
        raw[parent].part.children.push(child);
    }
    let ends = DuctEnds::new(raw.iter().map(|one| &one.numbers));
    let parts = raw.into_iter().map(|one| one.resolve(find, &ends));
    Ok((parts.collect(), root))
}
