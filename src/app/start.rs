//! What the server hands to the first client render, so that both render the same page.

use super::request;
use crate::job::Timestamp;
use crate::live::Snapshot;
use crate::tray::Tray;
use crate::words::Lang;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The reader, the language and the jobs as of the first HTML.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Start {
    pub lang: Lang,
    /// The id of whoever reads.
    pub me: String,
    pub snapshot: Snapshot,
}

impl Start {
    /// Takes it from the request on the server and from the page in the browser, and puts into
    /// context what the views ask for.
    pub fn provide() -> Self {
        let start = SharedValue::new(|| Self {
            lang: use_context::<Lang>().unwrap_or_default(),
            me: request::viewer(),
            snapshot: use_context::<Snapshot>().unwrap_or_else(nothing),
        })
        .into_inner();
        provide_context(start.lang);
        let tray = Tray::new(start.snapshot.clone(), start.me.clone());
        provide_context(tray);
        tray.connect();
        start
    }
}

/// The reader's language. It changes only with a new document.
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

/// What a page shows that nobody gave a snapshot.
fn nothing() -> Snapshot {
    Snapshot {
        epoch: String::new(),
        cursor: 0,
        server_time: Timestamp::default(),
        jobs: Vec::new(),
        seen: Vec::new(),
    }
}
