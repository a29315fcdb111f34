//! The pages of the kind, and what it adds to the page of a scene.
//!
//! # Layout
//! - `segment`: one film · `segments`: the films of a scene
//! - `generate`: the form that starts one · `segment_values`: what a film is made with

mod generate;
mod segment;
mod segment_values;
mod segments;

use super::page_texts;
use super::spec::PAGE;
use crate::ui::{Page, SceneView};
use generate::{start_button, start_form};

pub const PAGES: &[Page] = &[Page::with_id(PAGE, |id| Box::pin(segment::draw(id)))];

pub const SCENE_VIEW: SceneView = SceneView {
    heading: page_texts::GENERATE_HEAD,
    start_form,
    start_button,
    results: |scene| Box::pin(segments::draw(scene)),
};
