//! The studio's own pages, one per file, each with its forms beside it. The pages of kinds are with their
//! kinds.

mod character;
mod characters;
mod home;
mod job;
mod jobs;
mod learn;
mod scene;
mod settings;

use crate::i18n::pages as messages;
use crate::kinds;
use crate::routes::pages;
use crate::ui::page_error::not_found;
use crate::ui::{Page, error_notice};
use leptos::prelude::AnyView;

/// The pages before those of the kinds in the top navigation.
const FIRST: [Page; 4] = [
    Page::at(pages::HOME, || Box::pin(home::draw())),
    Page::at(pages::CHARACTERS, || Box::pin(characters::draw()))
        .in_navigation(messages::CHARACTERS),
    Page::with_id(pages::CHARACTER, |id| Box::pin(character::draw(id))),
    Page::with_id(pages::SCENE, |id| Box::pin(scene::draw(id))),
];

/// The pages after those of the kinds in the top navigation.
const LAST: [Page; 4] = [
    Page::at("/learn", || Box::pin(async { Ok(learn::draw()) })).in_navigation(messages::LEARN),
    Page::at(pages::JOBS, || Box::pin(jobs::draw())).in_navigation(messages::MY_JOBS),
    Page::with_id(pages::JOB, |id| Box::pin(job::draw(id))),
    Page::at(pages::SETTINGS, || Box::pin(async { Ok(settings::draw()) })),
];

/// All pages, in the order of the top navigation.
pub fn all() -> impl Iterator<Item = &'static Page> {
    FIRST.iter().chain(kinds::pages()).chain(&LAST)
}

/// Renders the page at a path, or an error page if there is none or it cannot be shown.
pub async fn draw(path: String) -> AnyView {
    let page = match all().find_map(|page| page.open(&path)) {
        Some(page) => page.await,
        None => Err(not_found()),
    };
    page.unwrap_or_else(|error| error_notice(&error))
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn each_path_opens_one_page() {
        for page in all() {
            let path = page.path.replace("{id}", "x_1");
            let count = all().filter(|other| other.open(&path).is_some()).count();
            assert_eq!(count, 1, "{path}");
        }
    }

    #[test]
    fn other_paths_open_none() {
        for path in [
            "/nothing",
            "/jobs/",
            "/jobs/a/b",
            "/characters/",
            "/scenes",
            "/segments",
            "/api/v1/jobs",
            "/learn/x",
            "/settings/x",
        ] {
            assert!(all().all(|page| page.open(path).is_none()), "{path}");
        }
    }
}
