//! Motifs: the nouns and names that recur throughout the story.

/// A noun or name of the prompt, which recurs throughout the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Motif {
    pub text: String,
    pub article: Article,
    /// A name whose bearer acts in the prompt, and therefore joins the cast.
    pub is_agent: bool,
}

/// The article that a motif takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Article {
    /// A name takes none.
    None,
    Masculine,
    Feminine,
    Plural,
}
