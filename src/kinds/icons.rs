//! The icons of the kinds, for server and browser: one SVG path each, on a canvas of 24 by 24.

/// A film camera.
const CAMERA: &str = "M4.5 6h10a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-10A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6zM16 10.5l5-3v9l-5-3";
/// An open book.
const BOOK: &str = "M12 6.5C10 5 7 4.5 3.5 4.8v13C7 17.5 10 18 12 19.5c2-1.5 5-2 8.5-1.7v-13C17 4.5 14 5 12 6.5zM12 6.5v13";
const ROCKET: &str = "M12 3c3 2.5 4 6 4 9.5V16H8v-3.5C8 9 9 5.5 12 3zM8 12l-3 3v4l3-2M16 12l3 3v4l-3-2M12 9v.2M11 19h2";
/// A window with a prompt.
const TERMINAL: &str = "M5 5h14a1.5 1.5 0 0 1 1.5 1.5v11A1.5 1.5 0 0 1 19 19H5a1.5 1.5 0 0 1-1.5-1.5v-11A1.5 1.5 0 0 1 5 5zM7.5 9.5l3 2.5-3 2.5M12.5 15h4";

/// The name and the icon of each kind.
pub const ICONS: &[(&str, &str)] = &[
    ("scene", CAMERA),
    ("story", BOOK),
    ("part_tree", ROCKET),
    ("stage_plan", ROCKET),
    ("script", TERMINAL),
];
