//! The pages, one a file, each with its forms beside it.

mod character;
mod characters;
mod home;
mod job;
mod jobs;
mod learn;
mod scene;
mod segment;
mod settings;
mod stories;
mod story;
mod vessel;
mod vessels;

use super::parts::refused;
use super::{PageError, request, route::Route};
use leptos::prelude::*;

/// What a page is when it is drawn, or why there is none.
type Drawn = Result<AnyView, PageError>;

/// Draws the page at an address, whatever is found there.
pub async fn draw(route: Route) -> AnyView {
    let drawn = match route {
        Route::Home => home::draw().await,
        Route::Characters => characters::draw().await,
        Route::Character(id) => character::draw(id).await,
        Route::Scene(id) => scene::draw(id).await,
        Route::Segment(id) => segment::draw(id).await,
        Route::Stories => stories::draw().await,
        Route::Story(id) => story::draw(id).await,
        Route::Vessels => vessels::draw().await,
        Route::Vessel(id) => vessel::draw(id).await,
        Route::Learn => Ok(learn::draw()),
        Route::Jobs => jobs::draw().await,
        Route::Job(id) => job::draw(id).await,
        Route::Settings => Ok(settings::draw()),
        Route::Missing => Err(request::not_found()),
    };
    drawn.unwrap_or_else(|refusal| refused(&refusal))
}
