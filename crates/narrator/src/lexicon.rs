//! The templates of a language: a text file with a section for each pool.

use crate::language::Language;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The templates of one language, by pool.
pub struct Lexicon {
    pools: HashMap<&'static str, Vec<&'static str>>,
}

static ENGLISH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("lexicon/en.txt")));
static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("lexicon/fr.txt")));

impl Lexicon {
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
        }
    }

    /// The templates of a pool, or none for an unknown pool.
    pub fn pool(&self, name: &str) -> &[&'static str] {
        self.pools.get(name).map_or(&[], Vec::as_slice)
    }

    /// The templates of all pools.
    #[cfg(test)]
    pub fn templates(&self) -> impl Iterator<Item = &'static str> {
        self.pools.values().flatten().copied()
    }

    fn parse(text: &'static str) -> Self {
        let mut pools: HashMap<_, Vec<_>> = HashMap::new();
        let mut pool = "";
        let lines = text.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'))
            {
                Some(name) => pool = name,
                None => pools.entry(pool).or_default().push(line),
            }
        }
        Self { pools }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn both_languages_have_the_same_pools() {
        let [english, french] = [Language::English, Language::French].map(|language| {
            let lexicon = Lexicon::of(language);
            assert!(lexicon.templates().count() > 300);
            lexicon.pools.keys().copied().collect::<BTreeSet<&str>>()
        });
        assert_eq!(english, french);
    }
}
