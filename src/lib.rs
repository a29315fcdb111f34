//! The map of the modules.
//!
//! Shared by server and browser: [`job`], [`live`], [`routes`], [`i18n`], [`validation`], [`settings`], [`browser`],
//! [`navigation`], [`tray`], [`islands`], and of [`kinds`] the messages and pictures.
//! Browser alone: `hydrate`.
//! Server alone: `ui`, `app`, `store`, `studio`, `queue`, `worker`, most of `kinds`, `mcp`, `web`.
//! ARCHITECTURE.md says who may import whom, and a test checks it.

pub mod i18n;
pub mod job;
pub mod kinds;
pub mod live;
#[cfg_attr(
    not(feature = "ssr"),
    allow(dead_code, reason = "the server's build finds what nobody uses")
)]
mod routes;
pub mod settings;
pub mod validation;

// The server renders with these; what the browser does with them beside is not used there. The browser's build finds
// what nobody uses.
#[cfg_attr(feature = "ssr", allow(dead_code, unused_imports))]
mod browser;
#[allow(unused_imports)]
#[cfg_attr(feature = "ssr", allow(dead_code))]
pub mod islands;
#[cfg_attr(feature = "ssr", allow(dead_code))]
mod navigation;
#[allow(unused_imports)]
#[cfg_attr(feature = "ssr", allow(dead_code))]
mod tray;

#[cfg(feature = "ssr")]
mod app;
#[cfg(feature = "ssr")]
pub mod mcp;
#[cfg(feature = "ssr")]
pub mod queue;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod studio;
#[cfg(feature = "ssr")]
mod ui;
#[cfg(feature = "ssr")]
pub mod web;
#[cfg(feature = "ssr")]
pub mod worker;

#[cfg(feature = "hydrate")]
mod hydrate;
