//! Renders a scene one closed group of frames at a time, so that a later run can resume after any group.

use crate::compositor::Compositor;
use crate::encoder::GroupEncoder;
use crate::error::Error;
use crate::mp4;
use crate::scene::Scene;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};

/// The fragments so far, in the work folder. The file plays as it is.
const FRAGMENTS: &str = "film.part.mp4";
/// The finished film, in the work folder.
const FINISHED: &str = "film.mp4";

/// How much of a film is safely on disk. Save it, and pass it to the next [`render()`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Finished groups of frames.
    pub groups: u32,
    /// Length of their fragments.
    pub bytes: u64,
}

/// What [`render()`] reports while it works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The layers are drawn, and rendering goes on after this checkpoint. It is the one that was
    /// passed, or the start where the files of that one are gone.
    Started(Checkpoint),
    /// This many frames of the film are drawn and encoded, those of earlier runs included.
    Frame(u32),
    /// A group is on disk: its frames, counted from 0, and what to resume from.
    Group {
        frames: Range<u32>,
        checkpoint: Checkpoint,
    },
    /// A group, counted from 0, is about to be copied to the finished film.
    Muxing { group: u32 },
}

/// How rendering ended, if not with an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The film is complete, `bytes` long. The fragments beside it are no longer needed.
    Finished { path: PathBuf, bytes: u64 },
    /// The callback stopped it. What came after the last [`Event::Group`] is lost.
    Stopped,
}

/// Renders a scene to an MP4 file in `folder`, after the groups that `checkpoint` counts.
///
/// `folder` exists and belongs to this film alone; if another call still works in it, this one waits.
/// `on_event` is called from this thread, after each frame at the latest, and stops the work by
/// [`ControlFlow::Break`]. A film that was stopped and resumed has the bytes of one that was not.
pub fn render(
    scene: &Scene,
    folder: &Path,
    checkpoint: Checkpoint,
    mut on_event: impl FnMut(Event) -> ControlFlow<()>,
) -> Result<Outcome, Error> {
    scene.check()?;
    let mut fragments = Fragments::open(scene, folder, checkpoint)?;
    let mut compositor = Compositor::new(scene)?;
    if on_event(Event::Started(fragments.checkpoint)).is_break() {
        return Ok(Outcome::Stopped);
    }
    while fragments.checkpoint.groups < scene.groups() {
        let index = fragments.checkpoint.groups;
        let Some(bytes) = render_group(scene, &mut compositor, index, &mut on_event)? else {
            return Ok(Outcome::Stopped);
        };
        let event = Event::Group {
            frames: scene.group(index),
            checkpoint: fragments.append(&bytes)?,
        };
        if on_event(event).is_break() {
            return Ok(Outcome::Stopped);
        }
    }
    let path = folder.join(FINISHED);
    let mut finished = BufWriter::new(File::create(&path)?);
    let before_group = |group| on_event(Event::Muxing { group });
    let written = mp4::remux(scene, &mut fragments.file, &mut finished, before_group)?;
    let Some(bytes) = written else {
        return Ok(Outcome::Stopped);
    };
    finished.flush()?;
    Ok(Outcome::Finished { path, bytes })
}

/// The bytes of one group, behind the start of the file if it is the first; `None` if stopped.
fn render_group(
    scene: &Scene,
    compositor: &mut Compositor,
    index: u32,
    on_event: &mut impl FnMut(Event) -> ControlFlow<()>,
) -> Result<Option<Vec<u8>>, Error> {
    let mut encoder = GroupEncoder::new(scene)?;
    for frame in scene.group(index) {
        encoder.push(compositor.frame(frame))?;
        if on_event(Event::Frame(frame + 1)).is_break() {
            return Ok(None);
        }
    }
    let (samples, parameters) = encoder.finish();
    let mut bytes = Vec::new();
    if index == 0 {
        bytes = mp4::init_segment(scene, &parameters)?;
    }
    bytes.extend(mp4::fragment(scene, index, &samples)?);
    Ok(Some(bytes))
}

/// The file of fragments, and how much of it is synced to disk.
struct Fragments {
    file: File,
    checkpoint: Checkpoint,
}

impl Fragments {
    /// Opens the file, and cuts off what was written after the checkpoint.
    fn open(scene: &Scene, folder: &Path, checkpoint: Checkpoint) -> Result<Self, Error> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(folder.join(FRAGMENTS))?;
        // A call that was stopped may still be drawing its last frame.
        file.lock()?;
        // A file that is shorter than its checkpoint is damaged. It may be on another disk, for example.
        let is_lost = file.metadata()?.len() < checkpoint.bytes;
        let checkpoint = if is_lost || checkpoint.groups > scene.groups() {
            Checkpoint::default()
        } else {
            checkpoint
        };
        file.set_len(checkpoint.bytes)?;
        File::open(folder)?.sync_all()?;
        file.seek(SeekFrom::End(0))?;
        Ok(Self { file, checkpoint })
    }

    fn append(&mut self, group: &[u8]) -> Result<Checkpoint, Error> {
        self.file.write_all(group)?;
        self.file.sync_data()?;
        self.checkpoint = Checkpoint {
            groups: self.checkpoint.groups + 1,
            bytes: self.checkpoint.bytes + group.len() as u64,
        };
        Ok(self.checkpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::{Checkpoint, Event, FRAGMENTS, Outcome, render};
    use crate::error::Error;
    use crate::scene::{Scene, tests::small};
    use std::ops::ControlFlow;
    use std::path::Path;

    /// Renders the small scene, stops after the event for which `stop` returns true, and returns all events.
    fn run(
        folder: &Path,
        checkpoint: Checkpoint,
        stop: impl Fn(&Event) -> bool,
    ) -> (Outcome, Vec<Event>) {
        let mut events = Vec::new();
        let outcome = render(&small(), folder, checkpoint, |event| {
            events.push(event.clone());
            if stop(&event) {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        (outcome.unwrap(), events)
    }

    fn film(outcome: Outcome) -> Vec<u8> {
        let Outcome::Finished { path, bytes } = outcome else {
            panic!("not finished");
        };
        let film = std::fs::read(path).unwrap();
        assert_eq!(film.len() as u64, bytes);
        film
    }

    fn checkpoint_of(event: &Event) -> Option<Checkpoint> {
        match event {
            Event::Group { checkpoint, .. } => Some(*checkpoint),
            _ => None,
        }
    }

    #[test]
    fn a_resumed_film_has_equal_bytes_and_draws_no_group_twice() {
        let (at_once, in_parts) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (outcome, _) = run(at_once.path(), Checkpoint::default(), |_| false);
        let whole = film(outcome);

        let in_second_group = |event: &Event| *event == Event::Frame(9);
        let (outcome, events) = run(in_parts.path(), Checkpoint::default(), in_second_group);
        assert_eq!(outcome, Outcome::Stopped);
        assert_eq!(events.last(), Some(&Event::Frame(9)));
        let checkpoint = events.iter().find_map(checkpoint_of).unwrap();
        // A killed process may have written this after its last checkpoint.
        let fragments = in_parts.path().join(FRAGMENTS);
        let mut torn = std::fs::read(&fragments).unwrap();
        torn.extend([7; 999]);
        std::fs::write(&fragments, torn).unwrap();

        let (outcome, events) = run(in_parts.path(), checkpoint, |_| false);
        assert_eq!(events[..2], [Event::Started(checkpoint), Event::Frame(9)]);
        assert!(film(outcome) == whole, "the resumed film differs");
        assert_eq!(
            std::fs::read(fragments).unwrap(),
            std::fs::read(at_once.path().join(FRAGMENTS)).unwrap()
        );
    }

    #[test]
    fn every_event_can_stop_the_work() {
        let folder = tempfile::tempdir().unwrap();
        let (_, events) = run(folder.path(), Checkpoint::default(), |_| false);
        // Started, ten frames, two groups, and the copies of those.
        assert_eq!(events.len(), 15);
        for wanted in &events {
            let (outcome, events) = run(folder.path(), Checkpoint::default(), |event| {
                event == wanted
            });
            assert_eq!(outcome, Outcome::Stopped);
            assert_eq!(events.last(), Some(wanted));
        }
    }

    #[test]
    fn lost_fragments_mean_starting_again() {
        let folder = tempfile::tempdir().unwrap();
        for (groups, bytes) in [(1, 5000), (99, 0)] {
            let (_, events) = run(folder.path(), Checkpoint { groups, bytes }, |_| true);
            assert_eq!(events, [Event::Started(Checkpoint::default())]);
        }
    }

    #[test]
    fn a_scene_outside_its_limits_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let odd = Scene {
            width: 161,
            ..small()
        };
        let result = render(&odd, folder.path(), Checkpoint::default(), |_| {
            ControlFlow::Continue(())
        });
        assert!(matches!(result, Err(Error::Limit(_))), "{result:?}");
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }

    #[test]
    fn another_seed_makes_another_film() {
        let bytes = |seed| {
            let folder = tempfile::tempdir().unwrap();
            let scene = Scene { seed, ..small() };
            let outcome = render(&scene, folder.path(), Checkpoint::default(), |_| {
                ControlFlow::Continue(())
            });
            film(outcome.unwrap())
        };
        assert_ne!(bytes(1), bytes(2));
    }
}
