//! What decouplers and separators drop.

use super::{Confidence, has_reason, part, plan_of};
use crate::stage_plan::StagePlan;

/// A probe, below it a part in a stage with more fields, and below that a tank with an engine.
fn between(name: &str, stage: i32, more: &str) -> StagePlan {
    let text = part("probeCoreOcto.v2", 1, -1, &[(name, 2)], "")
        + &part(name, 2, stage, &[("fuelTank", 3)], more)
        + &part("fuelTank", 3, -1, &[("liquidEngine2.v2", 4)], "")
        // Something that is always activated.
        + &part("liquidEngine2.v2", 4, 5, &[], "");
    plan_of(&text, None)
}

fn dropped(plan: &StagePlan) -> usize {
    let drops = plan.stages.iter().flat_map(|stage| &stage.drops);
    drops.map(|one| one.count).sum()
}

#[test]
fn each_kind_of_decoupler_drops_what_is_at_its_own_node() {
    let heat = "sqor = 0\nMODULE{name = ModuleDecouple\nstagingEnabled = True\n}";
    let cold = "sqor = -1\nMODULE{name = ModuleDecouple\nstagingEnabled = False\n}";
    for (name, more, drops) in [
        // Its top is at the probe: it is dropped with everything below it.
        ("Decoupler.1", "attN = top,probeCoreOcto.v2_1", 3),
        // Turned around, it stays.
        ("Decoupler.1", "attN = top,fuelTank_3", 2),
        // With nothing at its top it drops nothing.
        ("Decoupler.1", "attN = bottom,fuelTank_3", 0),
        ("Separator.1", "", 3),
        ("EnginePlate2", "attN = bottom,fuelTank_3", 2),
        ("EnginePlate2", "attN = top,probeCoreOcto.v2_1", 0),
        // These decouple at the surface that they are attached to, whatever is at a node.
        (
            "radialDecoupler",
            "srfN = srfAttach,probeCoreOcto.v2_1\nattN = top,fuelTank_3",
            3,
        ),
        ("structuralPylon", "srfN = srfAttach,fuelTank_3", 2),
        ("smallHardpoint", "attN = top,probeCoreOcto.v2_1", 0),
        ("HeatShield1", heat, 3),
        ("HeatShield1", cold, 0),
        ("InflatableHeatShield", heat, 3),
    ] {
        assert_eq!(dropped(&between(name, 0, more)), drops, "{name} {more}");
    }
}

#[test]
fn as_the_root_a_separator_drops_everything_and_a_decoupler_what_is_at_its_top() {
    for (name, more, drops) in [
        ("Separator.1", "", 2),
        ("Decoupler.1", "", 0),
        ("Decoupler.1", "attN = top,fuelTank_3", 2),
    ] {
        let text = part(name, 2, 0, &[("fuelTank", 3)], more)
            + &part("fuelTank", 3, -1, &[("liquidEngine2.v2", 4)], "")
            + &part("liquidEngine2.v2", 4, 5, &[], "");
        assert_eq!(dropped(&plan_of(&text, None)), drops, "{name} {more}");
    }
}

#[test]
fn a_decoupler_out_of_staging_drops_nothing_whatever_its_shroud_says() {
    let decoupler = |enabled: &str| {
        format!(
            "attN = bottom,fuelTank_3\nMODULE{{name = ModuleDecouple\nstagingEnabled = {enabled}\n}}"
        )
    };
    let shroud = "MODULE{name = ModuleJettison\nstagingEnabled = False\n}";
    for (more, drops) in [
        (decoupler("True") + shroud, 2),
        (decoupler("False") + shroud, 0),
        (format!("attN = bottom,fuelTank_3\n{shroud}"), 2),
    ] {
        assert_eq!(dropped(&between("EnginePlate2", 0, &more)), drops, "{more}");
    }
}

#[test]
fn a_docking_port_that_undocks_makes_later_figures_estimates() {
    let port = |enabled: &str| {
        let module = format!("MODULE{{name = ModuleDockingNode\nstagingEnabled = {enabled}\n}}");
        between("dockingPort2", 3, &format!("sqor = 0\n{module}"))
    };
    let staged = port("True");
    let [first, second] = &staged.stages[..] else {
        panic!("{:?}", staged.stages);
    };
    assert!(!has_reason(&first.wet_mass, "Undocks"));
    assert_eq!(second.wet_mass.confidence, Confidence::Estimated);
    assert!(has_reason(&second.wet_mass, "Undocks"));
    assert_eq!(dropped(&staged), 0);
    let plain = port("False");
    assert!(!has_reason(&plain.stages[1].wet_mass, "Undocks"));
}
