//! How the tray shows the kind.

use super::KIND;
use crate::job::KindPicture;

/// An open book.
pub const PICTURE: KindPicture = KindPicture {
    kind: KIND,
    icon: "M12 6.5C10 5 7 4.5 3.5 4.8v13C7 17.5 10 18 12 19.5c2-1.5 5-2 8.5-1.7v-13C17 4.5 14 5 12 6.5zM12 6.5v13",
    thumbnail: None,
};
