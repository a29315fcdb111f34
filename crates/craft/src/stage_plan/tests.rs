//! Plans of the sample files, and of crafts of a few parts.

mod decoupling;
mod fuel_flow;
mod rules;

use super::{Stage, StagePlan, stage_plan, stage_plan_with_progress};
use crate::error::Error;
use crate::figure::{Confidence, Figure};
use crate::file::read_vessel;
use Confidence::{Estimated, Exact, Unknown};
use std::fmt::Write;
use std::ops::ControlFlow;

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!("../../../../samples/craft/", $name))
    };
}

fn plan_of(text: &str, vessel: Option<&str>) -> StagePlan {
    let vessel = read_vessel(text.as_bytes(), vessel).unwrap();
    stage_plan(&vessel).unwrap()
}

/// A part of a craft, with links to parts by name and number.
fn part(name: &str, number: usize, stage: i32, links: &[(&str, usize)], more: &str) -> String {
    let mut text = format!("PART{{part = {name}_{number}\nistg = {stage}\n{more}\n");
    for (name, number) in links {
        writeln!(text, "link = {name}_{number}").unwrap();
    }
    text + "}\n"
}

/// Asserts a value to within half a unit of the last digit of `expected`.
fn assert_near(figure: &Figure, expected: f64, confidence: Confidence) {
    let value = figure.value.unwrap();
    let digits = expected.to_string();
    let digits = digits.split_once('.').map_or(0, |(_, digits)| digits.len());
    let unit = 0.1_f64.powi(i32::try_from(digits).unwrap());
    assert!(
        (value - expected).abs() <= unit / 2.0,
        "{value} is not {expected}"
    );
    assert_eq!(figure.confidence, confidence, "{figure:?}");
}

/// The variants of a figure's reasons, without their fields.
fn reasons(figure: &Figure) -> Vec<String> {
    let known = figure.reasons.iter().flat_map(|reason| &reason.known);
    let name = |debug: String| debug.split(' ').next().unwrap_or_default().to_owned();
    known.map(|reason| name(format!("{reason:?}"))).collect()
}

fn has_reason(figure: &Figure, reason: &str) -> bool {
    reasons(figure).iter().any(|one| one == reason)
}

fn numbers(plan: &StagePlan) -> Vec<i32> {
    plan.stages.iter().map(|stage| stage.number).collect()
}

fn own_parts(stage: &Stage) -> Vec<(&str, usize)> {
    let all = stage.own_parts.iter();
    all.map(|one| (one.name.as_str(), one.count)).collect()
}

/// Calculated by hand. The pod weighs 0.8 t and holds 10 × 0.004 t of monopropellant, the parachute
/// 0.1 t, the decoupler 0.04 t, the tank 0.25 t and 400 × 0.005 t of fuel, the engine 1.5 t:
/// 4.73 t, of which 2 t burn. 320 s × 9.80665 m/s² × ln(4.73 / 2.73) = 1724.79 m/s; 215 kN over
/// 4.73 t × 9.80665 m/s² is 4.635; 2 t at 215 kN / (320 s × 9.80665 m/s²) last 29.19 s.
#[test]
fn a_simple_craft_has_the_figures_calculated_by_hand() {
    let plan = plan_of(sample!("Pebble.craft"), None);
    assert_eq!(numbers(&plan), [2, 1, 0]);
    let first = &plan.stages[0];
    assert_near(&first.wet_mass, 4.73, Exact);
    assert_near(&first.dry_mass, 2.73, Exact);
    assert_near(&first.delta_v_vacuum, 1724.79, Exact);
    assert_near(&first.delta_v_sea_level, 1347.49, Exact);
    assert_near(&first.twr_vacuum, 4.635, Exact);
    assert_near(&first.twr_sea_level, 3.621, Exact);
    assert_near(&first.burn_time, 29.19, Exact);
    assert_eq!(first.phases.len(), 1);
    assert_eq!(reasons(&first.wet_mass), ["PartTable"]);
    assert_eq!(reasons(&first.delta_v_vacuum), ["RocketEquation"]);
    assert_eq!(
        own_parts(first),
        [("Decoupler.1", 1), ("fuelTank", 1), ("liquidEngine2.v2", 1)]
    );
    let last = &plan.stages[2];
    assert_near(&last.wet_mass, 0.94, Exact);
    assert_near(&last.delta_v_vacuum, 0.0, Exact);
    assert_eq!(reasons(&last.delta_v_vacuum), ["NoEngine"]);
    assert_near(&plan.total.mass, 4.73, Exact);
    assert_near(&plan.total.delta_v_vacuum, 1724.79, Exact);
    assert_near(&plan.total.burn_time, 29.19, Exact);
}

/// Calculated by hand: two boosters of 227 kN and 195 s beside an engine of 215 kN and 320 s burn
/// for 23.69 s, then the core alone for 34.69 s, then an engine of 60 kN and 345 s.
#[test]
fn boosters_burn_together_with_their_core() {
    let plan = plan_of(sample!("Skipping Stone.craft"), None);
    assert_eq!(numbers(&plan), [3, 2, 1, 0]);
    let [first, second, third, last] = &plan.stages[..] else {
        panic!("{:?}", numbers(&plan));
    };
    assert_near(&first.wet_mass, 15.87, Exact);
    assert_near(&first.dry_mass, 8.6217, Exact);
    assert_near(&first.delta_v_vacuum, 1334.28, Exact);
    assert_near(&first.delta_v_sea_level, 1124.39, Exact);
    assert_near(&first.twr_vacuum, 4.299, Exact);
    assert_near(&first.burn_time, 23.69, Exact);
    assert_eq!(
        own_parts(first),
        [("radialDecoupler2", 2), ("solidBooster.v2", 2)]
    );
    assert_near(&second.wet_mass, 7.0217, Exact);
    assert_near(&second.dry_mass, 4.645, Exact);
    assert_near(&second.delta_v_vacuum, 1296.73, Exact);
    assert_near(&second.burn_time, 34.69, Exact);
    assert_eq!(second.drops.len(), 2);
    assert_near(&third.wet_mass, 2.605, Exact);
    assert_near(&third.delta_v_vacuum, 1638.56, Exact);
    assert_near(&last.wet_mass, 0.94, Exact);
    assert_near(&plan.total.delta_v_vacuum, 4269.57, Exact);
}

/// Calculated by hand: three engines empty the two side tanks first, for 38.92 s; the core's own tank
/// is then full.
#[test]
fn fuel_ducts_empty_the_outer_tanks_first() {
    let plan = plan_of(sample!("Orchard.craft"), None);
    let [first, second] = &plan.stages[..] else {
        panic!("{:?}", numbers(&plan));
    };
    assert_near(&first.wet_mass, 18.25, Exact);
    assert_near(&first.dry_mass, 10.25, Exact);
    assert_near(&first.delta_v_vacuum, 1810.35, Exact);
    assert_near(&first.burn_time, 38.92, Exact);
    assert_near(&second.wet_mass, 6.1, Exact);
    assert_near(&second.delta_v_vacuum, 3346.35, Exact);
    assert_near(&second.burn_time, 58.38, Exact);
}

#[test]
fn a_part_that_is_not_in_the_table_makes_its_stage_unknown() {
    let plan = plan_of(sample!("Heron.craft"), None);
    let [first, second] = &plan.stages[..] else {
        panic!("{:?}", numbers(&plan));
    };
    for figure in [&first.wet_mass, &first.dry_mass, &plan.total.mass] {
        assert_eq!((figure.value, figure.confidence), (None, Unknown));
        assert_eq!(reasons(figure)[0], "UnknownParts");
    }
    assert_eq!(first.wet_mass.at_least, Some(4.63));
    for figure in [&first.delta_v_vacuum, &first.twr_vacuum, &first.burn_time] {
        assert_eq!((figure.value, figure.at_least), (None, None));
    }
    assert!(first.phases.is_empty());
    let text = &first.wet_mass.reasons[0].text;
    assert!(text.contains("heron.WarpTank"), "{text}");
    // The unknown part is dropped with that stage; everything above it is known.
    assert_near(&second.wet_mass, 0.84, Exact);
    assert_eq!(plan.total.delta_v_vacuum.value, None);
    assert_eq!(plan.vessel.unknown_parts[0].name, "heron.WarpTank");
}

#[test]
fn a_vessel_in_flight_burns_ignited_engines_with_the_fuel_that_is_left() {
    let plan = plan_of(sample!("harbour.sfs"), Some("Pebble in orbit"));
    assert_eq!(numbers(&plan), [2, 1, 0]);
    let first = &plan.stages[0];
    assert_near(&first.wet_mass, 3.71, Exact);
    assert_eq!(reasons(&first.wet_mass), ["SavedMasses"]);
    // 320 s × 9.80665 m/s² × ln(3.71 / 2.71)
    assert_near(&first.delta_v_vacuum, 985.63, Exact);
    // The save has the mass of a part of a mod, but not what kind of part it is.
    let plan = plan_of(sample!("harbour.sfs"), Some("Reed"));
    assert_eq!(plan.stages[0].wet_mass.confidence, Exact);
    assert_eq!(plan.stages[0].delta_v_vacuum.confidence, Estimated);
    assert_eq!(reasons(&plan.stages[0].delta_v_vacuum), ["PossibleTanks"]);
}

const TANK: (&str, usize) = ("fuelTank", 2);
const ENGINE: (&str, usize) = ("liquidEngine2.v2", 3);

#[test]
fn a_burn_waits_for_launch_clamps_which_have_no_mass() {
    let text = part("mk1pod.v2", 1, -1, &[TANK], "")
        + &part("fuelTank", 2, -1, &[ENGINE, ("launchClamp1", 4)], "")
        + &part("liquidEngine2.v2", 3, 1, &[], "")
        + &part("launchClamp1", 4, 0, &[], "");
    let plan = plan_of(&text, None);
    assert_eq!(reasons(&plan.stages[0].delta_v_vacuum), ["HeldByClamps"]);
    assert_near(&plan.stages[0].wet_mass, 4.59, Estimated);
    assert_near(&plan.stages[1].dry_mass, 2.59, Estimated);
    assert_eq!(reasons(&plan.stages[1].wet_mass), ["AssumedFull"]);
    assert!(plan.stages[1].delta_v_vacuum.value > Some(1000.0));
}

#[test]
fn a_decoupler_blocks_fuel_and_drops_its_far_side() {
    // The engine is below a decoupler: the tank above does not feed it.
    let decoupler = ("Decoupler.1", 4);
    let text = part("mk1pod.v2", 1, -1, &[TANK], "")
        + &part("fuelTank", 2, -1, &[decoupler], "")
        + &part("Decoupler.1", 4, 0, &[ENGINE], "attN = top,fuelTank_2")
        + &part("liquidEngine2.v2", 3, 1, &[], "");
    let plan = plan_of(&text, None);
    assert_near(&plan.stages[0].delta_v_vacuum, 0.0, Exact);
    assert_eq!(plan.stages[1].parts, 2);
    // Turned around, it stays and drops the part at its top.
    let turned = text.replace("top,fuelTank_2", "top,liquidEngine2.v2_3");
    let plan = plan_of(&turned, None);
    assert_eq!(plan.stages[1].parts, 3);
    assert_eq!(plan.stages[1].drops[0].name, "liquidEngine2.v2");
}

#[test]
fn engines_that_burn_out_one_after_another_make_phases() {
    let booster = |number, units: u32| {
        let more = format!("RESOURCE{{name=SolidFuel\namount={units}\nmaxAmount=375\n}}");
        part("solidBooster.v2", number, 0, &[], &more)
    };
    let text = part(
        "mk1pod.v2",
        1,
        -1,
        &[("solidBooster.v2", 2), ("solidBooster.v2", 3)],
        "",
    ) + &booster(2, 100)
        + &booster(3, 300);
    let plan = plan_of(&text, None);
    let phases = &plan.stages[0].phases;
    assert_eq!(phases.len(), 2);
    assert!((phases[1].burn_time - 2.0 * phases[0].burn_time).abs() < 1e-6);
    assert!((phases[0].thrust - 454.0).abs() < 1e-9 && (phases[1].thrust - 227.0).abs() < 1e-9);
    assert!((phases[0].end_mass - phases[1].start_mass).abs() < 1e-9);
}

#[test]
fn a_figure_that_is_not_exact_has_its_reason() {
    let with = |name: &str, more: &str, engine: &str| {
        let text = part("mk1pod.v2", 1, -1, &[(name, 2)], "")
            + &part(name, 2, -1, &[(engine, 3)], more)
            + &part(engine, 3, 0, &[], "");
        plan_of(&text, None).stages[0].clone()
    };
    let fuel = "RESOURCE{name=LiquidFuel\namount=100\nmaxAmount=100\n}";
    let jet = with("fuelTank", fuel, "turboFanEngine");
    assert_eq!(
        (jet.delta_v_vacuum.value, jet.dry_mass.at_least),
        (None, None)
    );
    assert!(has_reason(&jet.delta_v_vacuum, "BreathesAir"));
    let xenon = "RESOURCE{name=XenonGas\namount=100\nmaxAmount=100\n}";
    let ion = with("fuelTank", xenon, "ionEngine");
    assert!(has_reason(&ion.delta_v_vacuum, "ElectricEngine"));
    let strange = "RESOURCE{name=Unobtainium\namount=1\nmaxAmount=1\n}";
    let strange = with("fuelTank", strange, "liquidEngine2.v2");
    assert!(has_reason(&strange.wet_mass, "UnknownResources"));
    let fairing = with("fairingSize1", "", "liquidEngine2.v2");
    assert!(has_reason(&fairing.wet_mass, "FairingShell"));
}

#[test]
fn more_than_500_stages_are_rejected() {
    let links: Vec<_> = (2..=502).map(|number| ("Decoupler.1", number)).collect();
    let mut text = part("mk1pod.v2", 1, -1, &links, "");
    for (_, number) in &links {
        let stage = i32::try_from(*number).unwrap();
        text += &part("Decoupler.1", *number, stage, &[], "");
    }
    let vessel = read_vessel(text.as_bytes(), None).unwrap();
    let plan = stage_plan(&vessel);
    assert!(
        matches!(plan, Err(Error::ManyStages { limit: 500 })),
        "{plan:?}"
    );
}

#[test]
fn a_plan_stops_when_its_caller_asks_after_a_stage() {
    let vessel = read_vessel(sample!("Pebble.craft").as_bytes(), None).unwrap();
    let mut stages = 0;
    let plan = stage_plan_with_progress(&vessel, &|| false, &mut |progress| {
        stages += 1;
        assert_eq!((progress.done, progress.stages), (1, 3));
        ControlFlow::Break(())
    });
    assert!(matches!(plan, Err(Error::Stopped)), "{plan:?}");
    assert_eq!(stages, 1);
}

#[test]
fn a_plan_stops_when_its_caller_asks_during_a_burn() {
    let vessel = read_vessel(sample!("Pebble.craft").as_bytes(), None).unwrap();
    let plan = stage_plan_with_progress(&vessel, &|| true, &mut |progress| {
        panic!("{progress:?}");
    });
    assert!(matches!(plan, Err(Error::Stopped)), "{plan:?}");
}

#[test]
fn a_crossfeed_switch_is_respected_and_an_engine_plate_blocks_fuel_below() {
    // A decoupler between tank and engine lets fuel pass if it is switched to.
    let switch = "MODULE{name=ModuleToggleCrossfeed\ncrossfeedStatus=True\n}";
    let plate = "attN=top,fuelTank_2\nattN=bottom,liquidEngine2.v2_3";
    for (between, more, burns) in [
        ("Decoupler.1", "", false),
        ("Decoupler.1", switch, true),
        ("EnginePlate2", "", true),
        ("EnginePlate2", plate, false),
    ] {
        let text = part("mk1pod.v2", 1, -1, &[TANK], "")
            + &part("fuelTank", 2, -1, &[(between, 4)], "")
            + &part(between, 4, -1, &[ENGINE], more)
            + &part("liquidEngine2.v2", 3, 0, &[], "");
        let stage = &plan_of(&text, None).stages[0];
        assert_eq!(!stage.engines.is_empty(), burns, "{between} {more}");
    }
}

/// 669 kN of three engines over what they burn, (454 / 195 + 215 / 320) kN a second of impulse.
#[test]
fn the_specific_impulse_of_a_phase_is_weighted_by_the_fuel_of_its_engines() {
    let plan = plan_of(sample!("Skipping Stone.craft"), None);
    let phase = &plan.stages[0].phases[0];
    assert!((phase.isp - 222.994).abs() < 1e-3, "{phase:?}");
    assert!((phase.start_mass - 15.87).abs() < 1e-9, "{phase:?}");
}

#[test]
fn a_total_is_as_certain_as_its_least_certain_stage() {
    let misled = sample!("Orchard.craft").replace("tgt = 4293843008", "tgt = 7");
    let plan = plan_of(&misled, None);
    assert_eq!(plan.total.delta_v_vacuum.confidence, Estimated);
    assert_eq!(reasons(&plan.total.delta_v_vacuum), ["LostDuctEnd"]);
    let plan = plan_of(sample!("Pebble.craft"), None);
    let [.., last] = &plan.stages[..] else {
        panic!("{:?}", numbers(&plan));
    };
    assert_eq!(own_parts(last), [("mk1pod.v2", 1), ("parachuteSingle", 1)]);
}
