//! The pages of the kind: `stories`, the list with the form that starts one; `story`, one to read.

mod stories;
mod story;

use super::spec::{PAGE, STORIES};
use crate::i18n::pages as messages;
use crate::ui::Page;

pub const PAGES: &[Page] = &[
    Page::at(STORIES, || Box::pin(stories::draw())).in_navigation(messages::STORIES),
    Page::with_id(PAGE, |id| Box::pin(story::draw(id))),
];
