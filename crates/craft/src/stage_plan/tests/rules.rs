//! Each rule, on crafts of a few parts.

use super::{ENGINE, TANK, assert_near, has_reason, numbers, part, plan_of, reasons};
use crate::figure::Confidence::{Estimated, Exact, Unknown};

#[test]
fn a_part_is_in_a_stage_if_the_game_lists_it_or_its_kind_always_is() {
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
        assert_eq!(numbers(&plan_of(&text, None)), expected, "{name} {more}");
    }
}

#[test]
fn an_engine_has_the_thrust_that_its_limit_allows() {
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
        let phases = &plan_of(&text, None).stages[0].phases;
        assert_eq!(phases.first().map(|one| one.thrust), thrust, "{limit}");
    }
    let off = "MODULE{name=ModuleEngines\nthrustPercentage=0\n}";
    let text = part("mk1pod.v2", 1, -1, &[TANK], "")
        + &part("fuelTank", 2, -1, &[ENGINE, ("liquidEngine2.v2", 4)], "")
        + &part("liquidEngine2.v2", 3, 0, &[], "")
        + &part("liquidEngine2.v2", 4, 0, &[], off);
    assert_eq!(plan_of(&text, None).stages[0].engines[0].count, 1);
}

#[test]
fn a_part_has_the_mass_of_its_file_or_else_of_the_table() {
    // The pod has 0.8 t and holds 10 × 0.004 t when it is new.
    for (more, mass, confidence) in [
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
        let plan = plan_of(&part("mk1pod.v2", 1, -1, &[], more), None);
        assert_near(&plan.total.mass, mass, confidence);
    }
}

const FULL: &str = "RESOURCE{name=LiquidFuel\namount=180\n}RESOURCE{name=Oxidizer\namount=220\n}";
const ON_TANK: &str = "srfN=srfAttach,fuelTank_2";
const EMPTY_POD: &str = "RESOURCE{name=MonoPropellant\namount=0\n}";

#[test]
fn fuel_passes_where_crossfeed_allows_and_xenon_passes_everywhere() {
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
            "NoEngine",
        ),
        (
            "Decoupler.1",
            "",
            xenon,
            "ionEngine",
            "",
            true,
            "ElectricEngine",
        ),
        (
            "stackBiCoupler",
            "",
            FULL,
            "liquidEngine2.v2",
            "",
            true,
            "UnknownCrossfeed",
        ),
        (
            "stackBiCoupler",
            off,
            FULL,
            "liquidEngine2.v2",
            "",
            false,
            "NoEngine",
        ),
        // An engine without crossfeed has only the fuel that it holds itself.
        (
            "fuelTank",
            "",
            FULL,
            "liquidEngine2.v2",
            off,
            false,
            "NoEngine",
        ),
        (
            "mod.Coupler",
            "mass=1",
            FULL,
            "liquidEngine2.v2",
            "",
            true,
            "PossibleTanks",
        ),
        (
            "mod.Coupler",
            off,
            FULL,
            "liquidEngine2.v2",
            "",
            false,
            "NoEngine",
        ),
    ] {
        let text = part("mk1pod.v2", 1, -1, &[TANK], EMPTY_POD)
            + &part("fuelTank", 2, -1, &[(between, 4)], held)
            + &part(between, 4, -1, &[(engine, 3)], switch)
            + &part(engine, 3, 0, &[], of_engine);
        let stage = &plan_of(&text, None).stages[0];
        assert_eq!(
            !stage.engines.is_empty(),
            burns,
            "{between} {switch} {engine}"
        );
        assert!(has_reason(&stage.delta_v_vacuum, reason), "{stage:?}");
    }
}

/// Two tanks side by side with a duct each way: each is drawn from once.
#[test]
fn ducts_in_a_circle_count_once_and_dropped_ducts_feed_nothing() {
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
    let plan = plan_of(&(core(2) + &side("PARTDATA{tgt=2\n}")), None);
    // The side tank is drained first. Then the core burns the rest of its own fuel.
    assert_near(&plan.stages[0].dry_mass, 4.95, Exact);
    assert_near(&plan.stages[1].dry_mass, 2.6, Exact);
    let plan = plan_of(&(core(0) + &side("")), None);
    assert_eq!(plan.stages[1].delta_v_vacuum.confidence, Exact);
}

#[test]
fn a_vessel_in_flight_burns_with_engines_of_earlier_stages() {
    let save = |fired: i32| {
        format!(
            "VESSEL{{name=A\nroot=0\nstg={fired}\nPART{{name=mk1pod.v2\nmass=0.8\n{EMPTY_POD}}}\
             PART{{name=fuelTank\nparent=0\nmass=0.25\n{FULL}}}\
             PART{{name=liquidEngine2.v2\nparent=1\nmass=1.5\nistg=3\n}}\
             PART{{name=parachuteSingle\nparent=0\nmass=0.1\nistg=0\n}}}}"
        )
    };
    for (fired, stages) in [(4, &[3, 0][..]), (3, &[3, 0]), (2, &[2, 0]), (0, &[0])] {
        let plan = plan_of(&save(fired), None);
        assert_eq!(numbers(&plan), stages);
        assert_near(&plan.stages[0].delta_v_vacuum, 1764.59, Exact);
    }
}

#[test]
fn an_unknown_part_may_be_an_engine_if_it_is_staged() {
    for (more, confidence, reason) in [
        ("mass=1", Exact, "NoEngine"),
        ("mass=1\nsidx=0", Unknown, "PossibleEngines"),
    ] {
        let links = [("mod.Thing", 2), ("parachuteSingle", 3)];
        let text = part("mk1pod.v2", 1, -1, &links, EMPTY_POD)
            + &part("mod.Thing", 2, 0, &[], more)
            + &part("parachuteSingle", 3, 0, &[], "");
        let figure = &plan_of(&text, None).stages[0].delta_v_vacuum;
        assert_eq!(figure.confidence, confidence);
        assert_eq!(reasons(figure)[0], reason);
        assert_eq!(figure.value.is_some(), confidence == Exact);
    }
}

#[test]
fn a_part_makes_figures_uncertain_as_long_as_it_is_attached() {
    // How much a jet burns while clamps hold the vessel is not known.
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
    let plan = plan_of(&text, None);
    assert_eq!(plan.total.mass.confidence, Exact);
    assert_eq!(reasons(&plan.stages[1].wet_mass), ["BreathesAir"]);
    // A part of unknown mass changes no burn: once it is dropped, everything is exact.
    let strange = "RESOURCE{name=Unobtainium\namount=1\n}";
    let text = part("mk1pod.v2", 1, -1, &[TANK], EMPTY_POD)
        + &part("fuelTank", 2, -1, &[ENGINE, ("radialDecoupler2", 4)], FULL)
        + &part("liquidEngine2.v2", 3, 1, &[], "")
        + &part("radialDecoupler2", 4, 0, &[("fuelTank", 5)], ON_TANK)
        + &part("fuelTank", 5, -1, &[], strange);
    let plan = plan_of(&text, None);
    assert_eq!(plan.stages[0].wet_mass.confidence, Unknown);
    assert_near(&plan.stages[1].wet_mass, 2.55, Exact);
    assert_eq!(reasons(&plan.total.delta_v_vacuum), ["UnknownResources"]);
}

#[test]
fn a_plan_has_at_most_500_stages_and_500_phases_in_a_stage() {
    let links: Vec<_> = (2..=501).map(|number| ("Decoupler.1", number)).collect();
    let mut text = part("mk1pod.v2", 1, -1, &links, "");
    for (name, number) in &links {
        text += &part(name, *number, i32::try_from(*number).unwrap(), &[], "");
    }
    assert_eq!(plan_of(&text, None).stages.len(), 500);
    for (boosters, confidence) in [(500, Exact), (501, Unknown)] {
        let links: Vec<_> = (2..boosters + 2)
            .map(|one| ("solidBooster.v2", one))
            .collect();
        let mut text = part("mk1pod.v2", 1, -1, &links, EMPTY_POD);
        for (name, number) in &links {
            let more = format!("RESOURCE{{name=SolidFuel\namount={number}\n}}");
            text += &part(name, *number, 0, &[], &more);
        }
        let stage = &plan_of(&text, None).stages[0];
        assert_eq!(stage.burn_time.confidence, confidence, "{boosters}");
        let reason = &reasons(&stage.burn_time)[0];
        assert_eq!(reason == "ManyPhases", confidence == Unknown);
    }
}

#[test]
fn a_reason_lists_at_most_five_names() {
    for (strange, end) in [(5, "mod5"), (6, "mod5, … (+1)")] {
        let names: Vec<_> = (1..=strange).map(|one| format!("mod{one}")).collect();
        let links: Vec<_> = names.iter().map(|name| (name.as_str(), 2)).collect();
        let mut text = part("mk1pod.v2", 1, -1, &links, "");
        for name in &names {
            text += &part(name, 2, -1, &[], "");
        }
        let text = &plan_of(&text, None).total.mass.reasons[0].text;
        assert!(text.contains(end) && !text.contains("+0"), "{text}");
    }
}

/// The engine that is dropped next is below a decoupler that lets fuel pass.
#[test]
fn a_stage_ends_when_the_engine_that_is_dropped_next_burns_out() {
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
    let plan = plan_of(&text, None);
    for stage in &plan.stages {
        assert_eq!(stage.phases.len(), 1, "{stage:?}");
    }
    assert_near(&plan.stages[0].dry_mass, 5.415, Exact);
    assert_near(&plan.stages[1].dry_mass, 2.875, Exact);
}
