//! Rule by rule, on crafts of a few parts.

use super::{ENGINE, TANK, keys, near, numbers, part, planned};
use crate::studio::vessel::Certainty::{Estimated, Exact, Unknown};

#[test]
fn a_part_is_in_a_stage_where_the_game_lists_it_or_it_always_is() {
    let off = "sidx=0\nMODULE{name=ModuleDecouple\nstagingEnabled=False\n}";
    for (name, more, staged) in [
        ("structuralPanel1", "", false),
        ("structuralPanel1", "sidx=-1\nsqor=-1", false),
        ("structuralPanel1", "sidx=0\nsqor=-1", true),
        ("structuralPanel1", "sidx=-1\nsqor=0", true),
        ("structuralPanel1", off, false),
        ("Decoupler.1", "", true),
        ("Decoupler.1", off, false),
        ("Separator.1", "", true),
        ("parachuteSingle", "", true),
        ("fairingSize1", "", true),
    ] {
        let text = part("mk1pod.v2", 1, -1, &[(name, 2)], "") + &part(name, 2, 3, &[], more);
        let expected: &[i32] = if staged { &[3] } else { &[] };
        assert_eq!(numbers(&planned(&text, None)), expected, "{name} {more}");
    }
}

#[test]
fn an_engine_pushes_as_far_as_its_limit_lets_it() {
    for (limit, thrust) in [
        ("100", Some(215.0)),
        ("50", Some(107.5)),
        ("150", Some(215.0)),
        ("much", Some(215.0)),
        ("0", None),
    ] {
        let more = format!("MODULE{{name=ModuleEngines\nthrustPercentage={limit}\n}}");
        let text = part("mk1pod.v2", 1, -1, &[TANK], "")
            + &part("fuelTank", 2, -1, &[ENGINE], "")
            + &part("liquidEngine2.v2", 3, 0, &[], &more);
        let phases = &planned(&text, None).stages[0].phases;
        assert_eq!(phases.first().map(|one| one.thrust), thrust, "{limit}");
    }
    let off = "MODULE{name=ModuleEngines\nthrustPercentage=0\n}";
    let text = part("mk1pod.v2", 1, -1, &[TANK], "")
        + &part("fuelTank", 2, -1, &[ENGINE, ("liquidEngine2.v2", 4)], "")
        + &part("liquidEngine2.v2", 3, 0, &[], "")
        + &part("liquidEngine2.v2", 4, 0, &[], off);
    assert_eq!(planned(&text, None).stages[0].engines[0].count, 1);
}

#[test]
fn a_part_weighs_what_its_file_says_or_else_what_the_table_does() {
    // The pod weighs 0.8 t and holds 10 × 0.004 t when it is new.
    for (more, mass, certainty) in [
        ("", 0.84, Estimated),
        ("modMass = 0.05", 0.89, Estimated),
        ("modMass = inf", 0.84, Estimated),
        ("mass = 0.7", 0.74, Estimated),
        ("mass = -0.7", 0.84, Estimated),
        ("RESOURCE{name=MonoPropellant\namount=5\n}", 0.82, Exact),
        (
            "RESOURCE{name=MonoPropellant\namount=-5\n}",
            0.84,
            Estimated,
        ),
        (
            "RESOURCE{name=MonoPropellant\namount=NaN\n}",
            0.84,
            Estimated,
        ),
        ("RESOURCE{name=Unobtainium\namount=0\n}", 0.8, Exact),
    ] {
        let plan = planned(&part("mk1pod.v2", 1, -1, &[], more), None);
        near(&plan.total.mass, mass, certainty);
    }
}

const FULL: &str = "RESOURCE{name=LiquidFuel\namount=180\n}RESOURCE{name=Oxidizer\namount=220\n}";
const ON_TANK: &str = "srfN=srfAttach,fuelTank_2";
const EMPTY_POD: &str = "RESOURCE{name=MonoPropellant\namount=0\n}";

#[test]
fn fuel_comes_through_what_lets_it_pass_and_xenon_through_everything() {
    let off = "MODULE{name=ModuleToggleCrossfeed\ncrossfeedStatus=False\n}";
    let xenon = "RESOURCE{name=XenonGas\namount=100\n}";
    for (between, switch, held, engine, of_engine, burns, reason) in [
        (
            "Decoupler.1",
            "",
            FULL,
            "liquidEngine2.v2",
            "",
            false,
            "reason.no_engine",
        ),
        (
            "Decoupler.1",
            "",
            xenon,
            "ionEngine",
            "",
            true,
            "reason.electric",
        ),
        (
            "stackBiCoupler",
            "",
            FULL,
            "liquidEngine2.v2",
            "",
            true,
            "reason.unknown_crossfeed",
        ),
        (
            "stackBiCoupler",
            off,
            FULL,
            "liquidEngine2.v2",
            "",
            false,
            "reason.no_engine",
        ),
        // An engine that lets no fuel pass has only what it holds itself.
        (
            "fuelTank",
            "",
            FULL,
            "liquidEngine2.v2",
            off,
            false,
            "reason.no_engine",
        ),
        (
            "mod.Coupler",
            "mass=1",
            FULL,
            "liquidEngine2.v2",
            "",
            true,
            "reason.unknown_feed",
        ),
        (
            "mod.Coupler",
            off,
            FULL,
            "liquidEngine2.v2",
            "",
            false,
            "reason.no_engine",
        ),
    ] {
        let text = part("mk1pod.v2", 1, -1, &[TANK], EMPTY_POD)
            + &part("fuelTank", 2, -1, &[(between, 4)], held)
            + &part(between, 4, -1, &[(engine, 3)], switch)
            + &part(engine, 3, 0, &[], of_engine);
        let stage = &planned(&text, None).stages[0];
        assert_eq!(
            !stage.engines.is_empty(),
            burns,
            "{between} {switch} {engine}"
        );
        assert!(keys(&stage.delta_v_vacuum).contains(&reason), "{stage:?}");
    }
}

/// Two tanks beside each other with a duct each way: each is drawn on once.
#[test]
fn ducts_in_a_circle_have_an_end_and_ducts_that_are_gone_feed_nothing() {
    let side = |more: &str| {
        part("radialDecoupler2", 4, 1, &[("fuelTank", 5)], ON_TANK)
            + &part("fuelTank", 5, 1, &[("fuelLine", 7)], FULL)
            + &part("fuelLine", 7, -1, &[], more)
    };
    let links = [ENGINE, ("radialDecoupler2", 4), ("fuelLine", 6)];
    let core = |stage| {
        part("mk1pod.v2", 1, -1, &[TANK], EMPTY_POD)
            + &part("fuelTank", 2, -1, &links, FULL)
            + &part("liquidEngine2.v2", 3, stage, &[], "")
            + &part("fuelLine", 6, -1, &[], "PARTDATA{tgt=5\n}")
    };
    let plan = planned(&(core(2) + &side("PARTDATA{tgt=2\n}")), None);
    // The side tank first, and what it leaves of the core's is burnt alone.
    near(&plan.stages[0].dry_mass, 4.95, Exact);
    near(&plan.stages[1].dry_mass, 2.6, Exact);
    let plan = planned(&(core(0) + &side("")), None);
    assert_eq!(plan.stages[1].delta_v_vacuum.certainty, Exact);
}

#[test]
fn a_vessel_in_flight_burns_with_engines_that_were_lit_before() {
    let save = |fired: i32| {
        format!(
            "VESSEL{{name=A\nroot=0\nstg={fired}\nPART{{name=mk1pod.v2\nmass=0.8\n{EMPTY_POD}}}\
             PART{{name=fuelTank\nparent=0\nmass=0.25\n{FULL}}}\
             PART{{name=liquidEngine2.v2\nparent=1\nmass=1.5\nistg=3\n}}\
             PART{{name=parachuteSingle\nparent=0\nmass=0.1\nistg=0\n}}}}"
        )
    };
    for (fired, stages) in [(4, &[3, 0][..]), (3, &[3, 0]), (2, &[2, 0]), (0, &[0])] {
        let plan = planned(&save(fired), None);
        assert_eq!(numbers(&plan), stages);
        near(&plan.stages[0].delta_v_vacuum, 1764.59, Exact);
    }
}

#[test]
fn a_part_that_nobody_knows_may_push_where_it_is_staged() {
    for (more, certainty, reason) in [
        ("mass=1", Exact, "reason.no_engine"),
        ("mass=1\nsidx=0", Unknown, "reason.unknown_engines"),
    ] {
        let links = [("mod.Thing", 2), ("parachuteSingle", 3)];
        let text = part("mk1pod.v2", 1, -1, &links, EMPTY_POD)
            + &part("mod.Thing", 2, 0, &[], more)
            + &part("parachuteSingle", 3, 0, &[], "");
        let figure = &planned(&text, None).stages[0].delta_v_vacuum;
        assert_eq!((figure.certainty, keys(figure)[0]), (certainty, reason));
        assert_eq!(figure.value.is_some(), certainty == Exact);
    }
}

#[test]
fn what_is_doubted_is_doubted_as_long_as_it_is_there() {
    // A jet that is lit while clamps hold the vessel burns nobody knows how much.
    let text = part("mk1pod.v2", 1, -1, &[TANK], EMPTY_POD)
        + &part(
            "fuelTank",
            2,
            -1,
            &[("turboFanEngine", 3), ("launchClamp1", 4)],
            FULL,
        )
        + &part("turboFanEngine", 3, 1, &[], "")
        + &part("launchClamp1", 4, 0, &[], "");
    let plan = planned(&text, None);
    assert_eq!(plan.total.mass.certainty, Exact);
    assert_eq!(keys(&plan.stages[1].wet_mass), ["reason.air"]);
    // What weighs nobody knows what bears on no burn: once it is gone, all is exact.
    let strange = "RESOURCE{name=Unobtainium\namount=1\n}";
    let text = part("mk1pod.v2", 1, -1, &[TANK], EMPTY_POD)
        + &part("fuelTank", 2, -1, &[ENGINE, ("radialDecoupler2", 4)], FULL)
        + &part("liquidEngine2.v2", 3, 1, &[], "")
        + &part("radialDecoupler2", 4, 0, &[("fuelTank", 5)], ON_TANK)
        + &part("fuelTank", 5, -1, &[], strange);
    let plan = planned(&text, None);
    assert_eq!(plan.stages[0].wet_mass.certainty, Unknown);
    near(&plan.stages[1].wet_mass, 2.55, Exact);
    assert_eq!(
        keys(&plan.total.delta_v_vacuum),
        ["reason.unknown_resources"]
    );
}

#[test]
fn a_plan_has_at_most_so_many_stages_phases_and_names() {
    let links: Vec<_> = (2..=501).map(|number| ("Decoupler.1", number)).collect();
    let mut text = part("mk1pod.v2", 1, -1, &links, "");
    for (name, number) in &links {
        text += &part(name, *number, i32::try_from(*number).unwrap(), &[], "");
    }
    assert_eq!(planned(&text, None).stages.len(), 500);
    for (boosters, certainty) in [(500, Exact), (501, Unknown)] {
        let links: Vec<_> = (2..boosters + 2)
            .map(|one| ("solidBooster.v2", one))
            .collect();
        let mut text = part("mk1pod.v2", 1, -1, &links, EMPTY_POD);
        for (name, number) in &links {
            let more = format!("RESOURCE{{name=SolidFuel\namount={number}\n}}");
            text += &part(name, *number, 0, &[], &more);
        }
        let stage = &planned(&text, None).stages[0];
        assert_eq!(stage.burn_time.certainty, certainty, "{boosters}");
        let reason = keys(&stage.burn_time)[0];
        assert_eq!(reason == "reason.phases", certainty == Unknown);
    }
    for (strange, end) in [(5, "mod5"), (6, "mod5, … (+1)")] {
        let names: Vec<_> = (1..=strange).map(|one| format!("mod{one}")).collect();
        let links: Vec<_> = names.iter().map(|name| (name.as_str(), 2)).collect();
        let mut text = part("mk1pod.v2", 1, -1, &links, "");
        for name in &names {
            text += &part(name, 2, -1, &[], "");
        }
        let said = &planned(&text, None).total.mass.reasons[0].text;
        assert!(said.contains(end) && !said.contains("+0"), "{said}");
    }
}

/// The engine that goes next hangs below a decoupler that was switched to let its fuel pass.
#[test]
fn a_stage_waits_for_an_engine_that_goes_next_and_no_longer() {
    let on = "attN=top,fuelTank_7\nMODULE{name=ModuleToggleCrossfeed\ncrossfeedStatus=True\n}";
    let half = "RESOURCE{name=LiquidFuel\namount=90\n}RESOURCE{name=Oxidizer\namount=110\n}";
    let text = part(
        "mk1pod.v2",
        1,
        -1,
        &[TANK, ("structuralPanel1", 6)],
        EMPTY_POD,
    ) + &part("fuelTank", 2, -1, &[ENGINE], FULL)
        + &part("liquidEngine2.v2", 3, 1, &[], "")
        + &part("structuralPanel1", 6, -1, &[("fuelTank", 7)], "")
        + &part("fuelTank", 7, -1, &[("Decoupler.1", 4)], half)
        + &part("Decoupler.1", 4, 0, &[("liquidEngine2.v2", 5)], on)
        + &part("liquidEngine2.v2", 5, 1, &[], "");
    let plan = planned(&text, None);
    for stage in &plan.stages {
        assert_eq!(stage.phases.len(), 1, "{stage:?}");
    }
    near(&plan.stages[0].dry_mass, 5.415, Exact);
    near(&plan.stages[1].dry_mass, 2.875, Exact);
}
