//! Where the browser begins: takes up the islands of the document that the server sent.

use crate::browser;
use crate::i18n::{self, Lang};
use crate::islands::{ATTRIBUTE, Island, Start};
use crate::kinds;
use crate::routes::ISLAND;
use crate::tray::reactive::effect;
use crate::tray::{Connection, Tray};
use any_spawner::Executor;
use leptos::mount::UnmountHandle;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

/// An element with what is live in it; dropping it ends that.
type Taken = (HtmlElement, UnmountHandle<AnyViewState>);

/// Makes the document live: what the server drew is taken up as it stands, and the islands of pages that
/// are fetched later are drawn here.
#[wasm_bindgen]
pub fn hydrate() {
    // An error would say that it runs already.
    let _ = Executor::init_wasm_bindgen();
    let Some(start) = Start::of_document() else {
        return;
    };
    i18n::install(kinds::MESSAGES);
    let owner = Owner::new();
    let lang = start.lang;
    let tray = owner.with(|| {
        let tray = start.tray(kinds::ICONS);
        tray.connect();
        effect(move || {
            if tray.connection.get() == Connection::Live {
                browser::be_reachable();
            }
        });
        tray
    });
    // The tray lives as long as its document.
    std::mem::forget(owner);
    browser::set_attribute(":root", "data-live", "");
    browser::watch_focus();
    let taken = Rc::new(RefCell::new(Vec::new()));
    land(&taken, lang, tray, true);
    browser::follow_pages(move || land(&taken, lang, tray, false));
}

/// Takes up the islands that nobody has yet, and lets go of those that have left the page.
fn land(taken: &RefCell<Vec<Taken>>, lang: Lang, tray: Tray, drawn: bool) {
    let mut taken = taken.borrow_mut();
    taken.retain(|(element, _)| element.is_connected());
    for element in browser::elements(ISLAND) {
        if taken.iter().any(|(known, _)| *known == element) {
            continue;
        }
        let json = element.get_attribute(ATTRIBUTE).unwrap_or_default();
        let Ok(island) = serde_json::from_str::<Island>(&json) else {
            if !drawn {
                // A newer server sent what this document does not know.
                browser::reload();
            }
            continue;
        };
        let draw = move || {
            provide_context(lang);
            provide_context(tray);
            island.draw()
        };
        let live = if drawn {
            leptos::mount::hydrate_from(element.clone(), draw)
        } else {
            // Whatever a store on the way may have put there.
            element.set_inner_html("");
            leptos::mount::mount_to(element.clone(), draw)
        };
        taken.push((element, live));
    }
}
