//! The part tree of a vessel: its parts by their links, symmetry groups and resources.

use crate::part_table::part_type;
use crate::summary::{VesselSummary, part_title};
use crate::vessel::{Amount, Attachment, Part, Vessel};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The parts of a vessel by their links.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartTree {
    pub vessel: VesselSummary,
    /// The index of the root part in `parts`.
    pub root: usize,
    /// Links from the root to the part that is farthest from it.
    pub depth: usize,
    /// In the order of the file.
    pub parts: Vec<TreePart>,
    /// Indices of parts that were placed together, at least two in each group.
    pub symmetry_groups: Vec<Vec<usize>>,
    /// All resources of the vessel.
    pub resources: Vec<Amount>,
}

/// A part in a tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TreePart {
    /// The identifier in the file.
    pub id: String,
    pub name: String,
    /// The title in the game, or the name if the part table does not have the part.
    pub title: String,
    /// From the part table, or none for a part that it does not have.
    pub category: Option<String>,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    pub attachment: Attachment,
    /// Its stage in the game's list (`istg`), even if nothing of it is activated, or none below 0.
    pub stage: Option<i32>,
    /// The index of its group in `symmetry_groups`.
    pub symmetry_group: Option<usize>,
    pub resources: Vec<Amount>,
}

/// Makes the part tree.
#[must_use]
pub fn part_tree(vessel: &Vessel) -> PartTree {
    let (symmetry_groups, group_of) = symmetry(&vessel.parts);
    let mut depths = vec![0; vessel.parts.len()];
    for at in vessel.subtree(vessel.root) {
        for &child in &vessel.parts[at].children {
            depths[child] = depths[at] + 1;
        }
    }
    let parts = vessel.parts.iter().enumerate();
    PartTree {
        vessel: VesselSummary::new(vessel),
        root: vessel.root,
        depth: depths.iter().copied().max().unwrap_or(0),
        parts: parts
            .map(|(at, part)| tree_part(part, group_of.get(&at).copied()))
            .collect(),
        symmetry_groups,
        resources: total(&vessel.parts),
    }
}

fn tree_part(part: &Part, symmetry_group: Option<usize>) -> TreePart {
    let stage = part.staging.stage;
    TreePart {
        id: part.id.clone(),
        name: part.name.clone(),
        title: part_title(&part.name).to_owned(),
        category: part_type(&part.name).map(|part| part.category.to_owned()),
        parent: part.parent,
        children: part.children.clone(),
        attachment: part.attachment.clone(),
        stage: (stage >= 0).then_some(stage),
        symmetry_group,
        resources: part
            .resources
            .iter()
            .map(|one| one.amount.clone())
            .collect(),
    }
}

/// The groups of parts that name each other, and the group of each part. It is enough if one of two parts names the
/// other.
fn symmetry(parts: &[Part]) -> (Vec<Vec<usize>>, HashMap<usize, usize>) {
    let mut others: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); parts.len()];
    for (at, part) in parts.iter().enumerate() {
        for &other in part.symmetry.iter().filter(|other| **other != at) {
            others[at].insert(other);
            others[other].insert(at);
        }
    }
    let (mut groups, mut group_of) = (Vec::new(), HashMap::new());
    for at in 0..parts.len() {
        if others[at].is_empty() || group_of.contains_key(&at) {
            continue;
        }
        let (mut group, mut next) = (BTreeSet::from([at]), vec![at]);
        while let Some(one) = next.pop() {
            next.extend(others[one].iter().filter(|other| group.insert(**other)));
        }
        group_of.extend(group.iter().map(|one| (*one, groups.len())));
        groups.push(group.into_iter().collect());
    }
    (groups, group_of)
}

fn total(parts: &[Part]) -> Vec<Amount> {
    let mut all: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let loads = parts.iter().flat_map(|part| &part.resources);
    for one in loads.map(|load| &load.amount) {
        let (amount, most) = all.entry(&one.name).or_default();
        *amount += one.amount;
        *most += one.max_amount;
    }
    let amount = |(name, (amount, max_amount)): (&str, (f64, f64))| Amount {
        name: name.to_owned(),
        amount,
        max_amount,
    };
    all.into_iter().map(amount).collect()
}
