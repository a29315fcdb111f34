//! Announces the ends of jobs: as toasts in every tab, and once among all tabs as a sound and on the desktop.
//!
//! Jobs that end together are announced together. Nothing here waits for a frame or for a chain of timers: browsers
//! run these only once a minute in a background page. Times are passed in.
//!
//! # Layout
//! - [`policy`]: whether and how an alert is delivered; pure
//! - [`dedup`]: which alerts still need a tab to deliver them; pure
//! - [`toast_list`], [`desktop`]: the toasts of a page, the texts of notifications; pure
//! - [`tabs`]: the messages between tabs, and what they store
//! - [`election`]: which tab delivers
//! - [`sound`]: plays the sounds
//! - [`signals`]: what the page shows about alerts
//! - [`delivery`]: combines these

pub mod dedup;
pub mod delivery;
pub mod desktop;
pub mod election;
pub mod method;
pub mod policy;
pub mod signals;
pub mod sound;
pub mod tabs;
pub mod toast_list;
