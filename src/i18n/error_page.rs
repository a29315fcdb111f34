//! The texts of the page that replaces one that cannot be served.

use super::{Translation, pages};

/// The heading and the explanation of an error code.
pub fn error_page(code: &str) -> (Translation, Translation) {
    match code {
        "unavailable" => (
            Translation::new("Not right now", "Pas pour l’instant"),
            pages::UNAVAILABLE,
        ),
        "foreign_host" => (
            Translation::new("Wrong address", "Adresse incorrecte"),
            Translation::new(
                "jobtray answers only to localhost, on the machine it runs on.",
                "jobtray ne répond qu’à localhost, sur la machine où il tourne.",
            ),
        ),
        "foreign_origin" => (
            Translation::new("Request from another site", "Demande venue d’un autre site"),
            Translation::new(
                "A page of another site sent this request, so nothing was changed.",
                "Une page d’un autre site a envoyé cette demande : rien n’a été modifié.",
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
