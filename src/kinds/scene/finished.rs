//! A finished segment of a scene.

use super::KIND;
use crate::job::{JobId, Timestamp};
use crate::queue::{Caller, CompletedJob, Queue, QueueError};
use crate::studio::{Scene, Studio, StudioError};
use serde_json::Value;

/// Segments that a scene's page shows.
const MAX_SEGMENTS: u32 = 100;

/// A rendered segment. Its id is that of the job.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    pub id: String,
    pub scene: Scene,
    /// The validated input of the job.
    pub input: Value,
    pub media_type: String,
    pub bytes: u64,
    /// The creator's name.
    pub made_by: String,
    pub finished_at: Timestamp,
}

/// The segments of a scene, newest first, 100 at most.
///
/// # Errors
/// As [`Queue::completed`].
pub async fn segments(
    queue: &Queue,
    caller: &Caller,
    scene: &Scene,
) -> Result<Vec<Segment>, QueueError> {
    let reference = scene.reference();
    let found = queue
        .completed(caller, KIND, Some(&reference), None, MAX_SEGMENTS)
        .await?;
    let segments = found.items.into_iter();
    Ok(segments.map(|job| Segment::of(job, scene)).collect())
}

/// A segment with its scene; none when the job or its scene is not there.
///
/// # Errors
/// [`StudioError::Store`] or [`QueueError::Unavailable`] when the store cannot answer.
pub async fn segment(
    queue: &Queue,
    studio: &Studio,
    caller: &Caller,
    id: &JobId,
) -> Result<Option<Segment>, QueueError> {
    let job = match queue.completed_job(caller, KIND, id).await {
        Ok(job) => job,
        Err(QueueError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let scene = job.input["sceneId"].as_str().unwrap_or_default();
    match studio.scene(caller, scene).await {
        Ok(scene) => Ok(Some(Segment::of(job, &scene))),
        Err(StudioError::NotFound) => Ok(None),
        Err(error) => Err(QueueError::Unavailable(error.to_string())),
    }
}

impl Segment {
    fn of(job: CompletedJob, scene: &Scene) -> Self {
        Self {
            id: job.id.to_string(),
            scene: scene.clone(),
            input: job.input,
            media_type: job.media_type,
            bytes: job.bytes,
            made_by: job.owner_name,
            finished_at: job.finished_at,
        }
    }
}
