//! The document's title, which has one owner: this. A page has a title of its own, and work may stand
//! before it for a while.

use super::document::document;
use std::cell::RefCell;

thread_local! {
    static TITLE: RefCell<Title> = const { RefCell::new(Title { page: None, work: None }) };
}

struct Title {
    /// As the page has it; none until something else stood there.
    page: Option<String>,
    /// In place of it.
    work: Option<String>,
}

/// The page that stands in the document has this title. Nothing on the server.
pub fn set_page_title(title: String) {
    change(|now| now.page = Some(title));
}

/// Shows this in place of the page's own title; none: the page's own again. Nothing on the server.
pub fn set_work_title(title: Option<String>) {
    change(|now| now.work = title);
}

fn change(change: impl FnOnce(&mut Title)) {
    let Some(document) = document() else {
        return;
    };
    TITLE.with_borrow_mut(|title| {
        let page = title.page.take().unwrap_or_else(|| document.title());
        title.page = Some(page);
        change(title);
        let shown = title.work.as_ref().or(title.page.as_ref());
        let shown = shown.map_or("", String::as_str);
        if document.title() != shown {
            document.set_title(shown);
        }
    });
}
