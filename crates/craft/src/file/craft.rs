//! The parts of a craft file, which are linked by name and number.

use super::fuel_ducts::DuctEnds;
use super::raw_part::RawPart;
use crate::config_node::Node;
use crate::error::Error;
use crate::names::printable;
use crate::vessel::Part;
use std::collections::HashMap;

/// Reads a `PART` of a craft file. Its id is its name and a number, such as `fuelTank_4293843072`.
pub fn part(node: Node) -> Result<RawPart, Error> {
    let id = node.value("part").unwrap_or_default();
    let parts = id.rsplit_once('_').filter(|(name, _)| !name.is_empty());
    let Some((name, number)) = parts else {
        return Err(Error::InvalidPartId { id: printable(id) });
    };
    let mut part = RawPart::read(node, id.to_owned(), name.to_owned());
    part.numbers.number = Some(number.to_owned());
    Ok(part)
}

/// Links the parts. The root is the part that no other part links to.
pub fn link(mut raw: Vec<RawPart>) -> Result<(Vec<Part>, usize), Error> {
    let mut places = HashMap::with_capacity(raw.len());
    for (place, one) in raw.iter().enumerate() {
        if places.insert(one.part.id.clone(), place).is_some() {
            let part = printable(&one.part.id);
            return Err(Error::DuplicatePart { part });
        }
    }
    for parent in 0..raw.len() {
        for link in std::mem::take(&mut raw[parent].links) {
            let Some(&child) = places.get(&link) else {
                return Err(Error::missing_part(&link));
            };
            if raw[child].part.parent.replace(parent).is_some() {
                let part = printable(&link);
                return Err(Error::TwoParents { part });
            }
            raw[parent].part.children.push(child);
        }
    }
    let mut roots = (0..raw.len()).filter(|place| raw[*place].part.parent.is_none());
    let root = roots.next().ok_or(Error::NoRoot)?;
    if let Some(other) = roots.next() {
        let part = printable(&raw[other].part.id);
        return Err(Error::TwoRoots { part });
    }
    let find = |reference: &str| places.get(part_id(reference)).copied();
    let ends = DuctEnds::new(raw.iter().map(|one| &one.numbers));
    let parts = raw.into_iter().map(|one| one.resolve(find, &ends));
    Ok((parts.collect(), root))
}

/// The id in `fuelTank_4293843072_0|-1.2|0_0|…` or `fuelTank_4293843072,collider`. The text after the number is the
/// position on the part.
fn part_id(reference: &str) -> &str {
    let reference = reference
        .split([',', '|'])
        .next()
        .unwrap_or_default()
        .trim();
    let digits_end = reference.find('_').map(|name| {
        let number = &reference[name + 1..];
        let end = number.find(|c: char| !c.is_ascii_digit());
        name + 1 + end.unwrap_or(number.len())
    });
    &reference[..digits_end.unwrap_or(reference.len())]
}
