//! The parts of a vessel of a save file, linked by their places in it.

use super::VesselError;
use super::config_node::Node;
use super::ducts::DuctEnds;
use super::model::Part;
use super::raw_part::RawPart;

/// A `PART` of a vessel, at a place in it.
pub fn part(node: Node, place: usize) -> Result<RawPart, VesselError> {
    let name = node.value("name").filter(|name| !name.is_empty());
    let Some(name) = name else {
        return Err(VesselError::at("failure.vessel_no_name", place as u64));
    };
    let id = node.value("uid").unwrap_or_default();
    let id = if id.is_empty() {
        place.to_string()
    } else {
        id.to_owned()
    };
    Ok(RawPart {
        number: node.value("cid").map(str::to_owned),
        launch: node.value("mid").map(str::to_owned),
        ..RawPart::read(node, id, name.to_owned())
    })
}

/// Links the parts; the root is at the place that the vessel says.
pub fn link(mut raw: Vec<RawPart>, root: &str) -> Result<(Vec<Part>, usize), VesselError> {
    let parts = raw.len();
    let find = |reference: &str| {
        // `3`, or `3, collider` where it was placed on a surface.
        let place = reference.split(',').next().unwrap_or_default().trim();
        place.parse::<usize>().ok().filter(|place| *place < parts)
    };
    let Some(root) = find(root) else {
        return Err(VesselError::new("failure.vessel_no_root"));
    };
    for child in (0..parts).filter(|child| *child != root) {
        let stated = raw[child].parent.take().unwrap_or_default();
        let Some(parent) = find(&stated) else {
            return Err(VesselError::of("failure.vessel_no_part", &stated));
        };
        raw[child].part.parent = Some(parent);
        raw[parent].part.children.push(child);
    }
    let ends = DuctEnds::of(&raw);
    let parts = raw.into_iter().map(|one| one.resolve(find, &ends));
    Ok((parts.collect(), root))
}
