//! Links, forms and history without a new document: the server's HTML is fetched, and the document is changed where
//! it differs. Knows no page by name.
//!
//! # Layout
//! - [`Navigation`]: the handle for the rest of the page
//! - `navigator`: when a page is fetched, and what happens with the response
//! - `events`: the link that a click follows, the form that was submitted
//! - `page_request`: a request for a page, and its response
//! - `history`: addresses and scroll restoration
//! - [`form_state`]: the status line of a form
//! - [`morph`]: makes an element like another one
//! - `focus`, `document_title`: where the keyboard focus goes, and the title of the browser's tab

mod document_title;
mod events;
mod focus;
pub mod form_state;
mod handle;
mod history;
pub mod morph;
mod navigator;
mod page_request;

pub use handle::Navigation;
