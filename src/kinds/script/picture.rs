//! How the tray shows the kind.

use super::KIND;
use crate::job::KindPicture;

/// A window with a prompt.
pub const PICTURE: KindPicture = KindPicture {
    kind: KIND,
    icon: "M5 5h14a1.5 1.5 0 0 1 1.5 1.5v11A1.5 1.5 0 0 1 19 19H5a1.5 1.5 0 0 1-1.5-1.5v-11A1.5 1.5 0 0 1 5 5zM7.5 9.5l3 2.5-3 2.5M12.5 15h4",
    thumbnail: None,
};
