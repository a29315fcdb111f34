//! Going from page to page of our own, and sending their forms, without a new document: the
//! server's HTML is fetched and put in the place of what stood there.

mod answer;
mod place;
mod reader;

use super::document::{address, document, window};
use super::fetch::form_fields;
use super::focus::{focus, restore_focus};
use super::form::form_element;
use super::morph::{Keeps, morph};
use super::timer::{Timer, after};
use super::title::set_page_title;
use crate::routes::ids::{CONTENT, UNREACHABLE};
use crate::routes::{CLEARS, ISLAND, SETTINGS_FORM};
use answer::{Answer, ask, question};
use reader::{pressed, release, say_not_sent, say_sending, sent};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlFormElement, Request, Response, ScrollRestoration,
    Url, Window,
};

/// A page is fetched again at most so often, however many jobs end.
const PAUSE_MILLIS: u32 = 500;

thread_local! {
    static PAGES: RefCell<Option<Rc<Pages>>> = const { RefCell::new(None) };
}

/// What a live document knows of its pages.
struct Pages {
    window: Window,
    document: Document,
    /// Called when another page stands in the document, or the same with other content.
    changed: Box<dyn Fn()>,
    /// The path and the query of the page that stands there.
    shown: RefCell<String>,
    /// The visit that the reader waits for; an older one's answer is not shown.
    latest: Cell<u32>,
    waiting: Cell<Waiting>,
    /// Until it ends, the page is not fetched again.
    pause: RefCell<Option<Timer>>,
    /// The page is to be fetched again as soon as that can be.
    stale: Cell<bool>,
}

/// What is on its way.
#[derive(Clone, Copy, Default, PartialEq)]
enum Waiting {
    #[default]
    Nothing,
    /// The page that stands here, anew.
    Here,
    /// Another page.
    Elsewhere,
}

/// Why a page is fetched.
enum Visit {
    /// A link was followed, to this place on its page.
    Link(String),
    /// The reader went back or forth.
    History,
    /// A form was sent.
    Form(HtmlFormElement),
    /// What the page shows has changed.
    Refresh,
    /// What its forms hold has changed.
    Redraw,
}

/// Follows the reader's links, forms and steps through the history for as long as the document lives,
/// and calls `changed` after each new page. Nothing on the server.
pub fn follow_pages(changed: impl Fn() + 'static) {
    let Some((window, document)) = window().zip(document()) else {
        return;
    };
    let pages = Rc::new(Pages {
        window,
        document,
        changed: Box::new(changed),
        shown: RefCell::new(address().unwrap_or_default()),
        latest: Cell::default(),
        waiting: Cell::default(),
        pause: RefCell::default(),
        stale: Cell::default(),
    });
    // It fails only where there is no history, and there nothing is to be restored.
    let _ = pages.history(|history| history.set_scroll_restoration(ScrollRestoration::Manual));
    if pages.scrolled().is_some() {
        pages.scroll_back();
    }
    pages.listen(&["click", "submit", "popstate", "scrollend"]);
    PAGES.set(Some(pages));
}

/// Fetches the page that stands there once more, and changes what differs. Nothing that a reader
/// typed, opened or plays is touched. Nothing on the server.
pub fn refresh() {
    if let Some(pages) = PAGES.with_borrow(Clone::clone) {
        pages.refresh();
    }
}

/// Fetches the page that stands there once more, and what its forms hold. Nothing on the server.
pub fn redraw_forms() {
    if let Some(pages) = PAGES.with_borrow(Clone::clone) {
        let asked = question(&pages.shown.borrow(), None);
        let _ = asked.map(|asked| pages.go(Visit::Redraw, asked));
    }
}

/// Says in a form's own line that it was kept; none: that it was not.
pub fn say_kept(form: &str, words: Option<&str>) {
    let Some(form) = form_element(form) else {
        return;
    };
    let _ = if let Some(words) = words {
        reader::say(&form, false, Some(words))
    } else {
        let why = document().and_then(|document| document.get_element_by_id(UNREACHABLE));
        say_not_sent(&form, why.and_then(|why| why.text_content()).as_deref())
    };
}

/// Goes to an address, as by a link: a path of ours, or a page of another site, which a worker may have
/// named. Nothing on the server.
pub fn visit(address: &str) {
    let Some(pages) = PAGES.with_borrow(Clone::clone) else {
        return;
    };
    // It fails only where it leads nowhere, and there the reader stays.
    let _ = if address.starts_with('/') {
        question(address, None).and_then(|asked| pages.go(Visit::Link(String::new()), asked))
    } else {
        pages.window.location().assign(address).ok()
    };
}

/// Takes back that the server cannot be reached. Nothing on the server.
pub fn be_reachable() {
    let line = document().and_then(|document| document.get_element_by_id(UNREACHABLE));
    if let Some(line) = line {
        // An attribute of that name can be set anywhere.
        let _ = line.set_attribute("hidden", "");
    }
}

impl Pages {
    fn listen(self: &Rc<Self>, events: &[&str]) {
        let pages = Rc::clone(self);
        let call = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            // Whoever stopped it, or does not follow, left it to the browser.
            let _ = pages.handle(&event);
        });
        for event in events {
            // It fails only where there are no events at all.
            let _ = (self.window)
                .add_event_listener_with_callback(event, call.as_ref().unchecked_ref());
        }
        call.forget();
    }

    fn handle(self: &Rc<Self>, event: &Event) -> Option<()> {
        match event.type_().as_str() {
            "click" => {
                let link = pressed(&self.window, &self.shown.borrow(), event)?;
                event.prevent_default();
                let place = link.hash();
                self.hide_popover();
                self.go(Visit::Link(place), question(&link.href(), None)?)
            }
            "submit" => {
                let form = sent(event)?;
                event.prevent_default();
                if form.has_attribute("aria-busy") {
                    return None;
                }
                let asked = question(&form.get_attribute("action")?, form_fields(&form))?;
                say_sending(&form);
                self.go(Visit::Form(form), asked)
            }
            "popstate" => {
                let to = address()?;
                if *self.shown.borrow() == to {
                    self.return_here();
                    return self.scroll_back();
                }
                self.go(Visit::History, question(&to, None)?)
            }
            _ => self.keep_scrolled(),
        }
    }

    fn refresh(self: &Rc<Self>) {
        if self.waiting.get() != Waiting::Nothing || self.pause.borrow().is_some() {
            self.stale.set(true);
        } else if let Some(asked) = question(&self.shown.borrow(), None) {
            self.go(Visit::Refresh, asked);
            let pages = Rc::clone(self);
            *self.pause.borrow_mut() = Some(after(PAUSE_MILLIS, move || {
                pages.pause.take();
                pages.catch_up();
            }));
        }
    }

    fn catch_up(self: &Rc<Self>) {
        if self.stale.take() {
            self.refresh();
        }
    }

    fn go(self: &Rc<Self>, visit: Visit, asked: Request) -> Option<()> {
        if !matches!(visit, Visit::Refresh | Visit::Redraw) {
            self.content()?.set_attribute("aria-busy", "true").ok()?;
        }
        let number = self.latest.get() + 1;
        self.latest.set(number);
        self.waiting.set(match visit {
            Visit::Link(_) | Visit::History => Waiting::Elsewhere,
            Visit::Form(_) | Visit::Refresh | Visit::Redraw => Waiting::Here,
        });
        let pages = Rc::clone(self);
        spawn_local(async move {
            let answer = ask(&pages.window, &pages.document, &asked).await;
            if pages.latest.get() == number {
                pages.waiting.set(Waiting::Nothing);
                // What is not there cannot be changed.
                let _ = match answer {
                    Answer::Page(page, url) => pages.arrive(&visit, &page, &url),
                    Answer::Other(response) => pages.leave(&visit, &response),
                    Answer::Unreachable => pages.stay(&visit),
                };
                pages.catch_up();
            } else if let Visit::Form(form) = &visit {
                // The reader has gone on; should the page still stand, it can be sent again.
                release(form);
            }
        });
        Some(())
    }

    /// What lay over the page that is left.
    fn hide_popover(&self) -> Option<()> {
        let open = self.document.query_selector(":popover-open").ok()??;
        open.dyn_ref::<HtmlElement>()?.hide_popover().ok()
    }

    /// The reader is back before the other page came: it is not waited for any more.
    fn return_here(&self) -> Option<()> {
        if self.waiting.get() != Waiting::Elsewhere {
            return None;
        }
        self.waiting.set(Waiting::Nothing);
        self.latest.set(self.latest.get() + 1);
        self.content()?.remove_attribute("aria-busy").ok()
    }

    /// What came is for a new document.
    fn leave(&self, visit: &Visit, response: &Response) -> Option<()> {
        match visit {
            // Nobody asked to leave.
            Visit::Refresh | Visit::Redraw => None,
            // Its nonce makes it the same request.
            Visit::Form(form) if !response.redirected() => form.submit().ok(),
            _ => self.window.location().assign(&response.url()).ok(),
        }
    }

    /// Nothing came: the page stays, and says so.
    fn stay(&self, visit: &Visit) -> Option<()> {
        self.content()?.remove_attribute("aria-busy").ok()?;
        let unreachable = self.document.get_element_by_id(UNREACHABLE)?;
        match visit {
            Visit::Form(form) => say_not_sent(form, unreachable.text_content().as_deref()),
            // The tray says itself that news cannot come.
            Visit::Refresh | Visit::Redraw => None,
            Visit::Link(_) => unreachable.remove_attribute("hidden").ok(),
            Visit::History => {
                // The address says what stands here.
                let shown = self.shown.borrow().clone();
                self.history(|history| {
                    history.replace_state_with_url(&JsValue::NULL, "", Some(&shown))
                });
                unreachable.remove_attribute("hidden").ok()
            }
        }
    }

    /// Shows a page that came from an address.
    fn arrive(&self, visit: &Visit, page: &Document, url: &Url) -> Option<()> {
        let path = url.pathname();
        let stays = self.shown.borrow().split('?').next() == Some(&path);
        match visit {
            Visit::Link(place) => self.stand_at(&(path + &url.search() + place))?,
            // What a form has to say stands in its address for those without scripts.
            Visit::Form(_) if !stays => self.stand_at(&path)?,
            Visit::History | Visit::Form(_) | Visit::Refresh | Visit::Redraw => {}
        }
        *self.shown.borrow_mut() = address()?;
        set_page_title(page.title());
        if matches!(visit, Visit::Redraw) {
            Self::drop_forms();
        }
        let keeps: Keeps = match visit {
            Visit::Refresh => |one| lives(one) || one.tag_name() == "FORM",
            _ => lives,
        };
        morph(
            &self.document,
            self.document.body()?.as_ref(),
            page.body()?.as_ref(),
            keeps,
        );
        (self.changed)();
        restore_focus();
        match visit {
            Visit::Link(place) => self.begin_at(place),
            Visit::History => self.resume(),
            Visit::Form(_) if !stays => self.begin_at(""),
            Visit::Form(form) => self.answer_form(form),
            Visit::Refresh | Visit::Redraw => Some(()),
        }
    }

    /// What a reader chose stays through a new page, so a form that is to show something else is drawn
    /// anew.
    fn drop_forms() {
        for form in super::elements(SETTINGS_FORM) {
            form.remove();
        }
    }

    /// A form's own page came back: what was accepted may be cleared for the next one, what was
    /// refused is shown, unless the reader is busy with another field by now.
    fn answer_form(&self, form: &HtmlFormElement) -> Option<()> {
        let Some(wrong) = form.query_selector(".wrong [name]").ok()? else {
            if form.has_attribute(CLEARS) && form.query_selector(".wrong").ok()?.is_none() {
                form.reset();
            }
            return Some(());
        };
        let active = self.document.active_element()?;
        let idle = matches!(active.tag_name().as_str(), "BODY" | "BUTTON");
        idle.then(|| focus(&wrong))?
    }

    fn content(&self) -> Option<Element> {
        self.document.get_element_by_id(CONTENT)
    }
}

/// Whether an element is live by itself, or was read once at the start.
fn lives(element: &Element) -> bool {
    let name = element.tag_name();
    name == "SCRIPT" || name.eq_ignore_ascii_case(ISLAND)
}
