//! A part tree as the rows of a picture: symmetric parts once, and only the parts nearest to the root if there are
//! too many.

use craft::{Attachment, PartTree, TreePart};
use std::collections::{HashMap, HashSet, VecDeque};

/// Maximum number of rows of parts in the picture.
const MAX_ROWS: usize = 60;

/// A row of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub content: RowContent,
    /// Columns from the left.
    pub indent: usize,
    /// The row of its parent.
    pub parent: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowContent {
    /// `count` parts that are alike; `part` is the first.
    Part { part: usize, count: usize },
    /// The number of parts that are not drawn.
    More(usize),
}

/// The rows, from the root down. The trunk goes straight down, as in a rocket; branches are indented.
pub fn rows(tree: &PartTree) -> Vec<Row> {
    let sizes = sizes(tree);
    let drawn = nearest(tree);
    let mut rows: Vec<Row> = Vec::new();
    let mut next = vec![(
        Group {
            part: tree.root,
            count: 1,
        },
        0,
        None,
    )];
    while let Some((group, indent, parent)) = next.pop() {
        let here = rows.len();
        let content = RowContent::Part {
            part: group.part,
            count: group.count,
        };
        rows.push(Row {
            content,
            indent,
            parent,
        });
        let groups = groups(tree, group.part);
        let (shown, left): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|one| drawn.contains(&one.part));
        let more: usize = left.iter().map(|one| sizes[one.part] * one.count).sum();
        if more > 0 {
            rows.push(Row {
                content: RowContent::More(more),
                indent: indent + 1,
                parent: Some(here),
            });
        }
        let trunk = trunk(tree, &shown, &sizes);
        if let Some(trunk) = trunk {
            next.push((trunk, indent, Some(here)));
        }
        let branches = shown.into_iter().rev().filter(|one| Some(*one) != trunk);
        next.extend(branches.map(|one| (one, indent + 1, Some(here))));
    }
    rows
}

/// Parts that are alike: the first of them, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Group {
    part: usize,
    count: usize,
}

/// A part's children, grouped where they are alike.
fn groups(tree: &PartTree, part: usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut row_indices = HashMap::new();
    for &child in &tree.parts[part].children {
        let one: &TreePart = &tree.parts[child];
        let surface = one.attachment == Attachment::Surface;
        let leaf = one.children.is_empty();
        if one.symmetry_group.is_none() && !(leaf && surface) {
            groups.push(Group {
                part: child,
                count: 1,
            });
            continue;
        }
        let key = (one.name.as_str(), one.symmetry_group, leaf, one.stage);
        let alone = Group {
            part: child,
            count: 1,
        };
        let index = *row_indices.entry(key).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.count += 1,
            None => groups.push(alone),
        }
    }
    groups
}

/// The child that continues the trunk: the stacked one with the most parts below it.
fn trunk(tree: &PartTree, shown: &[Group], sizes: &[usize]) -> Option<Group> {
    let stacked = shown.iter().filter(|one| {
        let attachment = &tree.parts[one.part].attachment;
        one.count == 1 && matches!(attachment, Attachment::Stack { .. })
    });
    stacked.copied().max_by_key(|one| sizes[one.part])
}

/// The parts that are drawn: nearest to the root first, one for each group.
fn nearest(tree: &PartTree) -> HashSet<usize> {
    let mut drawn = HashSet::from([tree.root]);
    let mut next = VecDeque::from([tree.root]);
    while let Some(part) = next.pop_front() {
        for group in groups(tree, part) {
            if drawn.len() == MAX_ROWS {
                return drawn;
            }
            drawn.insert(group.part);
            next.push_back(group.part);
        }
    }
    drawn
}

/// The number of parts in the subtree of each part.
fn sizes(tree: &PartTree) -> Vec<usize> {
    let mut order = vec![tree.root];
    let mut at = 0;
    while at < order.len() {
        order.extend(&tree.parts[order[at]].children);
        at += 1;
    }
    let mut sizes = vec![1; tree.parts.len()];
    for &part in order.iter().rev() {
        if let Some(parent) = tree.parts[part].parent {
            sizes[parent] += sizes[part];
        }
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::{MAX_ROWS, Row, RowContent, rows};
    use craft::{Attachment, PartTree, Source, TreePart, VesselSummary};

    /// A tree from the parent, the attachment and the symmetry group of each part.
    fn tree(parts: &[(Option<usize>, bool, Option<usize>)]) -> PartTree {
        let of = |at: usize| (0..parts.len()).filter(move |child| parts[*child].0 == Some(at));
        let made = parts
            .iter()
            .enumerate()
            .map(|(at, (parent, stacked, group))| TreePart {
                id: at.to_string(),
                name: "strut".to_owned(),
                title: "Strut".to_owned(),
                category: None,
                parent: *parent,
                children: of(at).collect(),
                attachment: match (parent, stacked) {
                    (None, _) => Attachment::Root,
                    (_, true) => Attachment::Stack { node: None },
                    (_, false) => Attachment::Surface,
                },
                stage: None,
                symmetry_group: *group,
                resources: Vec::new(),
            });
        PartTree {
            vessel: VesselSummary {
                name: String::new(),
                from: Source::Craft,
                game_version: String::new(),
                parts: parts.len(),
                unknown_parts: Vec::new(),
            },
            root: 0,
            depth: 0,
            parts: made.collect(),
            symmetry_groups: Vec::new(),
            resources: Vec::new(),
        }
    }

    fn part(part: usize, count: usize, indent: usize, parent: Option<usize>) -> Row {
        let content = RowContent::Part { part, count };
        Row {
            content,
            indent,
            parent,
        }
    }

    #[test]
    fn a_stack_goes_straight_down_and_symmetric_parts_branch_off_once() {
        let tree = tree(&[
            (None, true, None),
            (Some(0), true, None),
            (Some(0), false, Some(0)),
            (Some(0), false, Some(0)),
            (Some(2), true, None),
            (Some(3), true, None),
            (Some(1), true, None),
        ]);
        assert_eq!(
            rows(&tree),
            [
                part(0, 1, 0, None),
                part(2, 2, 1, Some(0)),
                part(4, 1, 1, Some(1)),
                part(1, 1, 0, Some(0)),
                part(6, 1, 0, Some(3)),
            ]
        );
    }

    #[test]
    fn a_large_vessel_gets_few_rows_that_count_the_other_parts() {
        let mut parts = vec![(None, true, None)];
        // Two hundred branches of 25 parts each.
        for branch in 0..200 {
            let first = parts.len();
            parts.push((Some(0), true, None));
            parts.extend((0..24).map(|at| (Some(first + at), true, None)));
            assert_eq!(parts.len(), first + 25, "{branch}");
        }
        let rows = rows(&tree(&parts));
        let drawn = rows
            .iter()
            .filter(|row| matches!(row.content, RowContent::Part { .. }));
        assert_eq!(drawn.count(), MAX_ROWS);
        let left: usize = (rows.iter())
            .map(|row| match row.content {
                RowContent::More(more) => more,
                RowContent::Part { .. } => 0,
            })
            .sum();
        assert_eq!(left + MAX_ROWS, parts.len());
    }

    #[test]
    fn a_deep_chain_does_not_overflow_the_stack() {
        let chain = tree_of_chain(10_000);
        assert_eq!(rows(&chain).len(), MAX_ROWS + 1);
    }

    /// A chain, built in linear time.
    fn tree_of_chain(parts: usize) -> PartTree {
        let mut chain = tree(&[(None, true, None)]);
        let first = chain.parts[0].clone();
        chain.parts = (0..parts)
            .map(|at| TreePart {
                parent: at.checked_sub(1),
                children: (at + 1 < parts).then_some(at + 1).into_iter().collect(),
                attachment: match at {
                    0 => Attachment::Root,
                    _ => Attachment::Stack { node: None },
                },
                ..first.clone()
            })
            .collect();
        chain
    }
}
