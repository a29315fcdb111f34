//! A stage plan: its totals, the stages as a stack and as a table, and why figures are not exact.

use super::super::confidence::{assumption, reason};
use super::figure::{Cell, shown};
use super::part_counts::part_counts;
use crate::i18n::{Lang, time};
use crate::islands::use_lang;
use crate::kinds::vessel::page_texts as messages;
use crate::ui::DetailList;
use craft::{Reason, Stage, StagePlan, Statement};
use leptos::prelude::*;

/// The width of the picture in units; a unit is a pixel on a phone.
const WIDTH: f64 = 360.0;
const ROW: f64 = 68.0;
/// The x coordinates of the vessel's axis and of the left edge of the text.
const AXIS: f64 = 46.0;
const TEXT: f64 = 100.0;
/// Half the width of the heaviest stage, and the smallest half width of a stage.
const HALF: f64 = 38.0;
const MIN_HALF: f64 = 9.0;
/// Maximum number of stages in the picture; the table has the others.
const DRAWN: usize = 40;
/// Maximum number of stages in the table; the file has the others.
const LISTED: usize = 200;

#[component]
pub fn PlanView(plan: StagePlan) -> impl IntoView {
    let lang = use_lang();
    let total = &plan.total;
    let details = [
        (
            messages::MASS,
            format!("{}\u{a0}t", shown(lang, &total.mass, 2)),
        ),
        (
            messages::TOTAL_DELTA_V,
            format!("{}\u{a0}m/s", shown(lang, &total.delta_v_vacuum, 0)),
        ),
        (messages::STAGES, plan.stages.len().to_string()),
    ];
    let stages = if plan.stages.is_empty() {
        view! { <p class="empty">{messages::NO_STAGES.get(lang)}</p> }.into_any()
    } else {
        view! {
            <section aria-labelledby="picture">
                <h2 id="picture">{messages::PICTURE.get(lang)}</h2>
                {picture(lang, &plan)}
            </section>
            <section aria-labelledby="stages">
                <h2 id="stages">{messages::STAGES.get(lang)}</h2>
                {table(lang, &plan)}
                <p class="aside">{messages::LEGEND.get(lang)}</p>
            </section>
            {phases(lang, &plan)}
        }
        .into_any()
    };
    view! {
        <DetailList details=details.into() />
        {stages}
        {reasons(lang, &plan)}
    }
}

/// The stages as on the launch pad: the first to fire is at the bottom.
fn picture(lang: Lang, plan: &StagePlan) -> AnyView {
    let drawn: Vec<_> = plan.stages.iter().take(DRAWN).rev().collect();
    let most = |figure: fn(&Stage) -> f64| drawn.iter().map(|one| figure(one)).fold(0.0, f64::max);
    let (heaviest, fastest) = (most(mass), most(speed));
    let mut y = 4.0;
    let bands = drawn.iter().map(|stage| {
        let band = draw(
            lang,
            stage,
            y,
            mass(stage) / heaviest.max(1e-9),
            speed(stage) / fastest.max(1e-9),
        );
        y += ROW;
        band
    });
    let bands = bands.collect_view();
    let describes = messages::plan_picture(lang, &plan.vessel.name, plan.stages.len());
    view! {
        <svg
            class="vessel-picture"
            viewBox=format!("0 0 {WIDTH} {}", y + 4.0)
            role="img"
            aria-label=describes
        >
            {bands}
        </svg>
    }
    .into_any()
}

/// The mass that the picture shows, which is its known part.
fn mass(stage: &Stage) -> f64 {
    let mass = stage.wet_mass.value.or(stage.wet_mass.at_least);
    mass.unwrap_or(0.0)
}

fn speed(stage: &Stage) -> f64 {
    stage.delta_v_vacuum.value.unwrap_or(0.0)
}

/// A stage as a block whose width shows its mass, with its figures and a bar for its Δv.
fn draw(lang: Lang, stage: &Stage, y: f64, mass: f64, speed: f64) -> AnyView {
    let half = (HALF * mass.cbrt()).max(MIN_HALF);
    let burns = !stage.engines.is_empty();
    let body = if burns { ROW - 20.0 } else { ROW - 6.0 };
    let (left, right, bottom) = (AXIS - half, AXIS + half, y + body);
    let bell = burns.then(|| {
        let (narrow, wide, end) = (half * 0.3, half * 0.6, bottom + 12.0);
        let path = format!(
            "M{:.1} {bottom:.1}H{:.1}L{:.1} {end:.1}H{:.1}z",
            AXIS - narrow,
            AXIS + narrow,
            AXIS + wide,
            AXIS - wide
        );
        view! { <path class="stage-bell" d=path /> }
    });
    let delta_v = format!("Δv\u{a0}{}\u{a0}m/s", shown(lang, &stage.delta_v_vacuum, 0));
    let second = if burns {
        format!(
            "{}\u{a0}t · TWR\u{a0}{} · {}\u{a0}s",
            shown(lang, &stage.wet_mass, 2),
            shown(lang, &stage.twr_vacuum, 2),
            shown(lang, &stage.burn_time, 0)
        )
    } else {
        format!("{}\u{a0}t", shown(lang, &stage.wet_mass, 2))
    };
    let width = (WIDTH - TEXT - 8.0) * speed;
    let bar = (speed > 0.0).then(|| {
        view! {
            <rect
                class="stage-bar"
                x=TEXT
                y=y + 46.0
                width=format!("{:.1}", width.max(2.0))
                height="6"
                rx="3"
            />
        }
    });
    view! {
        <g>
            <rect
                class="stage-body"
                x=format!("{left:.1}")
                y=y
                width=format!("{:.1}", right - left)
                height=body
                rx="4"
            />
            {bell}
            <text class="stage-name" x=TEXT y=y + 16.0>
                {messages::stage(lang, stage.number)}
            </text>
            <text class="stage-speed" x=WIDTH - 8.0 y=y + 16.0 text-anchor="end">
                {delta_v}
            </text>
            <text class="stage-facts" x=TEXT y=y + 36.0>
                {second}
            </text>
            {bar}
        </g>
    }
    .into_any()
}

fn table(lang: Lang, plan: &StagePlan) -> AnyView {
    let heads = [
        messages::STAGE,
        messages::ENGINES,
        messages::OWN_PARTS,
        messages::WET,
        messages::DRY,
        messages::DELTA_V,
        messages::DELTA_V_SEA,
        messages::TWR,
        messages::TWR_SEA,
        messages::BURN,
    ];
    let heads = heads.map(|head| {
        let words = head == messages::ENGINES || head == messages::OWN_PARTS;
        view! {
            <th scope="col" class:words=words>
                {head.get(lang)}
            </th>
        }
    });
    let rows = plan
        .stages
        .iter()
        .take(LISTED)
        .map(|stage| row(lang, stage));
    let total = plan.total.clone();
    view! {
        <div class="scrolled" tabindex="0" role="group" aria-labelledby="stages">
            <table class="figures">
                <thead>
                    <tr>{heads.collect_view()}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row" colspan="3">
                            {messages::TOTAL.get(lang)}
                        </th>
                        <Cell figure=total.mass digits=2 />
                        <td></td>
                        <Cell figure=total.delta_v_vacuum digits=0 />
                        <Cell figure=total.delta_v_sea_level digits=0 />
                        <td></td>
                        <td></td>
                        <Cell figure=total.burn_time digits=1 />
                    </tr>
                </tfoot>
            </table>
        </div>
        {(plan.stages.len() > LISTED)
            .then(|| view! { <p class="aside">{messages::FOLDER_CUT.get(lang)}</p> })}
    }
    .into_any()
}

fn row(lang: Lang, stage: &Stage) -> impl IntoView + use<> {
    let own = stage.own_parts.iter().map(|one| one.count).sum();
    let engines = if stage.engines.is_empty() {
        "–".to_owned()
    } else {
        part_counts(&stage.engines)
    };
    let stage = stage.clone();
    view! {
        <tr>
            <th scope="row">{stage.number}</th>
            <td class="words">
                <bdi>{engines}</bdi>
            </td>
            <td class="words" title=part_counts(&stage.own_parts)>
                {messages::parts(lang, own)}
            </td>
            <Cell figure=stage.wet_mass digits=2 />
            <Cell figure=stage.dry_mass digits=2 />
            <Cell figure=stage.delta_v_vacuum digits=0 />
            <Cell figure=stage.delta_v_sea_level digits=0 />
            <Cell figure=stage.twr_vacuum digits=2 />
            <Cell figure=stage.twr_sea_level digits=2 />
            <Cell figure=stage.burn_time digits=1 />
        </tr>
    }
}

/// The stages whose burn has several phases.
fn phases(lang: Lang, plan: &StagePlan) -> Option<AnyView> {
    let stages = plan.stages.iter().take(LISTED);
    let cut: Vec<_> = stages.filter(|stage| stage.phases.len() > 1).collect();
    if cut.is_empty() {
        return None;
    }
    let lists = cut.into_iter().map(|stage| {
        let items = stage.phases.iter().take(DRAWN).map(|phase| {
            let line = format!(
                "{}: {}\u{a0}s, {}\u{a0}m/s",
                part_counts(&phase.engines),
                time::fixed(lang, phase.burn_time, 1),
                time::fixed(lang, phase.delta_v, 0)
            );
            view! { <li dir="auto">{line}</li> }
        });
        view! {
            <h3>{messages::stage(lang, stage.number)}</h3>
            <ol>{items.collect_view()}</ol>
        }
    });
    let view = view! {
        <details class="input">
            <summary>{messages::PHASES.get(lang)}</summary>
            {lists.collect_view()}
        </details>
    };
    Some(view.into_any())
}

/// Each reason once with its stages, then the notes on the whole plan.
fn reasons(lang: Lang, plan: &StagePlan) -> AnyView {
    let mut found: Vec<(&Statement<Reason>, Vec<i32>)> = Vec::new();
    for stage in &plan.stages {
        let figures = [&stage.wet_mass, &stage.dry_mass, &stage.delta_v_vacuum];
        for one in figures.into_iter().flat_map(|figure| &figure.reasons) {
            match found.iter_mut().find(|(known, _)| *known == one) {
                Some((_, stages)) if stages.last() == Some(&stage.number) => {}
                Some((_, stages)) => stages.push(stage.number),
                None => found.push((one, vec![stage.number])),
            }
        }
    }
    let items = found.into_iter().map(|(one, stages)| {
        let stages: Vec<_> = stages.iter().take(LISTED).map(i32::to_string).collect();
        view! {
            <li dir="auto">
                {reason(lang, one)} " "
                <span class="row-facts">
                    {messages::STAGES.get(lang)} "\u{a0}" {stages.join(", ")}
                </span>
            </li>
        }
    });
    let assumptions = plan
        .assumptions
        .iter()
        .map(|one| view! { <li>{assumption(lang, one)}</li> });
    view! {
        <section aria-labelledby="confidence" class="confidence">
            <h2 id="confidence">{messages::WHY.get(lang)}</h2>
            <ul>{items.collect_view()} {assumptions.collect_view()}</ul>
        </section>
    }
    .into_any()
}
