//! Rendering a film into a scratch file, group by group, so that it can be gone on with.

use super::SceneError;
use super::encoder::GroupEncoder;
use super::film::Film;
use super::frame::Renderer;
use super::mp4;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// How far the scratch file is, on disk for certain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synced {
    pub groups: u32,
    pub bytes: u64,
}

impl Synced {
    /// As a checkpoint keeps it.
    pub fn to_value(self) -> Value {
        json!({ "groups": self.groups, "bytes": self.bytes })
    }

    /// From a checkpoint; none when it is of another shape.
    pub fn from_value(value: &Value) -> Option<Self> {
        Self::deserialize(value).ok()
    }
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
    pub fn open(film: &Film, folder: &Path, synced: Synced) -> Result<Self, SceneError> {
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
    ) -> Result<Option<Synced>, SceneError> {
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
    pub fn assemble(
        mut self,
        go_on: impl Fn() -> bool,
    ) -> Result<Option<(PathBuf, u64)>, SceneError> {
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
