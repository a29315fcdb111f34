//! Renders an illustrated scene to an MP4 file, and resumes where an earlier run stopped.
//!
//! # Layout
//!
//! - `film`: what to render, as plain data
//! - `camera`, `mood`, `particles`, `title`: what is where, when; pure
//! - `svg`, `layers`, `frame`, `colour`: pixels · `encoder`, `mp4`: bytes
//! - `reel`: group by group into the scratch file

mod camera;
mod colour;
mod encoder;
mod error;
mod film;
mod frame;
mod layers;
mod mood;
mod mp4;
mod particles;
mod reel;
mod svg;
mod title;

pub use camera::Camera;
pub use error::Error;
pub use film::{Film, Rgb, parse_colour};
pub use mood::Mood;
pub use reel::{Reel, Synced};
