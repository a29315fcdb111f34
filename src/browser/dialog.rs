//! Modal dialogs of the platform, by id.

use super::document::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// Opens a dialog above everything else, or closes it. Does nothing on the server.
pub fn show_dialog(id: &str, shown: bool) {
    let dialog = document().and_then(|document| document.get_element_by_id(id));
    let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) else {
        return;
    };
    if !shown {
        dialog.close();
    } else if !dialog.open() {
        // It fails only for a dialog that is open already.
        let _ = dialog.show_modal();
    }
}
