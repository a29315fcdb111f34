//! The part tree of a vessel.

use super::model::{Part, Vessel};
use super::parts::part_type;
use crate::studio::vessel::{Amount, PART_TREE, PartCount, PartTree, TreePart, VesselFacts};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Makes the tree.
pub fn tree(vessel: &Vessel) -> PartTree {
    let (symmetry_groups, group_of) = symmetry(&vessel.parts);
    let mut depths = vec![0; vessel.parts.len()];
    for at in vessel.below(vessel.root) {
        for &child in &vessel.parts[at].children {
            depths[child] = depths[at] + 1;
        }
    }
    let parts = vessel.parts.iter().enumerate();
    PartTree {
        format: PART_TREE.to_owned(),
        vessel: facts(vessel),
        root: vessel.root,
        depth: depths.iter().copied().max().unwrap_or(0),
        parts: parts
            .map(|(at, part)| tree_part(part, group_of.get(&at).copied()))
            .collect(),
        symmetry_groups,
        resources: total(&vessel.parts),
    }
}

/// What is said of a vessel whatever is made of it.
pub fn facts(vessel: &Vessel) -> VesselFacts {
    let unknown = (0..vessel.parts.len())
        .filter(|at| part_type(&vessel.parts[*at].name).is_none())
        .collect::<Vec<_>>();
    VesselFacts {
        name: vessel.name.clone(),
        from: vessel.from,
        game_version: vessel.game_version.clone(),
        parts: vessel.parts.len(),
        unknown_parts: counted(vessel, &unknown),
    }
}

/// Parts by their names, the most frequent first.
pub fn counted(vessel: &Vessel, parts: &[usize]) -> Vec<PartCount> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for &at in parts {
        *counts.entry(&vessel.parts[at].name).or_default() += 1;
    }
    let mut all: Vec<_> = (counts.into_iter())
        .map(|(name, count)| PartCount {
            name: name.to_owned(),
            title: title(name),
            count,
        })
        .collect();
    all.sort_by_key(|one| Reverse(one.count));
    all
}

fn title(name: &str) -> String {
    part_type(name).map_or(name, |part| part.title).to_owned()
}

fn tree_part(part: &Part, symmetry_group: Option<usize>) -> TreePart {
    let stage = part.staging.stage;
    TreePart {
        id: part.id.clone(),
        name: part.name.clone(),
        title: title(&part.name),
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

/// Groups of parts that name each other, and which group a part is in. Either may name the other.
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
    let stored = parts.iter().flat_map(|part| &part.resources);
    for one in stored.map(|one| &one.amount) {
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
