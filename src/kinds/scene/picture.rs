//! How the tray shows the kind.

use super::KIND;
use crate::job::{Job, KindPicture};
use crate::routes::art;

/// A film camera, and the drawing of the scene that was rendered.
pub const PICTURE: KindPicture = KindPicture {
    kind: KIND,
    icon: "M4.5 6h10a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-10A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6zM16 10.5l5-3v9l-5-3",
    thumbnail: Some(scene_drawing),
};

fn scene_drawing(job: &Job) -> Option<String> {
    let mut refs = job.refs.iter();
    let scene = refs.find_map(|reference| reference.strip_prefix("scene:"))?;
    Some(art(scene))
}
