//! When a page is fetched, and what happens with the response.

use super::document_title::DocumentTitle;
use super::events::{followed_link, submitted_form};
use super::focus::{FocusTracker, focus, focus_without_scrolling};
use super::form_state::{BUSY, release, show_not_sent, show_sending};
use super::history::PageHistory;
use super::morph::{Keeps, morph};
use super::page_request::{PageResponse, fetch_page, page_request};
use crate::browser::{self, Listener, Timer, address, after, form_fields, on_window_event};
use crate::routes::ids::{CONTENT, UNREACHABLE};
use crate::routes::{CLEARS, ISLAND};
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlFormElement, Request, Response, Url, Window,
};

/// The time between two refreshes, however many jobs end meanwhile.
const REFRESH_INTERVAL: Duration = Duration::from_millis(500);

/// The navigation of a live document.
pub struct Navigator {
    window: Window,
    document: Document,
    history: PageHistory,
    pub title: DocumentTitle,
    pub focus: FocusTracker,
    /// Called after each page that was shown.
    changed: OnceCell<Box<dyn Fn()>>,
    listener: OnceCell<Listener>,
    /// The path and the query of the page that is shown.
    current: RefCell<String>,
    /// The number of the latest request; the response to an older one is not shown.
    latest: Cell<u32>,
    pending: Cell<PendingPage>,
    /// The page is not refreshed again until this timer ends.
    throttle: RefCell<Option<Timer>>,
    /// The page is to be refreshed as soon as possible.
    is_stale: Cell<bool>,
}

/// The page of the latest request, until its response is here.
#[derive(Clone, Copy, Default, PartialEq)]
enum PendingPage {
    #[default]
    Nothing,
    /// The page that is shown.
    SamePage,
    OtherPage,
}

/// Why a page is fetched.
enum Reason {
    /// A link was followed, with this fragment.
    Link(String),
    /// The user went back or forward.
    History,
    /// A form was submitted.
    Form(HtmlFormElement),
    /// What the page shows has changed.
    Refresh,
    /// What the forms of this selector show has changed.
    RenewForms(&'static str),
}

impl Navigator {
    /// The navigation of the document, which does not listen yet; none on the server.
    pub fn of_document() -> Option<Rc<Self>> {
        let (window, document) = browser::window().zip(browser::document())?;
        Some(Rc::new(Self {
            history: PageHistory::new(window.clone(), document.clone()),
            title: DocumentTitle::of(document.clone()),
            focus: FocusTracker::of(document.clone()),
            changed: OnceCell::new(),
            listener: OnceCell::new(),
            current: RefCell::new(address().unwrap_or_default()),
            latest: Cell::default(),
            pending: Cell::default(),
            throttle: RefCell::default(),
            is_stale: Cell::default(),
            window,
            document,
        }))
    }

    /// From now on follows links, forms and steps through the history, and calls `changed` after each page that was
    /// shown.
    pub fn start(self: &Rc<Self>, changed: Box<dyn Fn()>) {
        self.history.start();
        let this = Rc::downgrade(self);
        let events = &["click", "submit", "popstate", "scrollend"];
        let listener = on_window_event(events, move |event| {
            if let Some(this) = this.upgrade() {
                // None: the event is left to the browser.
                let _ = this.handle(&event);
            }
        });
        // Starting twice has no effect.
        let _ = self.changed.set(changed);
        let _ = self.listener.set(listener);
    }

    /// Goes to an address of ours or of another site.
    pub fn go_to(self: &Rc<Self>, address: &str) {
        if !address.starts_with('/') {
            // It fails for an address that is not valid, and then the page stays.
            let _ = self.window.location().assign(address);
        } else if let Some(request) = page_request(address, None) {
            self.fetch(Reason::Link(String::new()), request);
        }
    }

    /// Fetches the current page again, though not more often than the interval allows.
    pub fn refresh(self: &Rc<Self>) {
        if self.pending.get() != PendingPage::Nothing || self.throttle.borrow().is_some() {
            self.is_stale.set(true);
        } else if let Some(request) = self.current_page() {
            self.fetch(Reason::Refresh, request);
            let this = Rc::clone(self);
            *self.throttle.borrow_mut() = Some(after(REFRESH_INTERVAL, move || {
                this.throttle.take();
                this.refresh_if_stale();
            }));
        }
    }

    /// Fetches the current page again, and renders the forms anew that a selector matches.
    pub fn renew_forms(self: &Rc<Self>, forms: &'static str) {
        if let Some(request) = self.current_page() {
            self.fetch(Reason::RenewForms(forms), request);
        }
    }

    /// Shows or hides the message that the server cannot be reached.
    pub fn set_unreachable(&self, is_unreachable: bool) {
        let line = self.document.get_element_by_id(UNREACHABLE);
        if let Some(line) = line.and_then(|line| line.dyn_into::<HtmlElement>().ok()) {
            line.set_hidden(!is_unreachable);
        }
    }

    /// Handles an event; none where it is left to the browser.
    fn handle(self: &Rc<Self>, event: &Event) -> Option<()> {
        match event.type_().as_str() {
            "click" => {
                let link = followed_link(&self.window, &self.current.borrow(), event)?;
                event.prevent_default();
                browser::hide_open_popover();
                let request = page_request(&link.href(), None)?;
                self.fetch(Reason::Link(link.hash()), request);
            }
            "submit" => {
                let form = submitted_form(event)?;
                event.prevent_default();
                if form.has_attribute(BUSY) {
                    return None;
                }
                let request = page_request(&form.get_attribute("action")?, form_fields(&form))?;
                show_sending(&form);
                self.fetch(Reason::Form(form), request);
            }
            "popstate" => {
                let to = address()?;
                if *self.current.borrow() == to {
                    self.stop_waiting();
                    self.history.restore_scroll();
                } else {
                    self.fetch(Reason::History, page_request(&to, None)?);
                }
            }
            _ => self.history.save_scroll(),
        }
        Some(())
    }

    fn fetch(self: &Rc<Self>, reason: Reason, request: Request) {
        if !matches!(reason, Reason::Refresh | Reason::RenewForms(_)) {
            self.set_busy(true);
        }
        let number = self.latest.get() + 1;
        self.latest.set(number);
        self.pending.set(match reason {
            Reason::Link(_) | Reason::History => PendingPage::OtherPage,
            Reason::Form(_) | Reason::Refresh | Reason::RenewForms(_) => PendingPage::SamePage,
        });
        let this = Rc::clone(self);
        spawn_local(async move {
            let response = fetch_page(&this.window, &this.document, &request).await;
            if this.latest.get() == number {
                this.pending.set(PendingPage::Nothing);
                this.take_response(&reason, response);
                this.refresh_if_stale();
            } else if let Reason::Form(form) = &reason {
                // The user has navigated elsewhere. If the page is still there, its form can be sent again.
                release(form);
            }
        });
    }

    fn take_response(&self, reason: &Reason, response: PageResponse) {
        match response {
            PageResponse::Page(page, url) => {
                // None: the document has lost an element that the next step needs.
                let _ = self.show_page(reason, &page, &url);
            }
            PageResponse::Other(response) => self.load_document(reason, &response),
            PageResponse::Unreachable => self.show_unreachable(reason),
        }
    }

    /// Shows a page that came from an address.
    fn show_page(&self, reason: &Reason, page: &Document, url: &Url) -> Option<()> {
        let path = url.pathname();
        let is_same_page = self.current.borrow().split('?').next() == Some(&path);
        match reason {
            Reason::Link(fragment) => self.history.push(&(path + &url.search() + fragment)),
            // The query has the outcome of the form, for browsers without scripts.
            Reason::Form(_) if !is_same_page => self.history.push(&path),
            Reason::History | Reason::Form(_) | Reason::Refresh | Reason::RenewForms(_) => {}
        }
        *self.current.borrow_mut() = address()?;
        self.title.set_page(page.title());
        if let Reason::RenewForms(forms) = reason {
            // What a user has selected survives a new page, so these forms make room for new ones.
            for form in browser::elements(forms) {
                form.remove();
            }
        }
        let keeps: Keeps = match reason {
            Reason::Refresh => |element| is_kept(element) || element.tag_name() == "FORM",
            _ => is_kept,
        };
        let (old, new) = (self.document.body()?, page.body()?);
        morph(&self.document, old.as_ref(), new.as_ref(), keeps);
        if let Some(changed) = self.changed.get() {
            changed();
        }
        self.focus.restore();
        match reason {
            Reason::Link(fragment) => self.begin_at(fragment),
            Reason::Form(_) if !is_same_page => self.begin_at(""),
            Reason::Form(form) => self.finish_form(form),
            Reason::History => {
                self.history.restore_scroll();
                focus_without_scrolling(&self.content()?)
            }
            Reason::Refresh | Reason::RenewForms(_) => Some(()),
        }
    }

    /// Scrolls to a fragment, else to the top, and lets a screen reader begin at the page's content, as in a new
    /// document.
    fn begin_at(&self, fragment: &str) -> Option<()> {
        self.history.scroll_to_fragment(fragment);
        focus(&self.content()?)
    }

    /// A submitted form is shown again. Empties one that was accepted, if it wants that; moves the focus to the first
    /// field with an error, unless the user is busy with another field.
    fn finish_form(&self, form: &HtmlFormElement) -> Option<()> {
        let Some(field) = form.query_selector(".wrong [name]").ok()? else {
            if form.has_attribute(CLEARS) && form.query_selector(".wrong").ok()?.is_none() {
                form.reset();
            }
            return Some(());
        };
        let active = self.document.active_element()?;
        let is_idle = matches!(active.tag_name().as_str(), "BODY" | "BUTTON");
        is_idle.then(|| focus(&field))?
    }

    /// Loads a new document for what this one cannot show.
    fn load_document(&self, reason: &Reason, response: &Response) {
        // Each fails for an address that is not valid, and then the page stays.
        let _ = match reason {
            // A refresh, so stay on the page.
            Reason::Refresh | Reason::RenewForms(_) => Ok(()),
            // Its nonce makes the second submission the same request.
            Reason::Form(form) if !response.redirected() => form.submit(),
            _ => self.window.location().assign(&response.url()),
        };
    }

    /// The server cannot be reached: keeps the page, and shows that.
    fn show_unreachable(&self, reason: &Reason) {
        self.set_busy(false);
        match reason {
            Reason::Form(form) => show_not_sent(form),
            // The tray shows that nothing new can arrive.
            Reason::Refresh | Reason::RenewForms(_) => {}
            Reason::Link(_) => self.set_unreachable(true),
            Reason::History => {
                // The address is to be that of the page that is shown.
                self.history.replace(&self.current.borrow());
                self.set_unreachable(true);
            }
        }
    }

    /// The user is back before the other page arrived, so it is not shown any more.
    fn stop_waiting(&self) {
        if self.pending.get() == PendingPage::OtherPage {
            self.pending.set(PendingPage::Nothing);
            self.latest.set(self.latest.get() + 1);
            self.set_busy(false);
        }
    }

    fn refresh_if_stale(self: &Rc<Self>) {
        if self.is_stale.take() {
            self.refresh();
        }
    }

    fn current_page(&self) -> Option<Request> {
        page_request(&self.current.borrow(), None)
    }

    fn set_busy(&self, is_busy: bool) {
        if let Some(content) = self.content() {
            // Each fails only for a name that is not valid.
            let _ = if is_busy {
                content.set_attribute(BUSY, "true")
            } else {
                content.remove_attribute(BUSY)
            };
        }
    }

    fn content(&self) -> Option<Element> {
        self.document.get_element_by_id(CONTENT)
    }
}

/// Whether an element stays as it is: an island renders itself, a script has run already.
fn is_kept(element: &Element) -> bool {
    let name = element.tag_name();
    name == "SCRIPT" || name.eq_ignore_ascii_case(ISLAND)
}
