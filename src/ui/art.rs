//! Where the studio's drawings are served.

/// A character's portrait or a scene's background.
pub fn art_path(id: &str) -> String {
    format!("/art/{id}.svg")
}

/// A character's portrait without its background.
pub fn cutout_path(id: &str) -> String {
    format!("/art/{id}.svg?figure")
}
