//! What a person reads in place of a page that cannot be served.

use super::{Translation, pages};

/// The head and the reason for a problem's code.
pub fn refusal(code: &str) -> (Translation, Translation) {
    match code {
        "unavailable" => (
            Translation::new("Not right now", "Pas pour l’instant"),
            pages::UNAVAILABLE,
        ),
        "foreign_host" => (
            Translation::new("Not our address", "Ce n’est pas notre adresse"),
            Translation::new(
                "The studio answers only to localhost, on the machine that it runs on.",
                "Le studio ne répond qu’à localhost, sur la machine où il tourne.",
            ),
        ),
        "foreign_origin" => (
            Translation::new("This came from another site", "Cela vient d’un autre site"),
            Translation::new(
                "A page of another site asked for this, so nothing was done.",
                "Une page d’un autre site l’a demandé : rien n’a été fait.",
            ),
        ),
        "method_not_allowed" => (
            pages::FAILED,
            Translation::new(
                "This address cannot be used like that. Nothing was changed.",
                "Cette adresse ne s’utilise pas ainsi. Rien n’a été changé.",
            ),
        ),
        "too_large" => (
            Translation::new("Too large", "Trop volumineux"),
            Translation::new(
                "More was sent than a form can take. Nothing was changed.",
                "L’envoi dépasse ce qu’un formulaire peut prendre. Rien n’a été changé.",
            ),
        ),
        "not_found" => (pages::NOT_FOUND, pages::NOT_FOUND_WHY),
        _ => (
            pages::FAILED,
            Translation::new(
                "The request could not be understood. Nothing was changed.",
                "La demande n’a pas pu être comprise. Rien n’a été changé.",
            ),
        ),
    }
}

pub const TRY_AGAIN: Translation = Translation::new("Try again", "Réessayer");
