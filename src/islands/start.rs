//! What the server sends along with a document, so that the browser renders the same.

use crate::browser;
use crate::i18n::Lang;
use crate::job::{Job, JobId, Timestamp};
use crate::live::{Cursor, Snapshot};
use crate::settings::Settings;
use crate::tray::{FindPicture, Tray};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The id of its element.
pub(super) const ID: &str = "start";

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
    pub(super) epoch: String,
    pub(super) cursor: Cursor,
    pub(super) server_time: Timestamp,
    pub(super) jobs: Vec<Job>,
    pub(super) seen: Vec<JobId>,
}

impl Start {
    /// Reads the element that the server made; none on the server.
    pub fn of_document() -> Option<Self> {
        serde_json::from_str(&browser::text_of(ID)?).ok()
    }

    /// A tray with these jobs; `picture` finds the pictures of a kind.
    pub fn tray(self, picture: FindPicture) -> Tray {
        let snapshot = Snapshot {
            epoch: self.epoch,
            cursor: self.cursor,
            server_time: self.server_time,
            jobs: self.jobs,
            seen: self.seen,
        };
        Tray::new(snapshot, self.me, self.lang, self.settings, picture)
    }
}

/// The user's language.
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}
