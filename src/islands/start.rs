//! What the server sends along with a document, so that the browser renders the same.

use crate::browser;
use crate::i18n::Lang;
use crate::job::{Job, JobId, Timestamp};
use crate::live::{Cursor, Snapshot};
use crate::settings::Settings;
use crate::tray::Tray;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The id of its element.
const ID: &str = "start";

/// The user, the language, the settings and the jobs when the document was rendered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Start {
    pub lang: Lang,
    /// The id of the user.
    pub me: String,
    /// The user's settings.
    pub settings: Settings,
    /// The jobs of the user's scope, with the fields of [`Snapshot`]: deserialising one inside of another struct would
    /// double the code.
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

    /// Reads the element that [`Start::embed`] made; none on the server.
    pub fn of_document() -> Option<Self> {
        serde_json::from_str(&browser::text_of(ID)?).ok()
    }

    /// A tray with these jobs, and with the pictures of kinds by their names.
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

    /// An element for the end of the document.
    pub fn embed(&self) -> AnyView {
        // Strings, numbers and lists can always be serialised. No text in them may end the element.
        let json = serde_json::to_string(self).unwrap_or_default();
        let json = json.replace('<', "\\u003c");
        view! { <script type="application/json" id=ID inner_html=json></script> }.into_any()
    }
}

/// The user's language.
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}
