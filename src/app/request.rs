//! What pages and forms ask of the request that is being served: the doors, the caller, the address.

use super::PageError;
use super::parts::{FormStart, SceneCard, Take};
use crate::i18n::Translation;
use crate::job::{Job, JobId, LogPage, Timestamp};
use crate::queue::{Caller, NewJob, Queue, QueueError};
use crate::studio::{CraftFolder, Scene, Studio, StudioError};
use crate::tray::actions::door::answer;
use crate::tray::actions::{ActionError, ChangeJob};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::request::Parts;
use leptos::prelude::use_context;
use leptos::server_fn::ServerFn;
use leptos::server_fn::error::{FromServerFnError, ServerFnUrlError};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// The longest nonce that a form of ours carries, in bytes.
const LONGEST_NONCE: usize = 64;
/// Lines of a log that one request brings.
const LOG_PART: u32 = 500;

/// When the request came, before anything was read for it; whoever serves pages puts it into
/// context.
#[derive(Debug, Clone, Copy)]
pub struct AskedAt(pub Timestamp);

/// When the request came, by the server's clock.
pub fn asked_at() -> Timestamp {
    use_context().map_or_else(Timestamp::default, |AskedAt(at)| at)
}

/// The path that was asked for.
pub fn path() -> String {
    let asked = use_context::<Parts>().map(|request| request.uri);
    asked.map_or_else(String::new, |uri| uri.path().to_owned())
}

/// A parameter of the address that was asked for; none where it is empty.
pub fn parameter(name: &str) -> Option<String> {
    let request = use_context::<Parts>()?;
    parameter_of(&request, name).filter(|value| !value.is_empty())
}

fn parameter_of(request: &Parts, name: &str) -> Option<String> {
    let query = Query::<Vec<(String, String)>>::try_from_uri(&request.uri).ok()?;
    let found = query.0.into_iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value)
}

/// An address with one parameter.
pub fn path_with(path: &str, name: &str, value: &str) -> String {
    let value = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
    format!("{path}?{name}={value}")
}

/// A form that was just sent; whoever serves pages puts it into context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The path of the form's server function.
    pub form: String,
    /// The names and values of its fields, where it was refused.
    pub fields: Vec<(String, String)>,
}

/// How a form stands in the page that is being sent: as it was when the server function at
/// `path` refused it, else new.
pub fn form_start(path: &'static str) -> FormStart {
    let refusal = use_context::<Parts>().and_then(|request| refused(&request, path));
    let sent = use_context::<Draft>().filter(|draft| draft.form == path);
    FormStart {
        nonce: nonce(),
        outcome: refusal.map(Err).or(sent.as_ref().map(|_| Ok(()))),
        typed: sent.map_or_else(Vec::new, |draft| draft.fields),
    }
}

/// Why a button of a job did nothing, pressed without scripts.
pub fn refused_deed() -> Option<ActionError> {
    refused(&use_context::<Parts>()?, ChangeJob::PATH)
}

/// Why a plain form was refused, which stands in the address that its answer led to.
fn refused<E: FromServerFnError>(request: &Parts, path: &str) -> Option<E> {
    let part = |name| parameter_of(request, name);
    (part("__path")? == path).then_some(())?;
    Some(ServerFnUrlError::<E>::decode_err(&part("__err")?))
}

pub fn caller() -> Result<Caller, PageError> {
    use_context().ok_or(PageError::Unavailable)
}

pub fn queue() -> Result<Queue, PageError> {
    use_context().ok_or(PageError::Unavailable)
}

pub fn craft_folder() -> Result<CraftFolder, PageError> {
    use_context().ok_or(PageError::Unavailable)
}

pub fn studio() -> Result<Studio, PageError> {
    use_context().ok_or(PageError::Unavailable)
}

/// The kinds of work, and what people call them.
pub fn kinds() -> Vec<(&'static str, Translation)> {
    queue().map_or_else(
        |_| Vec::new(),
        |queue| {
            let kinds = queue.kinds().iter();
            kinds.map(|spec| (spec.kind(), spec.label())).collect()
        },
    )
}

/// Where the process keeps its files; whoever serves pages puts it into context.
#[derive(Debug, Clone)]
pub struct DataDir(pub PathBuf);

/// A job that an address names.
pub async fn job(id: &str) -> Result<Job, PageError> {
    let Ok(id) = JobId::parse(id) else {
        return Err(not_found());
    };
    Ok(queue()?.get(&caller()?, &id).await?)
}

/// A part of a job's log.
pub async fn log_part(id: &JobId, after: u64) -> Result<LogPage, PageError> {
    Ok(queue()?.logs(&caller()?, id, after, LOG_PART).await?)
}

/// The text of a finished job's artifact.
pub async fn artifact_text(id: &JobId) -> Result<String, PageError> {
    let artifact = queue()?.artifact(&caller()?, id).await?;
    let DataDir(folder) = use_context().ok_or(PageError::Unavailable)?;
    let file = artifact.file.ok_or_else(not_found)?;
    let path = folder.join("artifacts").join("jobs").join(file);
    tokio::fs::read_to_string(path)
        .await
        .map_err(|error| unavailable(&error))
}

/// A new nonce for a form: sent twice with the same fields, it makes one job.
pub fn nonce() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

/// Submits a form's job. Its idempotency key is the form's nonce with a hash of its fields, so
/// that going back and changing them is a new request.
pub async fn submit(kind: &str, input: Value, nonce: &str) -> Result<Job, PageError> {
    let key = (!nonce.is_empty() && nonce.len() <= LONGEST_NONCE).then(|| {
        let hash = Sha256::digest(format!("{kind}\n{input}"));
        format!("form:{nonce}:{hash:x}")
    });
    let new = NewJob {
        idempotency_key: key,
        ..NewJob::new(kind, input)
    };
    Ok(queue()?.submit(&caller()?, new).await?)
}

/// What a segment is made with: the scene's own, but for what a job's input says.
pub fn take(scene: &Scene, input: Option<&Value>) -> Take {
    let given = |field: &str| {
        input
            .and_then(|input| input.get(field))
            .and_then(Value::as_f64)
    };
    let side = |field: &str, own: u32| given(field).unwrap_or_else(|| own.into());
    Take {
        scene_id: scene.id.clone(),
        seconds: given("seconds").unwrap_or(scene.seconds),
        size: format!(
            "{}x{}",
            side("width", scene.width),
            side("height", scene.height)
        ),
        seed: input
            .and_then(|input| input.get("seed"))
            .and_then(Value::as_u64),
    }
}

impl From<Scene> for SceneCard {
    fn from(scene: Scene) -> Self {
        Self {
            id: scene.id,
            character: scene.character_name,
            number: scene.number,
            title: scene.title,
            seconds: scene.seconds,
        }
    }
}

impl From<QueueError> for PageError {
    fn from(error: QueueError) -> Self {
        match error {
            QueueError::NotFound => not_found(),
            QueueError::Invalid(error) => {
                let field = error.field.trim_start_matches("input.").to_owned();
                error.renamed(field).into()
            }
            QueueError::Conflict(state) => {
                answer(StatusCode::CONFLICT);
                Self::Conflict(state)
            }
            error => unavailable(&error),
        }
    }
}

impl From<StudioError> for PageError {
    fn from(error: StudioError) -> Self {
        match error {
            StudioError::NotFound => not_found(),
            StudioError::Invalid(error) => error.into(),
            StudioError::Store(error) => unavailable(&error),
        }
    }
}

/// There is nothing at the address that was asked for: the answer says 404.
pub fn not_found() -> PageError {
    answer(StatusCode::NOT_FOUND);
    PageError::NotFound
}

/// What goes to the log is not what goes to the reader.
pub fn unavailable(error: &dyn std::error::Error) -> PageError {
    tracing::error!(%error, "a page or a form could not be served");
    answer(StatusCode::SERVICE_UNAVAILABLE);
    PageError::Unavailable
}
