//! The kind of place that a prompt suggests.

/// A kind of place. Each has a pool of places in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    Sea,
    City,
    Forest,
    Sky,
    Mountain,
    House,
}

/// The keywords of each setting. If several settings match equally well, the first wins.
const KEYWORDS: [(Setting, &str); 6] = [
    (
        Setting::Sea,
        "sea ocean ship boat sail whale harbour harbor lighthouse island wave fish mermaid pirate sailor \
         mer océan bateau navire baleine port phare île vague marin poisson sirène",
    ),
    (
        Setting::Sky,
        "space star moon planet rocket robot sky orbit comet antenna astronaut alien cloud \
         étoile lune planète fusée ciel espace comète astronaute nuage",
    ),
    (
        Setting::Forest,
        "forest tree wood fox wolf bear owl mushroom deer forêt arbre bois renard loup ours hibou cerf",
    ),
    (
        Setting::Mountain,
        "mountain snow ice glacier peak climb avalanche montagne neige glace sommet",
    ),
    (
        Setting::City,
        "city street market train tram detective café tower taxi ville rue marché gare tour détective métro",
    ),
    (
        Setting::House,
        "house kitchen garden family grandmother grandma attic door bakery baker \
         maison cuisine jardin famille grand-mère grenier porte boulanger boulangerie",
    ),
];

impl Setting {
    /// The order matters, because a prompt without keywords selects a setting by number.
    pub const ALL: [Self; 6] = [
        Self::Sea,
        Self::City,
        Self::Forest,
        Self::Sky,
        Self::Mountain,
        Self::House,
    ];

    /// The setting with the most keywords in the prompt, or none if there are no keywords.
    pub fn of_prompt(prompt: &str) -> Option<Self> {
        let prompt = prompt.to_lowercase();
        let words: Vec<&str> = prompt
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .collect();
        let is_among = |word: &str, keywords: &str| {
            let singular = word.strip_suffix('s').unwrap_or(word);
            keywords
                .split_whitespace()
                .any(|keyword| keyword == singular || keyword == word)
        };
        KEYWORDS
            .iter()
            .map(|(setting, keywords)| {
                let hits = words.iter().filter(|word| is_among(word, keywords)).count();
                (hits, *setting)
            })
            .rev()
            .max_by_key(|(hits, _)| *hits)
            .filter(|(hits, _)| *hits > 0)
            .map(|(_, setting)| setting)
    }

    /// Its name in the pools of the lexicon.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sea => "sea",
            Self::City => "city",
            Self::Forest => "forest",
            Self::Sky => "sky",
            Self::Mountain => "mountain",
            Self::House => "house",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_in_the_prompt_choose_the_setting() {
        assert_eq!(
            Setting::of_prompt("two whales and a boat"),
            Some(Setting::Sea)
        );
        assert_eq!(
            Setting::of_prompt("Un renard dans la forêt"),
            Some(Setting::Forest)
        );
        assert_eq!(Setting::of_prompt("nothing in particular"), None);
    }
}
