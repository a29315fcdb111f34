//! The texts of error pages.

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
            Translation::new("Request from another site", "Requête d’un autre site"),
            Translation::new(
                "A page on another site sent this request, so nothing was changed.",
                "Une page d’un autre site a envoyé cette requête : rien n’a été modifié.",
            ),
        ),
        "method_not_allowed" => (
            pages::FAILED,
            Translation::new(
                "This address cannot be used in this way. Nothing was changed.",
                "Cette adresse ne s’utilise pas ainsi. Rien n’a été modifié.",
            ),
        ),
        "too_large" => (
            Translation::new("Too large", "Trop volumineux"),
            Translation::new(
                "The form was larger than the server accepts. Nothing was changed.",
                "L’envoi dépasse la taille acceptée pour un formulaire. Rien n’a été modifié.",
            ),
        ),
        "not_found" => (pages::NOT_FOUND, pages::NOT_FOUND_WHY),
        _ => (
            pages::FAILED,
            Translation::new(
                "The request could not be understood. Nothing was changed.",
                "La requête n’a pas pu être comprise. Rien n’a été modifié.",
            ),
        ),
    }
}

pub const TRY_AGAIN: Translation = Translation::new("Try again", "Réessayer");
