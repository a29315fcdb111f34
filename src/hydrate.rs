//! Where the browser begins: hydrates the islands of the document that the server sent.

use crate::browser;
use crate::i18n::Lang;
use crate::islands::{ATTRIBUTE, Island, Start};
use crate::kinds;
use crate::navigation::Navigation;
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

/// The element of an island and its view; dropping it unmounts the view.
type MountedIsland = (HtmlElement, UnmountHandle<AnyViewState>);

/// Where the HTML of islands comes from.
#[derive(Clone, Copy, PartialEq)]
enum IslandSource {
    /// The server rendered it with the document: the views hydrate it.
    Document,
    /// The page was fetched without the HTML of islands: the views render it.
    Page,
}

/// Starts the tray and the navigation, and hydrates the islands of the document. The islands of pages that are fetched
/// later are rendered here.
#[wasm_bindgen]
pub fn hydrate() {
    // It fails only where it was initialised before.
    let _ = Executor::init_wasm_bindgen();
    let Some(start) = Start::of_document() else {
        return;
    };
    kinds::install_messages();
    let owner = Owner::new();
    let lang = start.lang;
    let tray = owner.with(|| {
        let navigation = Navigation::of_document();
        let tray = start.tray(kinds::picture).with_navigation(navigation);
        tray.connect();
        effect(move || {
            if tray.connection.get() == Connection::Live {
                navigation.hide_unreachable();
            }
        });
        tray
    });
    // The tray lives as long as its document.
    std::mem::forget(owner);
    browser::set_attribute(":root", "data-live", "");
    let mounted = Rc::new(RefCell::new(Vec::new()));
    mount_islands(&mounted, lang, tray, IslandSource::Document);
    (tray.navigation).start(move || mount_islands(&mounted, lang, tray, IslandSource::Page));
}

/// Mounts the islands that are not mounted yet, and unmounts those that are no longer in the document.
fn mount_islands(
    mounted: &RefCell<Vec<MountedIsland>>,
    lang: Lang,
    tray: Tray,
    source: IslandSource,
) {
    let mut mounted = mounted.borrow_mut();
    mounted.retain(|(element, _)| element.is_connected());
    for element in browser::elements(ISLAND) {
        if mounted.iter().any(|(known, _)| *known == element) {
            continue;
        }
        let json = element.get_attribute(ATTRIBUTE).unwrap_or_default();
        let Ok(island) = serde_json::from_str::<Island>(&json) else {
            if source == IslandSource::Page {
                // A newer server sent an island that this document does not know.
                browser::reload();
            }
            continue;
        };
        let draw = move || {
            provide_context(lang);
            provide_context(tray);
            island.draw()
        };
        let view = match source {
            IslandSource::Document => leptos::mount::hydrate_from(element.clone(), draw),
            IslandSource::Page => {
                // A cache on the way may have answered with the HTML of islands.
                element.set_inner_html("");
                leptos::mount::mount_to(element.clone(), draw)
            }
        };
        mounted.push((element, view));
    }
}
