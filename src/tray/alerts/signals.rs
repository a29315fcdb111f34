//! What the page shows of alerts.

use super::toast_list::ToastList;
use crate::browser::Audio;
use crate::job::JobId;
use crate::tray::model::alert::Alert;
use leptos::prelude::RwSignal;

/// Signals of the tray; a copy is as good as the original.
#[derive(Clone, Copy)]
pub struct AlertSignals {
    /// The latest alerts, each once.
    pub latest: RwSignal<Vec<Alert>>,
    /// The toasts in the corner of the page.
    pub toasts: RwSignal<ToastList>,
    /// Jobs that ended while nobody looked.
    pub missed: RwSignal<Vec<JobId>>,
    /// Whether the page can be heard.
    pub audio: RwSignal<Audio>,
    /// Whether the page has the focus.
    pub focused: RwSignal<bool>,
}

impl AlertSignals {
    /// What the server draws; the page finds out about sound and focus by itself.
    pub fn new() -> Self {
        Self {
            latest: RwSignal::new(Vec::new()),
            toasts: RwSignal::new(ToastList::default()),
            missed: RwSignal::new(Vec::new()),
            audio: RwSignal::new(Audio::Ready),
            focused: RwSignal::new(true),
        }
    }
}
