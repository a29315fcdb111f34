//! The pages of both kinds.
//!
//! # Layout
//! - `vessels`: the craft folder, the form that starts a job, and the results
//! - `vessel`: one result; `tree` (with `rows`) or `plan` (with `figure`) inside it
//! - `part_counts`: a list of parts in one line

mod figure;
mod part_counts;
mod plan;
mod rows;
mod tree;
mod vessel;
mod vessels;

use super::spec::{PAGE, VESSELS};
use crate::kinds::vessel::page_texts as messages;
use crate::ui::Page;

pub const PAGES: &[Page] = &[
    Page::at(VESSELS, || Box::pin(vessels::draw())).in_navigation(messages::VESSELS),
    Page::with_id(PAGE, |id| Box::pin(vessel::draw(id))),
];
