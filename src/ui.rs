//! What the pages of the studio and of the kinds of jobs are built of.
//!
//! # Layout
//! - [`page`]: a page under its path, and what a kind shows on the pages of a scene
//! - [`request`]: what pages and forms need from the current request
//! - [`page_error`]: why a page or a form could not be served; `error_notice`: the page that shows it
//! - `form`, `field`: forms that work without scripts; `input_field`: a field with the limits of an input type
//! - `heading`, `detail_list`, `pending_result`: parts that several pages share

mod detail_list;
mod error_notice;
mod field;
mod form;
mod heading;
mod input_field;
pub mod page;
pub mod page_error;
mod pending_result;
pub mod request;

pub use detail_list::DetailList;
pub use error_notice::error_notice;
pub use field::{Control, Field};
pub use form::{Form, FormState, PostForm, StartState};
pub use heading::{Breadcrumbs, Heading, NextPage};
pub use input_field::InputField;
pub use page::{Page, PageResult, SceneView};
pub use page_error::PageError;
pub use pending_result::pending_result;
