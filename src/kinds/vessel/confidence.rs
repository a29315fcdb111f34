//! What a stage plan says about its figures, in the reader's language. The English texts come from the crate `craft`.

use crate::i18n::Lang;
use craft::{Assumption, Reason, Statement};

/// Why a figure has its confidence.
#[must_use]
pub fn reason(lang: Lang, reason: &Statement<Reason>) -> String {
    match (&reason.known, lang) {
        (Some(reason), Lang::En) => reason.to_string(),
        (Some(reason), Lang::Fr) => reason_in_french(reason),
        // Another version of the program wrote this reason.
        (None, _) => reason.text.clone(),
    }
}

/// What a plan assumes.
#[must_use]
pub fn assumption(lang: Lang, assumption: &Statement<Assumption>) -> String {
    match (assumption.known, lang) {
        (Some(assumption), Lang::En) => assumption.to_string(),
        (Some(assumption), Lang::Fr) => assumption_in_french(assumption).to_owned(),
        (None, _) => assumption.text.clone(),
    }
}

fn reason_in_french(reason: &Reason) -> String {
    match reason {
        Reason::PartTable {} => "D’après la table des pièces et les quantités du fichier.".to_owned(),
        Reason::SavedMasses {} => "D’après les masses et les quantités de la sauvegarde.".to_owned(),
        Reason::RocketEquation {} => {
            "Par l’équation de la fusée, avec des masses et des moteurs tous connus.".to_owned()
        }
        Reason::NoEngine {} => "Aucun moteur ne brûle dans cet étage.".to_owned(),
        Reason::HeldByClamps {} => {
            "Les pinces de lancement retiennent encore le vaisseau : la poussée attend l’étage qui les relâche.".to_owned()
        }
        Reason::BreathesAir {} => {
            "Un moteur est aérobie : sa poussée dépend de la vitesse et de l’altitude, et sa durée n’est pas fixe.".to_owned()
        }
        Reason::AssumedFull { names } => {
            format!("Le fichier n’indique pas le contenu de ces pièces, supposées pleines : {names}.")
        }
        Reason::LostDuctEnd {} => {
            "Le fichier n’indique pas où mène une conduite de carburant, supposée ne mener nulle part.".to_owned()
        }
        Reason::ElectricEngine {} => {
            "Un moteur a besoin d’électricité, supposée suffisante.".to_owned()
        }
        Reason::FairingShell {} => {
            "La masse de la coque d’une coiffe dépend de sa forme, et ce plan ne l’éjecte pas.".to_owned()
        }
        Reason::ManyPhases {} => {
            "Les moteurs s’éteignent un à un, en plus de 500 phases.".to_owned()
        }
        Reason::Undocks {} => {
            "Un port d’amarrage se détache à l’activation d’un étage ; ce qui part avec lui n’est pas calculé.".to_owned()
        }
        Reason::UnknownCrossfeed { names } => {
            format!("On ne sait pas si le carburant traverse ces pièces ; c’est supposé : {names}.")
        }
        Reason::PossibleEngines { names } => {
            format!("Absentes de la table des pièces, peut-être des moteurs : {names}.")
        }
        Reason::PossibleTanks { names } => format!(
            "Absentes de la table des pièces, elles contiennent peut-être du carburant ou le laissent passer : {names}."
        ),
        Reason::UnknownParts { names } => {
            format!("Absentes de la table des pièces, leur masse n’est pas comptée : {names}.")
        }
        Reason::UnknownResources { names } => {
            format!("Leur densité est inconnue, leur masse n’est pas comptée : {names}.")
        }
    }
}

fn assumption_in_french(assumption: Assumption) -> &'static str {
    match assumption {
        Assumption::FullThrust {} => {
            "Chaque moteur brûle à pleine poussée, ou à la limite fixée dans le fichier, et pousse droit."
        }
        Assumption::NextStage {} => {
            "Un étage part quand ce qu’il largue n’a plus rien à donner, sinon quand plus aucun moteur ne brûle."
        }
        Assumption::StandardGravity {} => {
            "Le rapport poussée/poids est calculé avec la gravité standard de 9,80665 m/s²."
        }
        Assumption::SeaLevel {} => {
            "Le niveau de la mer correspond à une atmosphère ; la traînée et l’ascension ne sont pas calculées."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lang, reason};
    use craft::{NameList, Reason, Statement};

    #[test]
    fn a_reason_is_translated_with_its_names() {
        let names = NameList::new(["mod.Tank"], 5);
        let unknown = Statement::from(Reason::UnknownParts { names });
        let french = "Absentes de la table des pièces, leur masse n’est pas comptée : mod.Tank.";
        assert_eq!(reason(Lang::Fr, &unknown), french);
        assert_eq!(reason(Lang::En, &unknown), unknown.text);
    }

    #[test]
    fn a_reason_of_another_version_stays_english() {
        let text = "By magic.".to_owned();
        let foreign = Statement { known: None, text };
        assert_eq!(reason(Lang::Fr, &foreign), "By magic.");
    }
}
