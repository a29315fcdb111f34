#![doc = include_str!("../README.md")]
//! # Layout
//!
//! - `scene`: the scene to render, as plain data, and the arithmetic of its frames
//! - `camera`, `mood`, `particles`, `title`: the position of everything at each moment, as pure functions of time
//! - `svg`, `layers`, `compositor`: draw the parts of a frame, then the frame
//! - `grade`: colour grade, vignette and grain, then RGB to YUV
//! - `encoder`: YUV frames to H.264 · `mp4`: H.264 to a file
//! - `render`: the public entry point, which renders one closed group of frames at a time, with checkpoints
//!
//! Deliberately absent: threads, async, logging and clocks. [`render()`] blocks its thread and reports
//! to a callback.

mod camera;
mod colour;
mod compositor;
mod encoder;
mod error;
mod grade;
mod layers;
mod mood;
mod mp4;
mod particles;
mod render;
mod scene;
mod svg;
mod title;

pub use camera::Camera;
pub use colour::{Rgb, parse_colour};
pub use error::Error;
pub use mood::Mood;
pub use render::{Checkpoint, Event, Outcome, render};
pub use scene::Scene;
pub use svg::check_svg;
