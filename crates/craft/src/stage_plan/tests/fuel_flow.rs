//! Which tanks are drained, and in what order.

use super::{Confidence, assert_near, part, plan_of, reasons};
use crate::stage_plan::Stage;
use std::fmt::Write;

/// This many tonnes of fuel, in the proportion in which liquid-fuel engines burn it.
fn fuel(tonnes: f64, more: &str) -> String {
    let mut text = String::new();
    for (name, share) in [("LiquidFuel", 0.45), ("Oxidizer", 0.55)] {
        let units = tonnes * share / 0.005;
        let amounts = format!("amount = {units}\nmaxAmount = {units}\n{more}");
        writeln!(text, "RESOURCE{{name = {name}\n{amounts}\n}}").unwrap();
    }
    text
}

/// A probe whose charge is 0, so that nothing has to be assumed.
fn probe(links: &[(&str, usize)]) -> String {
    let empty = "RESOURCE{name = ElectricCharge\namount = 0\nmaxAmount = 10\n}";
    part("probeCoreOcto.v2", 1, -1, links, empty)
}

/// A tank with an engine, and another tank below a decoupler that lets fuel pass and fires in stage 0. Each tank
/// holds a tonne and has a stage and more fields.
fn over_an_open_decoupler(upper: (i32, &str), lower: (i32, &str)) -> Vec<Stage> {
    let open =
        "attN = top,fuelTank_2\nMODULE{name = ModuleToggleCrossfeed\ncrossfeedStatus = True\n}";
    let text = probe(&[("fuelTank", 2)])
        + &part(
            "fuelTank",
            2,
            upper.0,
            &[("Decoupler.1", 3), ("liquidEngine2.v2", 5)],
            &(fuel(1.0, "") + upper.1),
        )
        + &part("Decoupler.1", 3, 0, &[("fuelTank", 4)], open)
        + &part("fuelTank", 4, lower.0, &[], &(fuel(1.0, "") + lower.1))
        + &part("liquidEngine2.v2", 5, 1, &[], "");
    plan_of(&text, None).stages
}

/// Seconds in which the Swivel, 215 kN at 320 s, burns a tonne of fuel.
const SECONDS_A_TONNE: f64 = 14.596;

#[test]
fn tanks_of_the_highest_priority_empty_first() {
    for (upper, lower, first, left) in [
        // By their stages: the lower one is empty after a tonne and is dropped.
        ((0, ""), (1, ""), 1.0, 1.0),
        // By the player's priority, which overrides the stages.
        ((0, "resPri = 11"), (1, ""), 2.0, 0.0),
        // With the same priority they are drained together.
        ((-1, ""), (-1, ""), 2.0, 0.0),
        ((0, "resPri = 10"), (1, ""), 2.0, 0.0),
    ] {
        let stages = over_an_open_decoupler(upper, lower);
        let burnt = stages[0].burn_time.value.unwrap();
        assert!(
            (burnt - first * SECONDS_A_TONNE).abs() < 0.01,
            "{upper:?} {lower:?}: {burnt}"
        );
        // What is left of the fuel.
        let rest = stages[1].wet_mass.value.unwrap() - stages[1].dry_mass.value.unwrap();
        assert!((rest - left).abs() < 1e-6, "{upper:?} {lower:?}: {rest}");
    }
}

/// A Twin-Boar, 2,000 kN at 300 s with 32 t of fuel in it, ignites first and is attached to the tank above it, whose
/// stage counts for both. By its own stage its tank would empty first, and the other would be dropped full.
#[test]
fn a_tank_in_an_engine_has_the_priority_of_its_parent() {
    let text = probe(&[("Decoupler.1", 2)])
        + &part(
            "Decoupler.1",
            2,
            -1,
            &[("fuelTank", 3)],
            "attN = top,probeCoreOcto.v2_1",
        )
        + &part(
            "fuelTank",
            3,
            0,
            &[("Size2LFB.v2", 4), ("radialDecoupler", 5)],
            &fuel(1.0, ""),
        )
        + &part("Size2LFB.v2", 4, 2, &[], &fuel(32.0, ""))
        + &part(
            "radialDecoupler",
            5,
            1,
            &[("fuelTank", 6)],
            "srfN = srfAttach,fuelTank_3\nMODULE{name = ModuleToggleCrossfeed\ncrossfeedStatus = True\n}",
        )
        + &part("fuelTank", 6, 1, &[], &fuel(1.0, ""));
    let plan = plan_of(&text, None);
    // The side tank is dropped once it is empty. After that the two others are drained together.
    let burnt = plan.stages[0].wet_mass.value.unwrap() - plan.stages[0].dry_mass.value.unwrap();
    assert!((burnt - 1.0).abs() < 1e-6, "{burnt}");
    assert_eq!(plan.stages[1].phases.len(), 1);
}

#[test]
fn a_tank_that_is_shut_off_is_dead_weight() {
    for (shut, burns) in [
        ("", true),
        ("flowState = True\nflowMode = Both", true),
        ("flowMode = Out", true),
        ("flowState = False", false),
        ("flowMode = In", false),
        ("flowMode = None", false),
    ] {
        let text = probe(&[("fuelTank", 2)])
            + &part(
                "fuelTank",
                2,
                -1,
                &[("liquidEngine2.v2", 3)],
                &fuel(1.0, shut),
            )
            + &part("liquidEngine2.v2", 3, 0, &[], "");
        let stage = &plan_of(&text, None).stages[0];
        // 0.1 t of probe, 0.25 t of tank, 1.5 t of engine, and the fuel either way.
        assert_near(&stage.wet_mass, 2.85, Confidence::Exact);
        assert_eq!(!stage.engines.is_empty(), burns, "{shut}");
    }
}

#[test]
fn a_tank_on_the_surface_of_another_feeds_its_engine() {
    let text = probe(&[("fuelTank", 2)])
        + &part(
            "fuelTank",
            2,
            -1,
            &[("fuelTank", 3), ("liquidEngine2.v2", 4)],
            &fuel(1.0, ""),
        )
        + &part(
            "fuelTank",
            3,
            -1,
            &[],
            &("attm = 1\nsrfN = srfAttach,fuelTank_2\n".to_owned() + &fuel(1.0, "")),
        )
        + &part("liquidEngine2.v2", 4, 0, &[], "");
    let stage = &plan_of(&text, None).stages[0];
    assert_near(&stage.burn_time, 29.19, Confidence::Exact);
}

#[test]
fn a_fuel_duct_leads_where_the_file_says_unless_its_end_is_lost() {
    // A side tank behind a decoupler, with a duct to the tank with the engine.
    let with = |duct: &str| {
        let text = probe(&[("fuelTank", 42), ("radialDecoupler", 3)])
            + &part(
                "fuelTank",
                42,
                -1,
                &[("liquidEngine2.v2", 5)],
                &("persistentId = 777\n".to_owned() + &fuel(1.0, "")),
            )
            + &part("radialDecoupler", 3, -1, &[("fuelTank", 6)], "")
            + &part("fuelTank", 6, -1, &[("fuelLine", 7)], &fuel(1.0, ""))
            + &part("fuelLine", 7, -1, &[], duct)
            + &part("liquidEngine2.v2", 5, 0, &[], "");
        plan_of(&text, None).stages[0].clone()
    };
    for (duct, seconds, key) in [
        (
            "PARTDATA{tgt = 42\ntpersID = 777\n}",
            29.19,
            "RocketEquation",
        ),
        // The persistent number finds it where the other does not.
        (
            "PARTDATA{tgt = 43\ntpersID = 777\n}",
            29.19,
            "RocketEquation",
        ),
        // It was never connected.
        ("PARTDATA{tgt = 0\ntpersID = 0\n}", 14.6, "RocketEquation"),
        ("PARTDATA{tgt = 43\n}", 14.6, "LostDuctEnd"),
        // A number that was never set identifies no part.
        (
            "persistentId = 0\nPARTDATA{tgt = 43\ntpersID = 0\n}",
            14.6,
            "LostDuctEnd",
        ),
        // A number in another block identifies no part.
        ("MODULE{tgt = 42\n}", 14.6, "LostDuctEnd"),
        ("", 14.6, "LostDuctEnd"),
    ] {
        let stage = with(duct);
        let burnt = stage.burn_time.value.unwrap();
        assert!((burnt - seconds).abs() < 0.01, "{duct}: {burnt}");
        assert_eq!(reasons(&stage.delta_v_vacuum), [key], "{duct}");
    }
}

#[test]
fn a_duct_of_a_save_leads_to_a_part_of_its_own_launch() {
    // Two vessels of one craft, docked: they share the numbers of its file. Only the second has an engine.
    let part = |name: &str, number: u32, launch: char, parent: usize, more: &str| {
        format!(
            "PART{{name = {name}\ncid = {number}\nmid = {launch}\nparent = {parent}\n{more}\n}}\n"
        )
    };
    let duct = "PARTDATA{tgt = 2\n}";
    for (launch, seconds) in [('b', 29.19), ('a', 14.6)] {
        let parts = part("probeCoreOcto.v2", 1, 'a', 0, "")
            + &part("structuralIBeam1", 9, 'a', 0, "")
            + &part("fuelTank", 2, 'a', 1, "")
            + &part("structuralIBeam1", 9, 'b', 0, "")
            + &part("fuelTank", 2, 'b', 3, &fuel(1.0, ""))
            + &part("liquidEngine2.v2", 3, 'b', 4, "istg = 0")
            + &part("structuralIBeam1", 9, launch, 0, "")
            + &part("fuelTank", 4, launch, 6, &fuel(1.0, ""))
            + &part("fuelLine", 5, launch, 7, duct);
        let vessel = format!("VESSEL{{name = Two\nroot = 0\n{parts}}}");
        let text = format!("GAME{{FLIGHTSTATE{{{vessel}}}}}");
        let burnt = plan_of(&text, None).stages[0].burn_time.value.unwrap();
        assert!((burnt - seconds).abs() < 0.01, "{launch}: {burnt}");
    }
}

#[test]
fn a_docking_port_blocks_fuel_if_it_is_switched_to() {
    for (switch, burns) in [("True", true), ("False", false)] {
        let port = format!("MODULE{{name = ModuleDockingNode\ncrossfeed = {switch}\n}}");
        let text = probe(&[("fuelTank", 2)])
            + &part("fuelTank", 2, -1, &[("dockingPort2", 3)], &fuel(1.0, ""))
            + &part("dockingPort2", 3, -1, &[("liquidEngine2.v2", 4)], &port)
            + &part("liquidEngine2.v2", 4, 0, &[], "");
        let stage = &plan_of(&text, None).stages[0];
        assert_eq!(!stage.engines.is_empty(), burns, "{switch}");
    }
}

#[test]
fn the_limit_of_a_control_thruster_does_not_limit_the_engine() {
    for (module, thrust) in [
        ("ModuleEngines", 107.5),
        ("ModuleEnginesFX", 107.5),
        ("ModuleRCSFX", 215.0),
    ] {
        let limit = format!("MODULE{{name = {module}\nthrustPercentage = 50\n}}");
        let text = probe(&[("fuelTank", 2)])
            + &part(
                "fuelTank",
                2,
                -1,
                &[("liquidEngine2.v2", 3)],
                &fuel(1.0, ""),
            )
            + &part("liquidEngine2.v2", 3, 0, &[], &limit);
        let phase = &plan_of(&text, None).stages[0].phases[0];
        assert!((phase.thrust - thrust).abs() < 1e-9, "{module}");
    }
}

/// A core of two tanks and four boosters of two tanks, each with a Mainsail. The outer pair supplies the inner pair, which
/// supplies the core. It is the “Mainsail Tin Can Asparagus” of the tests of `MechJeb`'s own simulation
/// (`MechJebLibTest/FuelFlowSimulationTests`), whose fixtures were captured in the game: masses, priorities
/// of the tanks and the three burns are as they are there.
#[test]
fn an_asparagus_of_five_engines_burns_as_in_the_game() {
    let tank = |number, stage, links: &[(&str, usize)], surface: &str| {
        part(
            "Rockomax64.BW",
            number,
            stage,
            links,
            &(surface.to_owned() + "\n" + &fuel(32.0, "")),
        )
    };
    let engine = |number| part("liquidEngineMainsail.v2", number, 3, &[], "sqor = 0");
    let charge = "RESOURCE{name = ElectricCharge\namount = 30\nmaxAmount = 30\n}";
    let struts = (30..34).map(|number| ("strutConnector", number));
    let below: Vec<_> = std::iter::once(("liquidEngineMainsail.v2", 8))
        .chain(struts)
        .collect();
    let mut text = part(
        "probeStackLarge",
        1,
        -1,
        &[("rocketNoseCone.v3", 2), ("batteryBankLarge", 3)],
        charge,
    ) + &part("rocketNoseCone.v3", 2, -1, &[], "")
        + &part("batteryBankLarge", 3, -1, &[("asasmodule1-2", 4)], charge)
        + &part(
            "asasmodule1-2",
            4,
            -1,
            &[
                ("largeSolarPanel", 5),
                ("largeSolarPanel", 9),
                ("Rockomax64.BW", 6),
            ],
            "",
        )
        + &part("largeSolarPanel", 5, -1, &[], "")
        + &part("largeSolarPanel", 9, -1, &[], "")
        + &tank(
            6,
            -1,
            &[
                ("Rockomax64.BW", 7),
                ("radialDecoupler2", 101),
                ("radialDecoupler2", 201),
                ("radialDecoupler2", 301),
                ("radialDecoupler2", 401),
            ],
            "",
        )
        + &tank(7, -1, &below, "")
        + &engine(8);
    for number in 30..34 {
        text += &part("strutConnector", number, -1, &[], "PARTDATA{tgt = 7777\n}");
    }
    // The inner pair is dropped in stage 0, the outer in stage 1; each has a duct to a lower tank further in.
    for (first, stage, to) in [(100, 0, 7), (200, 0, 7), (300, 1, 104), (400, 1, 204)] {
        let on_core = "srfN = srfAttach,Rockomax64.BW_6,collider";
        let duct = format!("PARTDATA{{tgt = {to}\ntpersID = 0\n}}");
        text += &part(
            "radialDecoupler2",
            first + 1,
            stage,
            &[("Rockomax64.BW", first + 2)],
            on_core,
        );
        text += &tank(
            first + 2,
            stage,
            &[
                ("rocketNoseCone.v3", first + 3),
                ("Rockomax64.BW", first + 4),
                ("launchClamp1", first + 7),
            ],
            "attm = 1",
        );
        text += &part("rocketNoseCone.v3", first + 3, stage, &[], "");
        let lower = [
            ("liquidEngineMainsail.v2", first + 5),
            ("fuelLine", first + 6),
        ];
        text += &tank(first + 4, stage, &lower, "");
        text += &engine(first + 5);
        text += &part("fuelLine", first + 6, stage, &[], &duct);
        text += &part("launchClamp1", first + 7, 2, &[], "sqor = 0");
    }
    let plan = plan_of(&text, None);
    assert_eq!(super::numbers(&plan), [3, 2, 1, 0]);
    assert_eq!(
        reasons(&plan.stages[0].delta_v_vacuum),
        ["HeldByClamps"],
        "the clamps hold it"
    );
    for (stage, wet, dry, seconds, delta_v) in [
        (&plan.stages[1], 393.1, 265.1, 51.884, 1197.653),
        (&plan.stages[2], 236.5, 108.5, 86.473, 2368.810),
        (&plan.stages[3], 79.9, 15.9, 129.709, 4908.048),
    ] {
        assert_near(&stage.wet_mass, wet, Confidence::Exact);
        assert_near(&stage.dry_mass, dry, Confidence::Exact);
        assert_near(&stage.burn_time, seconds, Confidence::Exact);
        assert_near(&stage.delta_v_vacuum, delta_v, Confidence::Exact);
    }
}
