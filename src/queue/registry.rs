//! The kinds of job that can be submitted, and how each checks and names its jobs.

use super::{Caller, CompletedJob, QueueError};
use crate::i18n::{Sentence, Translation};
use crate::job::{Action, JobId, Text};
use crate::routes::job_page;
use futures::future::BoxFuture;
use serde_json::Value;
use std::sync::Arc;

/// What the queue needs to know about a kind of job. The worker's side is its `JobHandler`.
pub trait KindSpec: Send + Sync {
    /// The name in `type` and at the start of every id.
    fn kind(&self) -> &'static str;
    /// Names of the kind in earlier versions; clients that still use them can start it.
    fn former_kinds(&self) -> &'static [&'static str] {
        &[]
    }
    /// The name that people see.
    fn label(&self) -> Translation;
    /// A JSON Schema of `input`.
    fn input_schema(&self) -> Value;
    /// The published JSON Schema of its results, where they are JSON.
    fn result_schema(&self) -> Option<&'static str> {
        None
    }
    /// What a person does with the result.
    fn action(&self) -> Action;
    /// Whether jobs of this kind can run now; the error says why not.
    fn available(&self) -> Result<(), Sentence> {
        Ok(())
    }
    /// Checks and completes the input, names the job and estimates how long it takes. An error names the field,
    /// such as `input.sceneId`.
    fn prepare<'a>(&'a self, caller: &'a Caller, input: Value) -> Preparing<'a>;
    /// Whether a job of this kind may change anything outside this server.
    fn reaches_out(&self) -> bool {
        false
    }
    /// The reference to what the job makes, such as `story:ID`; none if other jobs cannot refer to it.
    fn own_ref(&self, _id: &JobId) -> Option<String> {
        None
    }
    /// The REST list of what the kind has made, for a kind that has one.
    fn collection(&self) -> Option<Collection> {
        None
    }
    /// The page that shows the result to a person.
    fn page(&self, id: &JobId) -> String {
        job_page(id)
    }
}

/// A REST list of a kind's completed jobs, newest first.
#[derive(Debug, Clone, Copy)]
pub struct Collection {
    /// Its path below the version of the API, such as `/stories`.
    pub path: &'static str,
    /// An item as JSON, with an `id` and a `name`.
    pub item: fn(CompletedJob) -> Value,
}

/// An input while it is being checked.
pub type Preparing<'a> = BoxFuture<'a, Result<Prepared, QueueError>>;

/// A checked input, and what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    pub input: Value,
    /// The name in English, unless the caller gave one.
    pub name: String,
    /// The same name for translation, if it is one of our texts.
    pub name_text: Option<Text>,
    pub estimate_seconds: Option<f64>,
    /// What the job belongs to, such as `scene:ID`.
    pub refs: Vec<String>,
}

/// The kinds that this program can run; cheap to clone.
#[derive(Clone, Default)]
pub struct KindRegistry(Vec<Arc<dyn KindSpec>>);

impl KindRegistry {
    #[must_use]
    pub fn new(kinds: Vec<Arc<dyn KindSpec>>) -> Self {
        Self(kinds)
    }

    /// The kind with this name.
    #[must_use]
    pub fn find(&self, kind: &str) -> Option<&Arc<dyn KindSpec>> {
        self.0.iter().find(|spec| spec.kind() == kind)
    }

    /// Every kind, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn KindSpec>> {
        self.0.iter()
    }
}
