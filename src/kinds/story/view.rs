//! The pages of the kind: `stories`, the list with the form that starts one; `story`, one to read.

mod stories;
mod story;

use super::page_texts;
use super::spec::{PAGE, STORIES};
use crate::ui::Page;

pub const PAGES: &[Page] = &[
    Page::at(STORIES, || Box::pin(stories::draw())).in_navigation(page_texts::STORIES),
    Page::with_id(PAGE, |id| Box::pin(story::draw(id))),
];
