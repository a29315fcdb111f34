//! How a kind of job is pictured. Each kind declares it; the tray shows it.

use super::Job;

/// The pictures of one kind of job.
#[derive(Debug, Clone, Copy)]
pub struct KindPicture {
    /// The name of the kind.
    pub kind: &'static str,
    /// An icon: one path in a view box of 24 by 24.
    pub icon: &'static str,
    /// The address of a picture of what a completed job made, if the kind has such pictures.
    pub thumbnail: Option<fn(&Job) -> Option<String>>,
}
