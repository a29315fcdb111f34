//! The studio's pages, as the server draws them: the document around them, their routes and what all
//! of them share. What of them is live in the browser is an [island](crate::islands).
//!
//! # Layout
//! - [`request`]: what pages and forms ask of the request that is being served
//! - [`route`]: which page stands at an address
//! - [`header`], [`footer`]: what stands around every page
//! - [`pages`]: a page a file, its forms beside it
//! - [`parts`]: what several pages are made of
//! - [`refusal`]: why a page or a form could not be served

mod footer;
mod header;
mod pages;
mod parts;
mod refusal;
pub mod request;
mod route;

pub use refusal::PageError;
pub use route::PATHS;

use crate::i18n::pages as messages;
use crate::islands::{Island, Live, Start, use_lang};
use crate::tray::say_refusal;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};

/// The document of the page that is asked for.
pub fn shell() -> impl IntoView {
    let lang = use_lang();
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
                <Scripts />
                <MetaTags />
            </head>
            <body>
                <Body />
            </body>
        </html>
    }
}

/// Starts what is live. The names are those that the build gives its files, as Cargo.toml has them.
#[component]
fn Scripts() -> impl IntoView {
    let nonce = use_nonce();
    let start = "import('/pkg/jobtray.js').then(async (page) => {
        await page.default({ module_or_path: '/pkg/jobtray.wasm' });
        page.hydrate();
    });";
    view! {
        <link rel="modulepreload" href="/pkg/jobtray.js" />
        <link
            rel="preload"
            href="/pkg/jobtray.wasm"
            r#as="fetch"
            r#type="application/wasm"
            crossorigin="anonymous"
        />
        <script type="module" nonce=nonce inner_html=start></script>
    }
}

#[component]
fn Body() -> impl IntoView {
    provide_meta_context();
    let lang = use_lang();
    let start = use_context::<Start>();
    if let Some(start) = start.clone() {
        provide_context(start.tray());
    }
    let path = request::path();
    let page = pages::draw(route::Route::of(&path));
    view! {
        <Title formatter=title />
        <a class="skip" href="#content">
            {messages::SKIP.get(lang)}
        </a>
        <header::Header />
        // A page of another path has nothing of this one.
        <main id="content" tabindex="-1" data-key=path>
            <Suspense>{Suspend::new(page)}</Suspense>
        </main>
        <footer::Footer />
        <Live island=Island::Toasts />
        {request::refused_deed()
            .map(|why| {
                view! {
                    <p class="page-note" role="alert">
                        {say_refusal(lang, why)}
                    </p>
                }
            })}
        <p class="page-note" id="unreachable" role="alert" hidden>
            {messages::NO_ANSWER.get(lang)}
        </p>
        {start.map(|start| start.embed())}
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
