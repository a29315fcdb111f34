mod feeding;
mod letting_go;
mod rules;

use super::plan;
use crate::kinds::vessel::reading::read;
use crate::studio::vessel::{Certainty, Figure, Stage, StagePlan};
use Certainty::{Estimated, Exact, Unknown};
use std::fmt::Write;

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!("../../../../samples/craft/", $name))
    };
}

fn planned(text: &str, vessel: Option<&str>) -> StagePlan {
    let vessel = read(text.as_bytes(), vessel, &mut |_, _| true).unwrap();
    plan(&vessel, &|| false, &mut |_, _, _| true).unwrap()
}

/// A part of a craft in one line; its links are numbers of parts.
fn part(name: &str, number: usize, stage: i32, links: &[(&str, usize)], more: &str) -> String {
    let mut text = format!("PART{{part = {name}_{number}\nistg = {stage}\n{more}\n");
    for (name, number) in links {
        writeln!(text, "link = {name}_{number}").unwrap();
    }
    text + "}\n"
}

/// Within half a unit of the last digit that is written here.
fn near(figure: &Figure, expected: f64, certainty: Certainty) {
    let value = figure.value.unwrap();
    let digits = expected.to_string();
    let digits = digits.split_once('.').map_or(0, |(_, digits)| digits.len());
    let unit = 0.1_f64.powi(i32::try_from(digits).unwrap());
    assert!(
        (value - expected).abs() <= unit / 2.0,
        "{value} is not {expected}"
    );
    assert_eq!(figure.certainty, certainty, "{figure:?}");
}

fn keys(figure: &Figure) -> Vec<&str> {
    figure
        .reasons
        .iter()
        .map(|reason| reason.said.key.as_str())
        .collect()
}

fn numbers(plan: &StagePlan) -> Vec<i32> {
    plan.stages.iter().map(|stage| stage.number).collect()
}

fn names(stage: &Stage) -> Vec<(&str, usize)> {
    let all = stage.own_parts.iter();
    all.map(|one| (one.name.as_str(), one.count)).collect()
}

/// Reckoned by hand. The pod weighs 0.8 t and holds 10 × 0.004 t of monopropellant, the parachute
/// 0.1 t, the decoupler 0.04 t, the tank 0.25 t and 400 × 0.005 t of fuel, the engine 1.5 t:
/// 4.73 t, of which 2 t burn. 320 s × 9.80665 m/s² × ln(4.73 / 2.73) = 1724.79 m/s; 215 kN over
/// 4.73 t × 9.80665 m/s² is 4.635; 2 t at 215 kN / (320 s × 9.80665 m/s²) last 29.19 s.
#[test]
fn a_simple_craft_is_as_it_is_by_hand() {
    let plan = planned(sample!("Pebble.craft"), None);
    assert_eq!(numbers(&plan), [2, 1, 0]);
    let first = &plan.stages[0];
    near(&first.wet_mass, 4.73, Exact);
    near(&first.dry_mass, 2.73, Exact);
    near(&first.delta_v_vacuum, 1724.79, Exact);
    near(&first.delta_v_sea_level, 1347.49, Exact);
    near(&first.twr_vacuum, 4.635, Exact);
    near(&first.twr_sea_level, 3.621, Exact);
    near(&first.burn_time, 29.19, Exact);
    assert_eq!(first.phases.len(), 1);
    assert_eq!(keys(&first.wet_mass), ["reason.table"]);
    assert_eq!(keys(&first.delta_v_vacuum), ["reason.rocket_equation"]);
    assert_eq!(
        names(first),
        [("Decoupler.1", 1), ("fuelTank", 1), ("liquidEngine2.v2", 1)]
    );
    let last = &plan.stages[2];
    near(&last.wet_mass, 0.94, Exact);
    near(&last.delta_v_vacuum, 0.0, Exact);
    assert_eq!(keys(&last.delta_v_vacuum), ["reason.no_engine"]);
    near(&plan.total.mass, 4.73, Exact);
    near(&plan.total.delta_v_vacuum, 1724.79, Exact);
    near(&plan.total.burn_time, 29.19, Exact);
}

/// Reckoned by hand: two boosters of 227 kN and 195 s beside an engine of 215 kN and 320 s burn
/// for 23.69 s, then the core alone for 34.69 s, then an engine of 60 kN and 345 s.
#[test]
fn boosters_burn_beside_their_core_and_leave_it_the_rest() {
    let plan = planned(sample!("Skipping Stone.craft"), None);
    assert_eq!(numbers(&plan), [3, 2, 1, 0]);
    let [first, second, third, last] = &plan.stages[..] else {
        panic!("{:?}", numbers(&plan));
    };
    near(&first.wet_mass, 15.87, Exact);
    near(&first.dry_mass, 8.6217, Exact);
    near(&first.delta_v_vacuum, 1334.28, Exact);
    near(&first.delta_v_sea_level, 1124.39, Exact);
    near(&first.twr_vacuum, 4.299, Exact);
    near(&first.burn_time, 23.69, Exact);
    assert_eq!(
        names(first),
        [("radialDecoupler2", 2), ("solidBooster.v2", 2)]
    );
    near(&second.wet_mass, 7.0217, Exact);
    near(&second.dry_mass, 4.645, Exact);
    near(&second.delta_v_vacuum, 1296.73, Exact);
    near(&second.burn_time, 34.69, Exact);
    assert_eq!(second.drops.len(), 2);
    near(&third.wet_mass, 2.605, Exact);
    near(&third.delta_v_vacuum, 1638.56, Exact);
    near(&last.wet_mass, 0.94, Exact);
    near(&plan.total.delta_v_vacuum, 4269.57, Exact);
}

/// Reckoned by hand: three engines empty the two side tanks first, for 38.92 s; the core's own tank
/// is then full.
#[test]
fn ducts_empty_the_outer_tanks_first() {
    let plan = planned(sample!("Orchard.craft"), None);
    let [first, second] = &plan.stages[..] else {
        panic!("{:?}", numbers(&plan));
    };
    near(&first.wet_mass, 18.25, Exact);
    near(&first.dry_mass, 10.25, Exact);
    near(&first.delta_v_vacuum, 1810.35, Exact);
    near(&first.burn_time, 38.92, Exact);
    near(&second.wet_mass, 6.1, Exact);
    near(&second.delta_v_vacuum, 3346.35, Exact);
    near(&second.burn_time, 58.38, Exact);
}

#[test]
fn what_the_table_does_not_have_is_never_made_up() {
    let plan = planned(sample!("Heron.craft"), None);
    let [first, second] = &plan.stages[..] else {
        panic!("{:?}", numbers(&plan));
    };
    for figure in [&first.wet_mass, &first.dry_mass, &plan.total.mass] {
        assert_eq!((figure.value, figure.certainty), (None, Unknown));
        assert_eq!(keys(figure)[0], "reason.unknown_parts");
    }
    assert_eq!(first.wet_mass.at_least, Some(4.63));
    for figure in [&first.delta_v_vacuum, &first.twr_vacuum, &first.burn_time] {
        assert_eq!((figure.value, figure.at_least), (None, None));
    }
    assert!(first.phases.is_empty());
    assert!(first.wet_mass.reasons[0].text.contains("heron.WarpTank"));
    // It is dropped with that stage: above it everything is known.
    near(&second.wet_mass, 0.84, Exact);
    assert_eq!(plan.total.delta_v_vacuum.value, None);
    assert_eq!(plan.vessel.unknown_parts[0].name, "heron.WarpTank");
}

#[test]
fn a_vessel_in_flight_burns_what_was_lit_with_what_is_left() {
    let plan = planned(sample!("harbour.sfs"), Some("Pebble in orbit"));
    assert_eq!(numbers(&plan), [2, 1, 0]);
    let first = &plan.stages[0];
    near(&first.wet_mass, 3.71, Exact);
    assert_eq!(keys(&first.wet_mass), ["reason.save"]);
    // 320 s × 9.80665 m/s² × ln(3.71 / 2.71)
    near(&first.delta_v_vacuum, 985.63, Exact);
    // The save says what a part of a mod weighs, and not what else it is.
    let plan = planned(sample!("harbour.sfs"), Some("Reed"));
    assert_eq!(plan.stages[0].wet_mass.certainty, Exact);
    assert_eq!(plan.stages[0].delta_v_vacuum.certainty, Estimated);
    assert_eq!(
        keys(&plan.stages[0].delta_v_vacuum),
        ["reason.unknown_feed"]
    );
}

const TANK: (&str, usize) = ("fuelTank", 2);
const ENGINE: (&str, usize) = ("liquidEngine2.v2", 3);

#[test]
fn a_burn_waits_for_the_clamps_that_weigh_nothing() {
    let text = part("mk1pod.v2", 1, -1, &[TANK], "")
        + &part("fuelTank", 2, -1, &[ENGINE, ("launchClamp1", 4)], "")
        + &part("liquidEngine2.v2", 3, 1, &[], "")
        + &part("launchClamp1", 4, 0, &[], "");
    let plan = planned(&text, None);
    assert_eq!(keys(&plan.stages[0].delta_v_vacuum), ["reason.held"]);
    near(&plan.stages[0].wet_mass, 4.59, Estimated);
    near(&plan.stages[1].dry_mass, 2.59, Estimated);
    assert_eq!(keys(&plan.stages[1].wet_mass), ["reason.assumed_full"]);
    assert!(plan.stages[1].delta_v_vacuum.value > Some(1000.0));
}

#[test]
fn a_decoupler_stops_fuel_and_drops_its_far_side() {
    // The engine hangs below a decoupler: the tank above does not feed it.
    let decoupler = ("Decoupler.1", 4);
    let text = part("mk1pod.v2", 1, -1, &[TANK], "")
        + &part("fuelTank", 2, -1, &[decoupler], "")
        + &part("Decoupler.1", 4, 0, &[ENGINE], "attN = top,fuelTank_2")
        + &part("liquidEngine2.v2", 3, 1, &[], "");
    let plan = planned(&text, None);
    near(&plan.stages[0].delta_v_vacuum, 0.0, Exact);
    assert_eq!(plan.stages[1].parts, 2);
    // Turned around, it stays and lets go of what is at its top.
    let turned = text.replace("top,fuelTank_2", "top,liquidEngine2.v2_3");
    let plan = planned(&turned, None);
    assert_eq!(plan.stages[1].parts, 3);
    assert_eq!(plan.stages[1].drops[0].name, "liquidEngine2.v2");
}

#[test]
fn engines_that_go_out_one_after_another_make_phases() {
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
    let plan = planned(&text, None);
    let phases = &plan.stages[0].phases;
    assert_eq!(phases.len(), 2);
    assert!((phases[1].burn_time - 2.0 * phases[0].burn_time).abs() < 1e-6);
    assert!((phases[0].thrust - 454.0).abs() < 1e-9 && (phases[1].thrust - 227.0).abs() < 1e-9);
    assert!((phases[0].end_mass - phases[1].start_mass).abs() < 1e-9);
}

#[test]
fn what_cannot_be_reckoned_says_why() {
    let with = |name: &str, more: &str, engine: &str| {
        let text = part("mk1pod.v2", 1, -1, &[(name, 2)], "")
            + &part(name, 2, -1, &[(engine, 3)], more)
            + &part(engine, 3, 0, &[], "");
        planned(&text, None).stages[0].clone()
    };
    let fuel = "RESOURCE{name=LiquidFuel\namount=100\nmaxAmount=100\n}";
    let jet = with("fuelTank", fuel, "turboFanEngine");
    assert_eq!(
        (jet.delta_v_vacuum.value, jet.dry_mass.at_least),
        (None, None)
    );
    assert!(keys(&jet.delta_v_vacuum).contains(&"reason.air"));
    let xenon = "RESOURCE{name=XenonGas\namount=100\nmaxAmount=100\n}";
    let ion = with("fuelTank", xenon, "ionEngine");
    assert!(keys(&ion.delta_v_vacuum).contains(&"reason.electric"));
    let strange = "RESOURCE{name=Unobtainium\namount=1\nmaxAmount=1\n}";
    let strange = with("fuelTank", strange, "liquidEngine2.v2");
    assert!(keys(&strange.wet_mass).contains(&"reason.unknown_resources"));
    let fairing = with("fairingSize1", "", "liquidEngine2.v2");
    assert!(keys(&fairing.wet_mass).contains(&"reason.fairing"));
}

#[test]
fn more_stages_than_any_vessel_has_are_refused_and_a_wish_is_heard() {
    let links: Vec<_> = (2..=502).map(|number| ("Decoupler.1", number)).collect();
    let mut text = part("mk1pod.v2", 1, -1, &links, "");
    for (_, number) in &links {
        let stage = i32::try_from(*number).unwrap();
        text += &part("Decoupler.1", *number, stage, &[], "");
    }
    let vessel = read(text.as_bytes(), None, &mut |_, _| true).unwrap();
    let said = plan(&vessel, &|| false, &mut |_, _, _| true)
        .unwrap_err()
        .to_string();
    assert!(said.contains("more than 500 stages"), "{said}");
    let vessel = read(sample!("Pebble.craft").as_bytes(), None, &mut |_, _| true).unwrap();
    let mut told = 0;
    let stopped = plan(&vessel, &|| false, &mut |_, _, _| {
        told += 1;
        false
    });
    assert!(stopped.is_err());
    assert_eq!(told, 1);
}

#[test]
fn a_switch_for_fuel_is_heeded_and_an_engine_plate_parts_its_lower_stage() {
    // A decoupler between tank and engine lets fuel pass once it is switched so.
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
        let stage = &planned(&text, None).stages[0];
        assert_eq!(!stage.engines.is_empty(), burns, "{between} {more}");
    }
}

/// 669 kN of three engines over what they burn, (454 / 195 + 215 / 320) kN a second of impulse.
#[test]
fn the_impulse_of_a_phase_is_that_of_all_its_engines_by_what_they_burn() {
    let plan = planned(sample!("Skipping Stone.craft"), None);
    let phase = &plan.stages[0].phases[0];
    assert!((phase.isp - 222.994).abs() < 1e-3, "{phase:?}");
    assert!((phase.start_mass - 15.87).abs() < 1e-9, "{phase:?}");
}

#[test]
fn a_sum_is_as_certain_as_the_least_certain_and_the_last_stage_has_all_that_is_left() {
    let misled = sample!("Orchard.craft").replace("tgt = 4293843008", "tgt = 7");
    let plan = planned(&misled, None);
    assert_eq!(plan.total.delta_v_vacuum.certainty, Estimated);
    assert_eq!(keys(&plan.total.delta_v_vacuum), ["reason.ducts"]);
    let plan = planned(sample!("Pebble.craft"), None);
    let [.., last] = &plan.stages[..] else {
        panic!("{:?}", numbers(&plan));
    };
    assert_eq!(names(last), [("mk1pod.v2", 1), ("parachuteSingle", 1)]);
}
