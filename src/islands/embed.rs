//! Sends [`Start`] along with a document.

use super::start::{ID, Start};
use crate::i18n::Lang;
use crate::live::Snapshot;
use crate::settings::Settings;
use leptos::prelude::*;

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

    /// An element for the end of the document.
    pub fn embed(&self) -> AnyView {
        // Strings, numbers and lists can always be serialised. No text in them may end the element.
        let json = serde_json::to_string(self).unwrap_or_default();
        let json = json.replace('<', "\\u003c");
        view! { <script type="application/json" id=ID inner_html=json></script> }.into_any()
    }
}
