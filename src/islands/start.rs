//! What the server hands to the browser with a document, so that both draw the same.

use crate::browser;
use crate::job::Scope;
use crate::live::Snapshot;
use crate::tray::Tray;
use crate::words::Lang;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The id of the element that holds it.
const ID: &str = "start";

/// The reader, the language and the jobs as of the first HTML. Only the jobs change without a
/// new document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Start {
    pub lang: Lang,
    /// The id of whoever reads.
    pub me: String,
    /// Whose jobs the tray shows.
    pub scope: Scope,
    pub snapshot: Snapshot,
}

impl Start {
    /// From the element that [`Start::embed`] made; none on the server.
    pub fn of_document() -> Option<Self> {
        serde_json::from_str(&browser::embedded(ID)?).ok()
    }

    /// A tray that knows what the server knew.
    pub fn tray(self) -> Tray {
        Tray::new(self.snapshot, self.me, self.scope)
    }

    /// An element that holds it, for the document's end.
    pub fn embed(&self) -> AnyView {
        // It holds strings, numbers and lists: that cannot fail. Nothing in it may end the script.
        let json = serde_json::to_string(self).unwrap_or_default();
        let json = json.replace('<', "\\u003c");
        view! { <script type="application/json" id=ID inner_html=json></script> }.into_any()
    }
}

/// The reader's language.
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}
