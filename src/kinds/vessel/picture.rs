//! How the tray shows the kinds.

use super::{PART_TREE, STAGE_PLAN};
use crate::job::KindPicture;

const ROCKET: &str = "M12 3c3 2.5 4 6 4 9.5V16H8v-3.5C8 9 9 5.5 12 3zM8 12l-3 3v4l3-2M16 12l3 3v4l-3-2M12 9v.2M11 19h2";

pub const PICTURES: &[KindPicture] = &[rocket(PART_TREE), rocket(STAGE_PLAN)];

const fn rocket(kind: &'static str) -> KindPicture {
    KindPicture {
        kind,
        icon: ROCKET,
        thumbnail: None,
    }
}
