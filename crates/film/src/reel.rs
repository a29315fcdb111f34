//! Rendering a film into a scratch file, group by group, so that it can be gone on with.

use crate::Error;
use crate::encoder::GroupEncoder;
use crate::film::Film;
use crate::frame::Renderer;
use crate::mp4;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// How far the scratch file is, on disk for certain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synced {
    pub groups: u32,
    pub bytes: u64,
}

/// A film in the making.
pub struct Reel {
    renderer: Renderer,
    part: File,
    folder: PathBuf,
    synced: Synced,
}

/// The fragments so far; it plays as it is.
const PART: &str = "film.part.mp4";
const WHOLE: &str = "film.mp4";

impl Reel {
    /// Opens the scratch file, waiting for who still writes it, and forgets what was not synced.
    pub fn open(film: &Film, folder: &Path, synced: Synced) -> Result<Self, Error> {
        let mut part = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(folder.join(PART))?;
        // A run that was dropped may still be at its last frame; two never write at once.
        part.lock()?;
        // A scratch file shorter than the checkpoint says is another disk's: start over.
        let synced = if part.metadata()?.len() < synced.bytes || synced.groups > film.groups() {
            Synced::default()
        } else {
            synced
        };
        part.set_len(synced.bytes)?;
        File::open(folder)?.sync_all()?;
        part.seek(SeekFrom::End(0))?;
        Ok(Self {
            renderer: Renderer::new(film)?,
            part,
            folder: folder.to_owned(),
            synced,
        })
    }

    pub fn synced(&self) -> Synced {
        self.synced
    }

    /// Renders the next group and syncs it. `on_frame` hears of each finished frame (counted from 1)
    /// and says whether to go on; none when it said no.
    pub fn next_group(
        &mut self,
        mut on_frame: impl FnMut(u32) -> bool,
    ) -> Result<Option<Synced>, Error> {
        let film = self.renderer.film().clone();
        let index = self.synced.groups;
        let mut encoder = GroupEncoder::new(&film)?;
        for frame in film.group(index) {
            encoder.push(self.renderer.frame(frame))?;
            if !on_frame(frame + 1) {
                return Ok(None);
            }
        }
        let (samples, parameters) = encoder.finish();
        let mut bytes = if index == 0 {
            mp4::head(&film, &parameters)?
        } else {
            Vec::new()
        };
        bytes.extend(mp4::fragment(&film, index, &samples)?);
        self.part.write_all(&bytes)?;
        self.part.sync_data()?;
        self.synced = Synced {
            groups: index + 1,
            bytes: self.synced.bytes + bytes.len() as u64,
        };
        Ok(Some(self.synced))
    }

    /// Writes the finished film beside the scratch file; none when told to stop.
    pub fn assemble(mut self, go_on: impl Fn() -> bool) -> Result<Option<(PathBuf, u64)>, Error> {
        let whole = self.folder.join(WHOLE);
        let mut out = BufWriter::new(File::create(&whole)?);
        let Some(bytes) = mp4::assemble(self.renderer.film(), &mut self.part, &mut out, go_on)?
        else {
            return Ok(None);
        };
        out.flush()?;
        Ok(Some((whole, bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::{PART, Reel, Synced};
    use crate::film::{Film, tests::small};
    use std::path::Path;

    fn open(folder: &Path, synced: Synced) -> Reel {
        Reel::open(&small(), folder, synced).unwrap()
    }

    fn finish(mut reel: Reel) -> Vec<u8> {
        while reel.synced().groups < small().groups() {
            reel.next_group(|_| true).unwrap().unwrap();
        }
        let (path, bytes) = reel.assemble(|| true).unwrap().unwrap();
        let film = std::fs::read(path).unwrap();
        assert_eq!(film.len() as u64, bytes);
        film
    }

    #[test]
    fn a_resumed_film_is_the_same_to_the_byte_and_draws_nothing_twice() {
        let (at_once, in_parts) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let whole = finish(open(at_once.path(), Synced::default()));

        let mut reel = open(in_parts.path(), Synced::default());
        let synced = reel.next_group(|_| true).unwrap().unwrap();
        let mut seen = 0;
        assert!(
            reel.next_group(|frame| {
                seen = frame;
                frame < 10
            })
            .unwrap()
            .is_none()
        );
        assert_eq!(seen, 10);
        drop(reel);
        // What a killed process leaves after its last checkpoint.
        let part = in_parts.path().join(PART);
        let mut torn = std::fs::read(&part).unwrap();
        torn.extend([7; 999]);
        std::fs::write(&part, torn).unwrap();

        let mut reel = open(in_parts.path(), synced);
        let mut first = None;
        reel.next_group(|frame| {
            first.get_or_insert(frame);
            true
        })
        .unwrap();
        assert_eq!(first, Some(small().group(1).start + 1));
        assert!(finish(reel) == whole, "the resumed film differs");
        assert_eq!(
            std::fs::read(part).unwrap(),
            std::fs::read(at_once.path().join(PART)).unwrap()
        );
    }

    #[test]
    fn a_lost_scratch_file_means_starting_over() {
        let folder = tempfile::tempdir().unwrap();
        for synced in [
            Synced {
                groups: 1,
                bytes: 5000,
            },
            Synced {
                groups: 99,
                bytes: 0,
            },
        ] {
            assert_eq!(open(folder.path(), synced).synced(), Synced::default());
        }
    }

    #[test]
    fn another_seed_makes_another_film() {
        let folder = tempfile::tempdir().unwrap();
        let bytes = |seed| {
            let film = Film { seed, ..small() };
            let mut reel = Reel::open(&film, folder.path(), Synced::default()).unwrap();
            reel.next_group(|_| true).unwrap();
            std::fs::read(folder.path().join(PART)).unwrap()
        };
        assert_ne!(bytes(1), bytes(2));
    }
}
