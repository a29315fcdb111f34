//! Completed jobs of built-in kinds.

use super::{Caller, CompletedJob, Queue, QueueError, limits};
use crate::job::JobId;
use crate::store::{CompletedQuery, Items};
use crate::validation::{Format, Rule};

/// The longest list of completed jobs that one call returns.
const MAX_LIST: u32 = 200;

impl Queue {
    /// The completed jobs of a kind that workers of this program did, newest first: of all, or of those with a reference
    /// such as `scene:ID`. `after` is the id of the last one of the part before.
    ///
    /// # Errors
    /// [`QueueError::Invalid`] names `cursor` when `after` is not such a job of the studio: an empty answer would look
    /// like the list's end.
    pub async fn completed(
        &self,
        caller: &Caller,
        kind: &str,
        reference: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<CompletedJob>, QueueError> {
        if let Some(after) = after
            && !self.is_completed(caller, kind, after).await?
        {
            let format = Format::Cursor;
            return limits::invalid("cursor", Rule::Format { format });
        }
        let limit = limit.clamp(1, MAX_LIST);
        let query = CompletedQuery {
            studio: &caller.studio,
            kind,
            reference,
            after,
            limit: limit + 1,
        };
        let found = self.store.completed(query).await?;
        Ok(Items::up_to(limit, found, |job| job.id.as_str()))
    }

    /// A completed job of a kind that a worker of this program did.
    ///
    /// # Errors
    /// [`QueueError::NotFound`] when there is none of that id in the studio.
    pub async fn completed_job(
        &self,
        caller: &Caller,
        kind: &str,
        id: &JobId,
    ) -> Result<CompletedJob, QueueError> {
        let found = self.store.completed_job(&caller.studio, kind, id).await?;
        found.ok_or(QueueError::NotFound)
    }

    async fn is_completed(
        &self,
        caller: &Caller,
        kind: &str,
        id: &str,
    ) -> Result<bool, QueueError> {
        let Ok(id) = JobId::parse(id) else {
            return Ok(false);
        };
        let found = self.store.completed_job(&caller.studio, kind, &id).await?;
        Ok(found.is_some())
    }
}
