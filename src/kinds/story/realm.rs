//! The kind of place that a prompt asks for.

/// The words that ask for each pool of places.
const SIGNS: [(&str, &str); 6] = [
    (
        "realm.sea",
        "sea ocean ship boat sail whale harbour harbor lighthouse island wave fish mermaid pirate sailor \
         mer océan bateau navire baleine port phare île vague marin poisson sirène",
    ),
    (
        "realm.sky",
        "space star moon planet rocket robot sky orbit comet antenna astronaut alien cloud \
         étoile lune planète fusée ciel espace comète astronaute nuage",
    ),
    (
        "realm.forest",
        "forest tree wood fox wolf bear owl mushroom deer forêt arbre bois renard loup ours hibou cerf",
    ),
    (
        "realm.mountain",
        "mountain snow ice glacier peak climb avalanche montagne neige glace sommet",
    ),
    (
        "realm.city",
        "city street market train tram detective café tower taxi ville rue marché gare tour détective métro",
    ),
    (
        "realm.house",
        "house kitchen garden family grandmother grandma attic door bakery baker \
         maison cuisine jardin famille grand-mère grenier porte boulanger boulangerie",
    ),
];

/// The pool of places that suits the prompt; none when it does not say.
pub fn asked_for(prompt: &str) -> Option<&'static str> {
    let prompt = prompt.to_lowercase();
    let words: Vec<&str> = prompt
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .collect();
    let is_sign = |word: &str, signs: &str| {
        let one = word.strip_suffix('s').unwrap_or(word);
        signs
            .split_whitespace()
            .any(|sign| sign == one || sign == word)
    };
    SIGNS
        .iter()
        .map(|(name, signs)| {
            let fitting = words.iter().filter(|word| is_sign(word, signs)).count();
            (fitting, *name)
        })
        .rev()
        .max_by_key(|(fitting, _)| *fitting)
        .filter(|(fitting, _)| *fitting > 0)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prompt_chooses_the_places() {
        assert_eq!(asked_for("two whales and a boat"), Some("realm.sea"));
        assert_eq!(asked_for("Un renard dans la forêt"), Some("realm.forest"));
        assert_eq!(asked_for("nothing in particular"), None);
    }
}
