//! Where jobs and what they refer to are kept. All SQL lives here.

pub mod studio;

pub use studio::StudioStore;

/// Everything that is kept, behind one trait.
pub trait Store: StudioStore + Send + Sync {}

/// Why the store did not answer. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It may work again later: locked, full, closing.
    #[error("the store is not available: {0}")]
    Unavailable(String),
    /// A row that this program cannot have written.
    #[error("the store holds something unreadable: {0}")]
    Corrupt(String),
}

/// Who asks: every query for a person names the studio, and for "mine" the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub studio: String,
    pub user: String,
    pub name: String,
}
