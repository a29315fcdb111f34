//! The title of the document: the page's own title, or another one that is shown for a while. Nothing else sets it.

use std::cell::RefCell;
use web_sys::Document;

pub struct DocumentTitle {
    document: Document,
    /// The title of the page.
    page: RefCell<String>,
    /// Shown instead of it.
    instead: RefCell<Option<String>>,
}

impl DocumentTitle {
    pub fn of(document: Document) -> Self {
        Self {
            page: RefCell::new(document.title()),
            instead: RefCell::default(),
            document,
        }
    }

    /// Another page is shown, which has this title.
    pub fn set_page(&self, title: String) {
        self.page.replace(title);
        self.show();
    }

    /// Shows a title instead of the page's own; none shows the page's own again.
    pub fn set_override(&self, title: Option<String>) {
        self.instead.replace(title);
        self.show();
    }

    fn show(&self) {
        let (page, instead) = (self.page.borrow(), self.instead.borrow());
        let title = instead.as_ref().unwrap_or(&page);
        if self.document.title() != *title {
            self.document.set_title(title);
        }
    }
}
