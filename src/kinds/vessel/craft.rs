//! The parts of a craft file, linked by name and number.

use super::VesselError;
use super::config_node::Node;
use super::ducts::DuctEnds;
use super::model::Part;
use super::raw_part::RawPart;
use std::collections::HashMap;

/// A `PART` of a craft file. Its id is its name and a number, such as `fuelTank_4293843072`.
pub fn part(node: Node) -> Result<RawPart, VesselError> {
    let id = node.value("part").unwrap_or_default();
    let parts = id.rsplit_once('_').filter(|(name, _)| !name.is_empty());
    let Some((name, number)) = parts else {
        return Err(VesselError::of("failure.vessel_part_id", id));
    };
    Ok(RawPart {
        number: Some(number.to_owned()),
        ..RawPart::read(node, id.to_owned(), name.to_owned())
    })
}

/// Links the parts; the root is the one that no other links to.
pub fn link(mut raw: Vec<RawPart>) -> Result<(Vec<Part>, usize), VesselError> {
    let mut places = HashMap::with_capacity(raw.len());
    for (place, one) in raw.iter().enumerate() {
        if places.insert(one.part.id.clone(), place).is_some() {
            return Err(VesselError::of("failure.vessel_twice", &one.part.id));
        }
    }
    for parent in 0..raw.len() {
        for link in std::mem::take(&mut raw[parent].links) {
            let Some(&child) = places.get(&link) else {
                return Err(VesselError::of("failure.vessel_no_part", &link));
            };
            if raw[child].part.parent.replace(parent).is_some() {
                return Err(VesselError::of("failure.vessel_two_parents", &link));
            }
            raw[parent].part.children.push(child);
        }
    }
    let mut roots = (0..raw.len()).filter(|place| raw[*place].part.parent.is_none());
    let Some(root) = roots.next() else {
        return Err(VesselError::new("failure.vessel_no_root"));
    };
    if let Some(other) = roots.next() {
        return Err(VesselError::of(
            "failure.vessel_two_roots",
            &raw[other].part.id,
        ));
    }
    let find = |reference: &str| places.get(part_id(reference)).copied();
    let ends = DuctEnds::of(&raw);
    let parts = raw.into_iter().map(|one| one.resolve(find, &ends));
    Ok((parts.collect(), root))
}

/// The id in `fuelTank_4293843072_0|-1.2|0_0|…` or `fuelTank_4293843072,collider`: what comes after
/// the number says where on the part it is.
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
