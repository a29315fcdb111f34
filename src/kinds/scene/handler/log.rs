//! The log lines of a scene job.

use film::{Checkpoint, Scene};
use std::ops::Range;
use std::time::Duration;

pub fn started(scene: &Scene) -> String {
    format!(
        "{}, “{}”: {} × {}, {:.1} s at {} frames per second, {} frames in {} groups; camera {:?}, mood {:?}, seed {}",
        scene.heading,
        scene.title,
        scene.width,
        scene.height,
        scene.seconds,
        scene.fps,
        scene.frames(),
        scene.groups(),
        scene.camera,
        scene.mood,
        scene.seed
    )
}

pub fn resumed(scene: &Scene, checkpoint: Checkpoint) -> String {
    format!(
        "Resuming after frame {} of {} ({} so far)",
        scene.group(checkpoint.groups).start,
        scene.frames(),
        size(checkpoint.bytes)
    )
}

/// A group that is on disk: its frames, counted from 0, and how long they took.
pub fn group(scene: &Scene, frames: &Range<u32>, elapsed: Duration, bytes: u64) -> String {
    let seconds = elapsed.as_secs_f64();
    let rate = f64::from(frames.end - frames.start) / seconds.max(0.001);
    format!(
        "Frames {} to {} of {} in {seconds:.1} s ({rate:.1} per second), {}",
        frames.start + 1,
        frames.end,
        scene.frames(),
        size(bytes)
    )
}

pub fn finished(scene: &Scene, bytes: u64, elapsed: Duration) -> String {
    format!(
        "Film written: {}, {:.1} s long, rendered in {:.1} s",
        size(bytes),
        scene.seconds,
        elapsed.as_secs_f64()
    )
}

/// Kilobytes, rounded up, or megabytes to one decimal place.
fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1000))
    } else {
        format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_kilobytes_or_megabytes() {
        for (bytes, text) in [(1, "1 kB"), (999_500, "1000 kB"), (12_345_678, "12.3 MB")] {
            assert_eq!(size(bytes), text);
        }
    }
}
