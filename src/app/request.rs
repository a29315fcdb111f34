//! What only the server knows of a request, or can do to its answer. One signature on both
//! targets; in the browser these do nothing.

#[cfg(feature = "ssr")]
mod server {
    use crate::queue::Caller;
    use leptos::prelude::use_context;

    /// The id of whoever asks; empty in the browser, which got it with the first HTML.
    pub fn viewer() -> String {
        use_context::<Caller>().map_or_else(String::new, |caller| caller.user)
    }

    /// Answers 404 for the page that is being rendered.
    pub fn answer_not_found() {
        if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
            response.set_status(axum::http::StatusCode::NOT_FOUND);
        }
    }
}

#[cfg(not(feature = "ssr"))]
mod server {
    pub fn viewer() -> String {
        String::new()
    }

    pub fn answer_not_found() {}
}

pub use server::{answer_not_found, viewer};
