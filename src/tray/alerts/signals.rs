//! What the page shows about alerts.

use super::sound::PageSound;
use super::toast_list::ToastList;
use crate::job::JobId;
use crate::tray::model::alert::Alert;
use leptos::prelude::RwSignal;

/// Signals of the tray. All copies share them.
#[derive(Clone, Copy)]
pub struct AlertSignals {
    /// The latest alerts, each once.
    pub latest: RwSignal<Vec<Alert>>,
    /// The toasts in the corner of the page.
    pub toasts: RwSignal<ToastList>,
    /// Jobs that ended while the user was away.
    pub missed: RwSignal<Vec<JobId>>,
    pub sound: PageSound,
    /// Whether the page has the focus.
    pub focused: RwSignal<bool>,
}

impl AlertSignals {
    /// The values that the server renders; the page then finds out about sound and focus.
    pub fn new() -> Self {
        Self {
            latest: RwSignal::new(Vec::new()),
            toasts: RwSignal::new(ToastList::default()),
            missed: RwSignal::new(Vec::new()),
            sound: PageSound::new(),
            focused: RwSignal::new(true),
        }
    }
}
