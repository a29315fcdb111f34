//! Where jobs and what they refer to are kept. All SQL lives here.

/// Who asks: every query for a person names the studio, and for "mine" the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub studio: String,
    pub user: String,
    pub name: String,
}
