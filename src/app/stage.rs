//! The picture of a scene: its background, and its character in front of it.

use crate::routes::{art, cutout};
use leptos::prelude::*;

/// The picture, as wide as the page allows.
#[component]
pub fn Stage(
    /// The id of the scene, which gives the background.
    scene: String,
    /// The id of its character.
    character: String,
) -> impl IntoView {
    view! {
        <div class="stage">
            <img class="stage-set" src=art(&scene) alt="" width="1920" height="1080" />
            <img class="stage-figure" src=cutout(&character) alt="" width="800" height="800" />
        </div>
    }
}
