//! Events of the document, handled in one place: HTML that is not an island needs no code of its own.

use super::listen::{Listener, on_window_event};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlSelectElement, MouseEvent, PointerEvent};

/// An event and its target.
#[derive(Debug, Clone)]
pub struct DomEvent {
    event: Event,
    target: Element,
}

/// Calls `call` for each of these events that bubbles up to the window. Does nothing on the server.
pub fn on_event(events: &'static [&'static str], call: impl Fn(DomEvent) + 'static) -> Listener {
    on_window_event(events, move |event| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        if let Some(target) = target {
            call(DomEvent { event, target });
        }
    })
}

impl DomEvent {
    /// Its type, such as `click`.
    pub fn name(&self) -> String {
        self.event.type_()
    }

    pub fn target(&self) -> Element {
        self.target.clone()
    }

    pub fn prevent_default(&self) {
        self.event.prevent_default();
    }

    /// Consecutive-click count (`MouseEvent.detail`); 0 for an event of another type.
    pub fn click_count(&self) -> i32 {
        let click: Option<&MouseEvent> = self.event.dyn_ref();
        click.map_or(0, |click| click.detail())
    }

    /// Whether the target is an element that a selector matches, or is inside of one.
    pub fn is_within(&self, selector: &str) -> bool {
        self.target.closest(selector).ok().flatten().is_some()
    }

    /// The value of an attribute of the target, or of its closest ancestor that has it.
    pub fn closest_attribute(&self, attribute: &str) -> Option<String> {
        let element = self.target.closest(&format!("[{attribute}]")).ok()??;
        element.get_attribute(attribute)
    }

    /// The selected value, where the target is a `<select>`.
    pub fn selected_value(&self) -> Option<String> {
        let select: &HtmlSelectElement = self.target.dyn_ref()?;
        Some(select.value())
    }

    /// Sets a `<select>` back to the value of one of its attributes.
    pub fn reset_selection(&self, attribute: &str) {
        let select: Option<&HtmlSelectElement> = self.target.dyn_ref();
        if let Some((select, value)) = select.zip(self.closest_attribute(attribute)) {
            select.set_value(&value);
        }
    }

    /// The distance of a finger or pen from the left edge, in pixels; none for a mouse.
    pub fn swipe_x(&self) -> Option<i32> {
        let pointer: &PointerEvent = self.event.dyn_ref()?;
        (pointer.pointer_type() != "mouse").then(|| pointer.client_x())
    }
}
