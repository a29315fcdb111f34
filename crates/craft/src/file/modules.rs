//! Reads the modules of a part: whether it is in staging, whether fuel passes, and its thrust limit.

use crate::config_node::Node;

/// Modules that a stage activates, besides engines.
const STAGED: [&str; 5] = [
    "ModuleDecouple",
    "ModuleAnchoredDecoupler",
    "ModuleParachute",
    "ModuleProceduralFairing",
    "LaunchClamp",
];

/// What is read from the modules of a part.
pub struct Modules {
    /// Whether any module that a stage can activate is in staging. None if no module says.
    pub staged: Option<bool>,
    pub decouples: bool,
    pub undocks: bool,
    pub crossfeed: Option<bool>,
    pub thrust_limit: f64,
}

impl Modules {
    pub fn read(part: Node) -> Self {
        let mut all = Self {
            staged: None,
            decouples: false,
            undocks: false,
            crossfeed: None,
            thrust_limit: 1.0,
        };
        for module in part.blocks("MODULE") {
            let name = module.value("name").unwrap_or_default();
            let flag = |field: &str| module.value(field).map(|value| value == "True");
            let enabled = flag("stagingEnabled");
            let is_engine = name.starts_with("ModuleEngines");
            // The shroud of an engine plate has this field too, but no stage activates it.
            if is_engine || STAGED.contains(&name) {
                all.staged = all.staged.max(enabled);
            }
            match name {
                "ModuleDecouple" | "ModuleAnchoredDecoupler" => {
                    all.decouples |= enabled == Some(true);
                }
                "ModuleDockingNode" => {
                    all.undocks |= enabled == Some(true);
                    all.crossfeed = flag("crossfeed").or(all.crossfeed);
                }
                "ModuleToggleCrossfeed" => {
                    all.crossfeed = flag("crossfeedStatus").or(all.crossfeed);
                }
                _ => {}
            }
            // Control thrusters have a limit of the same name.
            if let Some(percent) = module.number("thrustPercentage")
                && is_engine
            {
                all.thrust_limit = (percent / 100.0).clamp(0.0, 1.0);
            }
        }
        all
    }
}
