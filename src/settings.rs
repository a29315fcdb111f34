//! What a person chose. Kept on the server by user, and the same through every door.

use crate::job::Scope;
use crate::words::Lang;
use serde::{Deserialize, Serialize};

/// A person's settings, in full.
///
/// Each field has a default, which is what it means to have chosen nothing. Whoever writes
/// settings writes all of them: a field that is left out goes back to its default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// None: the language that the browser asks for.
    pub language: Option<Lang>,
    /// Whose jobs the tray shows.
    pub scope: Scope,
}
