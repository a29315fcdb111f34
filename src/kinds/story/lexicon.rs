//! The built-in writer's fragments: a text file a language, a section a pool.

use crate::i18n::Lang;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The fragments of one language.
pub struct Lexicon {
    pools: HashMap<&'static str, Vec<&'static str>>,
}

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("lexicon/en.txt")));
static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("lexicon/fr.txt")));

impl Lexicon {
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &ENGLISH,
            Lang::Fr => &FRENCH,
        }
    }

    /// The fragments of a pool; none for a name that the file does not have.
    pub fn pool(&self, name: &str) -> &[&'static str] {
        self.pools.get(name).map_or(&[], Vec::as_slice)
    }

    fn read(text: &'static str) -> Self {
        let mut pools: HashMap<_, Vec<_>> = HashMap::new();
        let mut name = "";
        let lines = text.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'))
            {
                Some(section) => name = section,
                None => pools.entry(name).or_default().push(line),
            }
        }
        Self { pools }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Every gap that a plan can fill.
    const GAPS: &str = "A B C place prev first obj an_obj old an_old keep token a_token m n motifs rest \
                        want fear wantC quirkA quirkB quirkC prompt chapters seed";

    #[test]
    fn both_languages_have_the_same_pools_and_known_gaps() {
        let known: BTreeSet<_> = GAPS.split_whitespace().collect();
        let names = |lang| -> BTreeMap<&str, usize> {
            let pools = &Lexicon::of(lang).pools;
            pools
                .iter()
                .map(|(name, pool)| (*name, pool.len()))
                .collect()
        };
        let (english, french) = (names(Lang::En), names(Lang::Fr));
        assert!(english.keys().eq(french.keys()));
        assert!(english.values().sum::<usize>() > 300);
        assert!(french.values().sum::<usize>() > 300);
        for lang in [Lang::En, Lang::Fr] {
            for line in Lexicon::of(lang).pools.values().flatten() {
                for gap in line.split('{').skip(1) {
                    let name = gap.split('}').next().unwrap_or_default();
                    assert!(known.contains(name.trim_start_matches('^')), "{line}");
                }
            }
        }
    }
}
