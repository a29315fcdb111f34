//! A noun or name that returns throughout the story.

/// A noun or name of the prompt, which returns throughout the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Motif {
    pub text: String,
    pub article: Article,
    /// A name whose bearer does something in the prompt, and so joins the cast.
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
