//! What a reader does to the parts of a page, heard in one place: what is not live by itself needs
//! no code of its own.

use super::listen::Listener;
use crate::routes::attributes::CHOSEN;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlSelectElement, MouseEvent, PointerEvent};

/// An event, and the element that it happened to.
#[derive(Debug, Clone)]
pub struct Touch {
    event: Event,
    target: Element,
}

/// Calls at each of these events in the document; never on the server.
pub fn on_touch(events: &'static [&'static str], call: impl Fn(Touch) + 'static) -> Listener {
    Listener::on_window_events(events, move |event| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        if let Some(target) = target {
            call(Touch { event, target });
        }
    })
}

impl Touch {
    /// The event's name.
    pub fn kind(&self) -> String {
        self.event.type_()
    }

    /// The browser does nothing of its own with it.
    pub fn prevent(&self) {
        self.event.prevent_default();
    }

    /// The how manieth click of a row of quick ones it is; 0 for what is no click.
    pub fn presses(&self) -> i32 {
        let click: Option<&MouseEvent> = self.event.dyn_ref();
        click.map_or(0, |click| click.detail())
    }

    /// Whether it happened within what a selector finds.
    pub fn is_within(&self, selector: &str) -> bool {
        self.target.closest(selector).ok().flatten().is_some()
    }

    /// The value of an attribute of the element, or of the nearest around it that has it.
    pub fn nearest(&self, attribute: &str) -> Option<String> {
        let around = self.target.closest(&format!("[{attribute}]")).ok()??;
        around.get_attribute(attribute)
    }

    /// What was chosen, where it happened to a list of choices.
    pub fn chosen(&self) -> Option<String> {
        let list: &HtmlSelectElement = self.target.dyn_ref()?;
        Some(list.value())
    }

    /// Sets a list of choices back to what it says is chosen, in [`CHOSEN`].
    pub fn unchoose(&self) {
        let list: Option<&HtmlSelectElement> = self.target.dyn_ref();
        if let Some((list, chosen)) = list.zip(self.nearest(CHOSEN)) {
            list.set_value(&chosen);
        }
    }

    /// How far from the left a finger is, in pixels; none for a mouse.
    pub fn finger(&self) -> Option<i32> {
        let pointer: &PointerEvent = self.event.dyn_ref()?;
        (pointer.pointer_type() != "mouse").then(|| pointer.client_x())
    }
}
