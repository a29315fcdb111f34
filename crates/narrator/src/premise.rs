//! The premise of a story.

use crate::language::Language;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};

/// The premise of a story. Every field changes the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Premise {
    /// Free text. Its nouns and names recur throughout the story. A text without any is allowed.
    pub prompt: String,
    /// Names, of which the first is the hero. Names from the prompt and from the lexicon fill the list up to three.
    pub cast: Vec<String>,
    /// At least 1.
    pub chapters: usize,
    pub language: Language,
    /// Selects one of the stories of an otherwise equal premise.
    pub seed: u64,
}

/// The seed of all random choices in a story: a digest of its premise.
pub struct Seed([u8; 32]);

impl Seed {
    pub fn of(premise: &Premise) -> Self {
        let mut hash = Sha256::new();
        for part in [premise.prompt.as_str(), premise.language.code()]
            .into_iter()
            .chain(premise.cast.iter().map(String::as_str))
        {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        hash.update((premise.chapters as u64).to_le_bytes());
        hash.update(premise.seed.to_le_bytes());
        Self(hash.finalize().into())
    }

    /// Independent random numbers for each purpose, so that a draw for one does not affect the others.
    pub fn random(&self, purpose: &str) -> ChaCha8Rng {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(purpose.as_bytes());
        ChaCha8Rng::from_seed(hash.finalize().into())
    }
}
