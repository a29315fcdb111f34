//! How the tray shows what each kind of job makes. The kinds declare it; the tray knows none of them.

use crate::job::{Job, KindPicture};

/// A box, for a kind of another program.
const BOX: &str = "M12 3.5 20 8v8l-8 4.5L4 16V8zM4 8l8 4.5L20 8M12 12.5v8";

/// Finds the pictures of a kind by its name.
pub type FindPicture = fn(&str) -> Option<&'static KindPicture>;

/// The pictures of all kinds.
#[derive(Debug, Clone, Copy)]
pub struct KindPictures(FindPicture);

impl KindPictures {
    pub const fn new(find: FindPicture) -> Self {
        Self(find)
    }

    /// The icon of a job's kind; jobs of other programs may be of any kind.
    pub fn icon(self, job: &Job) -> &'static str {
        (self.0)(&job.kind).map_or(BOX, |picture| picture.icon)
    }

    /// The address of a picture of what a completed job made.
    pub fn thumbnail(self, job: &Job) -> Option<String> {
        let thumbnail = (self.0)(&job.kind)?.thumbnail?;
        thumbnail(job)
    }
}
