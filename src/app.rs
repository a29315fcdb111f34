//! The shell of every page.

use leptos::prelude::*;

/// The whole page's body.
#[component]
pub fn App() -> impl IntoView {
    view! { <h1>"jobtray"</h1> }
}
