//! What the server hands to the browser with a document, so that both draw the same.

use crate::browser;
use crate::i18n::Lang;
use crate::job::{Job, JobId, Timestamp};
use crate::live::{Cursor, Snapshot};
use crate::settings::Settings;
use crate::tray::Tray;
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
    /// What they chose.
    pub settings: Settings,
    /// The jobs of the chosen scope, as [`Snapshot`] has them; a struct within would be as much code
    /// again.
    epoch: String,
    cursor: Cursor,
    server_time: Timestamp,
    jobs: Vec<Job>,
    seen: Vec<JobId>,
}

impl Start {
    pub fn new(lang: Lang, me: String, settings: Settings, snapshot: Snapshot) -> Self {
        Self {
            lang,
            me,
            settings,
            epoch: snapshot.epoch,
            cursor: snapshot.cursor,
            server_time: snapshot.server_time,
            jobs: snapshot.jobs,
            seen: snapshot.seen,
        }
    }

    /// From the element that [`Start::embed`] made; none on the server.
    pub fn of_document() -> Option<Self> {
        serde_json::from_str(&browser::text_of(ID)?).ok()
    }

    /// A tray that knows what the server knew, with the pictures of kinds by their names.
    pub fn tray(self, kind_icons: &'static [(&'static str, &'static str)]) -> Tray {
        let snapshot = Snapshot {
            epoch: self.epoch,
            cursor: self.cursor,
            server_time: self.server_time,
            jobs: self.jobs,
            seen: self.seen,
        };
        Tray::new(snapshot, self.me, self.lang, self.settings, kind_icons)
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
