//! The document around every page, the list of all pages, and the studio's own pages. In the browser, only a page's
//! [islands](crate::islands) are code.
//!
//! # Layout
//! - `header`, `footer`: around every page
//! - `pages`: finds the page at a path; the studio's own pages, one per file
//! - `scene_cards`: scenes in a list; `stage`: the picture of a scene

mod footer;
mod header;
mod pages;
mod scene_cards;
mod stage;

use crate::i18n::pages as messages;
use crate::islands::{Island, Live, Start, use_lang};
use crate::kinds;
use crate::routes;
use crate::routes::attributes::KEY;
use crate::routes::ids::{CONTENT, UNREACHABLE};
use crate::tray::error_text;
use crate::ui::request;
use leptos::attr::custom::custom_attribute;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};

/// The paths of all pages, as the server's router writes them.
pub fn paths() -> impl Iterator<Item = &'static str> {
    pages::all().map(|page| page.path)
}

/// The document of the requested page.
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
                <link rel="icon" href=routes::FAVICON type="image/svg+xml" />
                <link rel="stylesheet" href=routes::STYLE_SHEET />
                <Scripts />
                <MetaTags />
            </head>
            <body>
                <Body />
            </body>
        </html>
    }
}

/// Loads the scripts and the WASM. The build names the files after `output-name` in Cargo.toml.
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
        provide_context(start.tray(kinds::picture));
    }
    let path = request::path();
    let page = pages::draw(path.clone());
    view! {
        <Title formatter=title />
        <a class="skip" href=format!("#{CONTENT}")>
            {messages::SKIP.get(lang)}
        </a>
        <header::Header />
        // The key keeps navigation from reusing elements of a page at another path.
        <main id=CONTENT tabindex="-1" {..custom_attribute(KEY, path)}>
            <Suspense>{Suspend::new(page)}</Suspense>
        </main>
        <footer::Footer />
        <Live island=Island::Toasts />
        {request::action_error()
            .map(|error| {
                view! {
                    <p class="page-note" role="alert">
                        {error_text(lang, error)}
                    </p>
                }
            })}
        <p class="page-note" id=UNREACHABLE role="alert" hidden>
            {messages::NO_ANSWER.get(lang)}
        </p>
        {start.map(|start| start.embed())}
    }
}

/// The document's title: `page · jobtray`.
fn title(page: String) -> String {
    if page.is_empty() {
        "jobtray".to_owned()
    } else {
        format!("{page} · jobtray")
    }
}
