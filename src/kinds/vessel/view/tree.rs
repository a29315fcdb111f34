//! A part tree: its details, its picture, and its parts by kind as a table.

use super::rows::{Row, RowContent, rows};
use crate::i18n::{Lang, time};
use crate::islands::use_lang;
use crate::kinds::vessel::page_texts as messages;
use crate::ui::DetailList;
use craft::{Amount, Attachment, PartTree, TreePart};
use leptos::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The width of the picture in units; a unit is a pixel on a phone.
const WIDTH: usize = 360;
const ROW: usize = 26;
const INDENT: usize = 15;
/// The deepest indent; deeper branches get the same.
const MAX_INDENT: usize = 10;
/// The width of a letter, in units.
const LETTER: f64 = 6.4;
/// The width of the stage column at the right, in units.
const STAGE: usize = 40;
/// Maximum number of rows in the table.
const LISTED: usize = 200;

#[component]
pub fn TreeView(tree: PartTree) -> impl IntoView {
    let lang = use_lang();
    let details = [
        (messages::TABLE, time::number(lang, tree.parts.len() as u64)),
        (messages::DEPTH, time::number(lang, tree.depth as u64)),
        (
            messages::SYMMETRY,
            time::number(lang, tree.symmetry_groups.len() as u64),
        ),
        (messages::RESOURCES, resources(lang, &tree.resources)),
    ];
    view! {
        <DetailList details=details.into() />
        <section aria-labelledby="picture">
            <h2 id="picture">{messages::PICTURE.get(lang)}</h2>
            {picture(lang, &tree)}
        </section>
        <section aria-labelledby="parts">
            <h2 id="parts">{messages::TABLE.get(lang)}</h2>
            {table(lang, &tree)}
        </section>
    }
}

fn resources(lang: Lang, all: &[Amount]) -> String {
    if all.is_empty() {
        return "–".to_owned();
    }
    let shown = all.iter().take(12).map(|one| {
        let amount = time::decimal(lang, one.amount);
        format!("{}\u{a0}{amount}", one.name)
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn picture(lang: Lang, tree: &PartTree) -> AnyView {
    let rows = rows(tree);
    let height = rows.len() * ROW + 8;
    // SVG paints in order: the lines go below the parts.
    let lines = rows.iter().enumerate().filter_map(|(at, row)| {
        let path = connector(&rows, at, row.parent?);
        Some(view! { <path class="tree-line" d=path /> })
    });
    let drawn = rows.iter().enumerate().map(|(at, row)| match row.content {
        RowContent::Part { part, count } => draw_part(lang, &tree.parts[part], count, at, row),
        RowContent::More(more) => draw_more(lang, more, at, row),
    });
    let describes = messages::tree_picture(lang, &tree.vessel.name, rows.len(), tree.parts.len());
    view! {
        <svg
            class="vessel-picture"
            viewBox=format!("0 0 {WIDTH} {height}")
            role="img"
            aria-label=describes
        >
            {lines.collect_view()} {drawn.collect_view()}
        </svg>
    }
    .into_any()
}

fn left(row: &Row) -> usize {
    14 + row.indent.min(MAX_INDENT) * INDENT
}

fn middle(at: usize) -> usize {
    at * ROW + ROW / 2 + 4
}

/// The path from a parent row down and across to a row.
fn connector(rows: &[Row], at: usize, parent: usize) -> String {
    let (from, to) = (left(&rows[parent]), left(&rows[at]));
    format!("M{from} {}V{}H{to}", middle(parent), middle(at))
}

fn draw_part(lang: Lang, part: &TreePart, count: usize, at: usize, row: &Row) -> AnyView {
    let (x, y) = (left(row), middle(at));
    let times = if count > 1 {
        format!("{count}\u{a0}× ")
    } else {
        String::new()
    };
    let name = format!("{times}{}", part.title);
    let stage = part.stage.map(|stage| {
        view! {
            <text class="tree-stage" x=WIDTH - 6 y=y + 4 text-anchor="end">
                {format!("S{stage}")}
            </text>
        }
    });
    let category = part.category.as_deref().unwrap_or("unknown");
    let surface = part.attachment == Attachment::Surface;
    let whole = format!(
        "{name} · {} · {}",
        part.name,
        attachment_text(lang, &part.attachment)
    );
    view! {
        <g>
            <title>{whole}</title>
            <path
                class=format!("glyph glyph-{}", class_of(category))
                class:on-surface=surface
                transform=format!("translate({x} {y})")
                d=glyph(category)
            />
            <text class="tree-name" x=x + 13 y=y + 4>
                {fit(&name, WIDTH - STAGE - x - 13)}
            </text>
            {stage}
        </g>
    }
    .into_any()
}

fn draw_more(lang: Lang, more: usize, at: usize, row: &Row) -> AnyView {
    view! {
        <text class="tree-more" x=left(row) + 4 y=middle(at) + 4>
            {messages::more_parts(lang, more)}
        </text>
    }
    .into_any()
}

/// The name, shortened to fit into this many units.
fn fit(name: &str, units: usize) -> String {
    let mut width = 0.0;
    let room = f64::from(u32::try_from(units).unwrap_or(0));
    for (at, _) in name.char_indices() {
        width += LETTER;
        if width > room {
            return format!("{}…", name[..at].trim_end());
        }
    }
    name.to_owned()
}

fn attachment_text(lang: Lang, attachment: &Attachment) -> String {
    match attachment {
        Attachment::Root => messages::ROOT.get(lang).to_owned(),
        Attachment::Surface => messages::BY_SURFACE.get(lang).to_owned(),
        Attachment::Stack { node: None } => messages::BY_STACK.get(lang).to_owned(),
        Attachment::Stack { node: Some(node) } => {
            format!("{} ({node})", messages::BY_STACK.get(lang))
        }
    }
}

/// The style class of a category that has its own colour as well as its own shape.
fn class_of(category: &str) -> &'static str {
    match category {
        "engine" | "booster" => "engine",
        "tank" => "tank",
        "pod" | "command-seat" => "pod",
        "decoupler" | "separator" => "decoupler",
        "unknown" => "unknown",
        _ => "other",
    }
}

/// The shape of a category, around its centre.
fn glyph(category: &str) -> &'static str {
    match category {
        "pod" | "command-seat" => "M-3-6H3L7 6H-7z",
        "tank" => "M-5-7H5V7H-5z",
        "engine" => "M-3-7H3V-2L6 7H-6L-3-2z",
        "booster" => "M0-8L4-4V5H-4V-4zM-3 5L-5 8H5L3 5z",
        "decoupler" | "separator" => "M-7-3H7V-1H-7zM-7 1H7V3H-7z",
        "parachute" => "M-7 0A7 7 0 0 1 7 0L1 7H-1z",
        "aero" => "M-1-7H1L7 7H-1z",
        "wheel" => "M0-6A6 6 0 1 1-.1-6zM0-2A2 2 0 1 0 .1-2z",
        "unknown" => "M-6-6H6V6H-6zM-4-4V4H4V-4z",
        _ => "M0-5L5 0 0 5-5 0z",
    }
}

/// The parts by kind, the most frequent first.
fn table(lang: Lang, tree: &PartTree) -> AnyView {
    type Kind<'a> = (usize, &'a TreePart, Option<i32>, Option<i32>);
    let mut kinds: BTreeMap<&str, Kind> = BTreeMap::new();
    for part in &tree.parts {
        let kind = kinds.entry(&part.name).or_insert((0, part, None, None));
        kind.0 += 1;
        kind.2 = kind.2.into_iter().chain(part.stage).min();
        kind.3 = kind.3.max(part.stage);
    }
    let mut kinds: Vec<_> = kinds.into_values().collect();
    kinds.sort_by_key(|kind| Reverse(kind.0));
    let left_out = kinds.len().saturating_sub(LISTED);
    let rows = kinds.into_iter().take(LISTED).map(|(count, part, first, last)| {
        let stages = match (first, last) {
            (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
            (Some(first), _) => first.to_string(),
            _ => "–".to_owned(),
        };
        let known = part.category.is_some();
        view! {
            <tr>
                <th scope="row">
                    <bdi>{part.title.clone()}</bdi>
                    {(!known)
                        .then(|| view! { <span class="row-facts">" ("{messages::UNKNOWN.get(lang)}")"</span> })}
                </th>
                <td>{time::number(lang, count as u64)}</td>
                <td>{stages}</td>
            </tr>
        }
    });
    view! {
        <div class="scrolled" tabindex="0" role="group" aria-labelledby="parts">
            <table class="figures">
                <thead>
                    <tr>
                        <th scope="col">{messages::PART.get(lang)}</th>
                        <th scope="col">{messages::COUNT.get(lang)}</th>
                        <th scope="col">{messages::STAGE.get(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        {(left_out > 0).then(|| view! { <p class="aside">{messages::FOLDER_CUT.get(lang)}</p> })}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn a_long_name_is_shortened() {
        assert_eq!(fit("Tank", 100), "Tank");
        assert_eq!(fit("RE-M3 Mainsail", 45), "RE-M3 M…");
        assert_eq!(fit("é × é", 13), "é…");
        assert_eq!(fit("a", 0), "…");
    }
}
