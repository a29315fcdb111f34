//! Announces the ends of jobs: as toasts in every tab, and once among all tabs as a sound and on the desktop.
//!
//! Jobs that end together are announced together. Nothing here waits for a frame or for a chain of timers, which
//! a page in the background gets only once a minute. Times are passed in.
//!
//! # Layout
//! - [`policy`]: whether and how an alert is delivered; pure
//! - [`dedup`]: which alerts still need a tab to deliver them; pure
//! - [`toast_list`], [`desktop`]: the toasts of a page, the texts of notifications; pure
//! - [`tabs`]: what tabs tell each other, and what they store
//! - [`election`]: which tab delivers
//! - [`sound`]: how a page is heard
//! - [`signals`]: what the page shows of alerts
//! - [`delivery`]: puts these together

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
