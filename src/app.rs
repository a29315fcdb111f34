//! The studio's pages: the document around them, their routes and what all of them share.
//!
//! # Layout
//! - [`start`]: what the server hands to the first client render
//! - [`request`]: the few things that only the server knows or can do, with one signature on both targets
//! - [`header`], [`footer`]: what stands around every page
//! - [`pages`]: a page a file, its server functions beside it
//! - [`parts`]: what several pages are made of
//! - [`refusal`]: why a page or a form could not be served

mod footer;
mod header;
pub mod pages;
pub mod parts;
mod refusal;
pub mod request;
mod start;

pub use refusal::Refusal;
pub use start::use_lang;

use crate::tray::Tray;
use crate::words::pages as say;
use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};
use start::Start;

/// The document that the server sends around [`App`].
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let lang = use_context::<crate::words::Lang>().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang=lang.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta
                    name="theme-color"
                    media="(prefers-color-scheme: light)"
                    content="#ffffff"
                />
                <meta
                    name="theme-color"
                    media="(prefers-color-scheme: dark)"
                    content="#1c1e21"
                />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href="/pkg/jobtray.css" />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The whole page's body, on the server and in the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let start = Start::provide();
    let lang = start.lang;
    let tray = Tray::new(start.snapshot, start.me);
    provide_context(tray);
    Effect::new(move || tray.connect());
    view! {
        <Title formatter=title />
        <Router>
            <a class="skip" href="#content">
                {say::SKIP.say(lang)}
            </a>
            <header::Header />
            <main id="content" tabindex="-1">
                <Routes fallback=pages::NotFound>
                    <Route path=path!("/") view=pages::Home ssr=SsrMode::Async />
                    <Route path=path!("/characters") view=pages::Characters ssr=SsrMode::Async />
                    <Route path=path!("/characters/:id") view=pages::Character ssr=SsrMode::Async />
                    <Route path=path!("/scenes/:id") view=pages::Scene ssr=SsrMode::Async />
                    <Route path=path!("/segments/:id") view=pages::Segment ssr=SsrMode::Async />
                    <Route path=path!("/stories") view=pages::Stories ssr=SsrMode::Async />
                    <Route path=path!("/stories/:id") view=pages::Story ssr=SsrMode::Async />
                    <Route path=path!("/learn") view=pages::Learn ssr=SsrMode::Async />
                    <Route path=path!("/jobs") view=pages::Jobs ssr=SsrMode::Async />
                    <Route path=path!("/jobs/:id") view=pages::JobDetail ssr=SsrMode::Async />
                    <Route path=path!("/settings") view=pages::Settings ssr=SsrMode::Async />
                </Routes>
            </main>
            <footer::Footer />
        </Router>
    }
}

/// The one place that writes the document's title: `page · jobtray`.
fn title(page: String) -> String {
    if page.is_empty() {
        "jobtray".to_owned()
    } else {
        format!("{page} · jobtray")
    }
}
