//! The store's contract, told as stories that run on a file and in memory.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

#[path = "contract/stage.rs"]
mod stage;

#[path = "contract/bad_days.rs"]
mod bad_days;
#[path = "contract/leases.rs"]
mod leases;
#[path = "contract/lifecycle.rs"]
mod lifecycle;
#[path = "contract/settings.rs"]
mod settings;
#[path = "contract/submitting.rs"]
mod submitting;
#[path = "contract/watching.rs"]
mod watching;
