//! How far each figure of a stage can be trusted, and why no further.

use super::burn::breathes;
use super::craft::Craft;
use super::staging::is_engine;
use crate::i18n::{Lang, job};
use crate::job::Text;
use crate::kinds::vessel::error::shown;
use crate::kinds::vessel::model::Target;
use crate::kinds::vessel::parts::FAIRING;
use crate::studio::vessel::{Certainty, Figure, Reason, Source};
use std::collections::BTreeSet;

/// Names that a reason lists.
const LISTED: usize = 5;

/// What is known of how well a figure is known.
#[derive(Debug, Clone)]
pub struct Trust {
    certainty: Certainty,
    reasons: Vec<Text>,
    /// Why it is exact, where nothing speaks against it; and why its mass is.
    exact: &'static str,
    exact_mass: &'static str,
    /// The burn has an end that nobody can say.
    endless: bool,
    is_mass: bool,
}

impl Trust {
    /// Of the mass of what is attached.
    pub fn mass(craft: &Craft) -> Self {
        let exact_mass = match craft.vessel.from {
            Source::Craft => "reason.table",
            Source::Save => "reason.save",
        };
        let mut trust = Self {
            certainty: Certainty::Exact,
            reasons: Vec::new(),
            exact: exact_mass,
            exact_mass,
            endless: false,
            is_mass: true,
        };
        let parts = |holds: &dyn Fn(usize) -> bool| {
            let parts = craft.attached().filter(|at| holds(*at));
            names(parts.map(|at| craft.vessel.parts[at].name.as_str()))
        };
        let bodies = &craft.bodies;
        if let Some(names) = parts(&|at| bodies[at].dry.is_none()) {
            trust.doubt(
                Certainty::Unknown,
                Text::new("reason.unknown_parts").with("names", names),
            );
        }
        let held = craft.attached().flat_map(|at| &bodies[at].loads);
        let held = held.filter(|load| load.amount > 0.0);
        let strange = held.map(|load| &craft.resources[load.resource]);
        let strange = strange.filter(|(_, known)| known.is_none());
        if let Some(names) = names(strange.map(|(name, _)| name.as_str())) {
            let text = Text::new("reason.unknown_resources").with("names", names);
            trust.doubt(Certainty::Unknown, text);
        }
        if let Some(names) = parts(&|at| bodies[at].assumed_full) {
            trust.doubt(
                Certainty::Estimated,
                Text::new("reason.assumed_full").with("names", names),
            );
        }
        let fairing = |at: usize| craft.vessel.parts[at].name.starts_with(FAIRING);
        if parts(&fairing).is_some() {
            trust.doubt(Certainty::Estimated, Text::new("reason.fairing"));
        }
        if craft.attached().any(|at| craft.doubted[at]) {
            for doubt in &craft.doubts {
                trust.doubt(Certainty::Estimated, doubt.clone());
            }
        }
        // Of fuel that such an engine burnt before, nobody can say how much.
        if craft.lit().any(|at| burns_air(craft, at)) {
            trust.doubt(Certainty::Estimated, Text::new("reason.air"));
        }
        trust
    }

    /// From here on it is of what the engines do with that mass.
    pub fn performance(&mut self, craft: &Craft) {
        self.is_mass = false;
        self.exact = "reason.rocket_equation";
        // A part of known mass may still push or feed.
        let strange = |at: &usize| craft.bodies[*at].kind.is_none();
        let staged = |at: &usize| craft.vessel.parts[*at].staging.listed;
        let name = |at: usize| craft.vessel.parts[at].name.as_str();
        let parts = craft.attached().filter(strange);
        let unsaid = craft.attached();
        let unsaid = unsaid.filter(|at| !strange(at) && craft.crossfeed(*at).is_none());
        if let Some(names) = names(unsaid.map(name)) {
            let text = Text::new("reason.unknown_crossfeed").with("names", names);
            self.doubt(Certainty::Estimated, text);
        }
        if let Some(names) = names(parts.map(name)) {
            let push = craft.attached().filter(strange).any(|at| staged(&at));
            let (certainty, key) = if push {
                (Certainty::Unknown, "reason.unknown_engines")
            } else {
                (Certainty::Estimated, "reason.unknown_feed")
            };
            self.doubt(certainty, Text::new(key).with("names", names));
        }
    }

    /// Of the engines that are lit.
    pub fn engines(&mut self, craft: &Craft) {
        if craft.lit().any(|at| burns_air(craft, at)) {
            self.endless = true;
            self.doubt(Certainty::Unknown, Text::new("reason.air"));
        }
        let electric = |at: usize| {
            let engine = craft.bodies[at].kind.and_then(|kind| kind.engine.as_ref());
            engine.is_some_and(|engine| {
                (engine.propellants.iter()).any(|(name, _)| *name == "ElectricCharge")
            })
        };
        if craft.lit().any(electric) {
            self.doubt(Certainty::Estimated, Text::new("reason.electric"));
        }
    }

    /// Of what feeds them, where any burns.
    pub fn feed(&mut self, craft: &Craft) {
        let lost = |at: usize| craft.vessel.parts[at].target == Target::Lost;
        if craft.attached().any(lost) {
            self.doubt(Certainty::Estimated, Text::new("reason.ducts"));
        }
    }

    /// No engine burns: what it comes to is nothing, whatever the masses are. False where an engine may
    /// burn that nobody knows of.
    pub fn idle(&mut self, held: bool) -> bool {
        let hidden = |one: &Text| one.key == "reason.unknown_engines";
        if self.endless || self.reasons.iter().any(hidden) {
            return false;
        }
        self.certainty = Certainty::Exact;
        self.reasons.clear();
        self.exact = if held {
            "reason.held"
        } else {
            "reason.no_engine"
        };
        true
    }

    /// The burn has more phases than are reckoned.
    pub fn cut_off(&mut self) {
        self.endless = true;
        self.doubt(Certainty::Unknown, Text::new("reason.phases"));
    }

    /// The mass at the end of the burn, which what is said of the burn bears on.
    pub fn dry(&self, known: f64) -> Figure {
        let mut figure = Self {
            is_mass: true,
            exact: self.exact_mass,
            ..self.clone()
        }
        .figure(known);
        // At least that much is there only where the end of the burn is known.
        if self.endless {
            figure.at_least = None;
        }
        figure
    }

    /// Why a burn of this trust is not certain, and whether it has no end that is known.
    pub fn doubts(&self) -> Option<(Vec<Text>, bool)> {
        /// What only the mass of the vessel rests on, and not how long its tanks last.
        const OF_MASS: [&str; 3] = [
            "reason.unknown_parts",
            "reason.unknown_resources",
            "reason.fairing",
        ];
        let doubts = self
            .reasons
            .iter()
            .filter(|one| !OF_MASS.contains(&one.key.as_str()));
        let doubts: Vec<_> = doubts.cloned().collect();
        (!doubts.is_empty()).then_some((doubts, self.endless))
    }

    pub fn is_known(&self) -> bool {
        self.certainty != Certainty::Unknown
    }

    /// A figure of this trust.
    pub fn figure(&self, value: f64) -> Figure {
        let value = rounded(value);
        let known = self.is_known() && value.is_finite();
        let reasons = if self.reasons.is_empty() {
            vec![say(Text::new(self.exact))]
        } else {
            self.reasons.iter().cloned().map(say).collect()
        };
        Figure {
            value: known.then_some(value),
            at_least: (!known && self.is_mass).then_some(value),
            certainty: self.certainty,
            reasons,
        }
    }

    fn doubt(&mut self, certainty: Certainty, reason: Text) {
        self.certainty = self.certainty.max(certainty);
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }
}

/// The sum of figures, which is as certain as the least certain of them.
pub fn sum<'a>(figures: impl Iterator<Item = &'a Figure>) -> Figure {
    let mut total = Figure {
        value: Some(0.0),
        at_least: None,
        certainty: Certainty::Exact,
        reasons: Vec::new(),
    };
    for figure in figures {
        total.value = (total.value.zip(figure.value)).map(|(sum, one)| rounded(sum + one));
        total.certainty = total.certainty.max(figure.certainty);
        for reason in &figure.reasons {
            if !total.reasons.contains(reason) {
                total.reasons.push(reason.clone());
            }
        }
    }
    if total.certainty != Certainty::Exact {
        let plain = ["reason.no_engine", "reason.held", "reason.rocket_equation"];
        total
            .reasons
            .retain(|reason| !plain.contains(&reason.said.key.as_str()));
    }
    total
}

/// A reason, in English too.
pub fn say(said: Text) -> Reason {
    let text = job::say(Lang::En, Some(&said), &said.key);
    Reason { said, text }
}

/// A millionth is finer than any figure of the game.
fn rounded(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded.is_finite() { rounded } else { value }
}

fn burns_air(craft: &Craft, at: usize) -> bool {
    let engine = craft.bodies[at].kind.and_then(|kind| kind.engine.as_ref());
    is_engine(craft, at) && engine.is_some_and(breathes)
}

/// The different names, as a list that stays short; none where there are none.
fn names<'a>(all: impl Iterator<Item = &'a str>) -> Option<String> {
    let all: BTreeSet<&str> = all.collect();
    let mut said: Vec<_> = all.iter().take(LISTED).map(|name| shown(name)).collect();
    if all.len() > LISTED {
        said.push(format!("… (+{})", all.len() - LISTED));
    }
    (!said.is_empty()).then(|| said.join(", "))
}
