//! The map of the modules.
//!
//! Shared by server and browser: [`job`], [`live`], [`routes`], [`i18n`], [`validation`], [`settings`], [`browser`],
//! [`navigation`], [`tray`], [`islands`], and of [`kinds`] the messages.
//! Browser alone: `hydrate`.
//! Server alone: `ui`, `app`, `store`, `studio`, `queue`, `worker`, most of `kinds`, `mcp`, `web`.
//! ARCHITECTURE.md says who may import whom, and a test checks it.

pub mod i18n;
pub mod job;
pub mod live;
pub mod routes;
pub mod settings;
pub mod validation;

pub mod browser;
pub mod islands;
pub mod kinds;
pub mod navigation;
pub mod tray;

#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod mcp;
#[cfg(feature = "ssr")]
pub mod queue;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod studio;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod web;
#[cfg(feature = "ssr")]
pub mod worker;

#[cfg(feature = "hydrate")]
mod hydrate;
