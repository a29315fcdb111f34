//! What pages and forms need from the current request: the caller, the queue, the studio and the address.
//! `web` provides all of it as context.

use super::PageError;
use super::page_error::{not_found, unavailable};
use crate::i18n::Translation;
use crate::job::{Job, JobId, LogPage, Timestamp};
use crate::queue::{Artifacts, Caller, NewJob, Queue};
use crate::routes::{FORM_ERROR, FORM_PATH};
use crate::studio::Studio;
use crate::tray::actions::{ActionError, ChangeJob};
use axum::extract::Query;
use axum::http::request::Parts;
use leptos::prelude::use_context;
use leptos::server_fn::ServerFn;
use leptos::server_fn::error::{FromServerFnError, ServerFnUrlError};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The longest nonce of a form, in bytes.
const MAX_NONCE: usize = 64;
/// Maximum bytes of an artifact that a page shows.
const MAX_TEXT_BYTES: u64 = 4 << 20;
/// Lines of a log that one request returns.
const LOG_LINES: u32 = 500;

/// When the request arrived, before anything was read for it.
#[derive(Debug, Clone, Copy)]
pub struct RequestTime(pub Timestamp);

/// A form that was just submitted, for the page that the submission redirects to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmittedForm {
    /// The path of the form's server function.
    pub path: String,
    /// The names and values of its fields if it was rejected; empty if it was accepted.
    pub fields: Vec<(String, String)>,
}

/// When the request arrived, by the server's clock.
pub fn request_time() -> Timestamp {
    use_context().map_or_else(Timestamp::default, |RequestTime(at)| at)
}

/// The path of the request.
pub fn path() -> String {
    let request = use_context::<Parts>().map(|request| request.uri);
    request.map_or_else(String::new, |uri| uri.path().to_owned())
}

/// A query parameter of the request; none if it is empty.
pub fn parameter(name: &str) -> Option<String> {
    let request = use_context::<Parts>()?;
    parameter_of(&request, name).filter(|value| !value.is_empty())
}

fn parameter_of(request: &Parts, name: &str) -> Option<String> {
    let query = Query::<Vec<(String, String)>>::try_from_uri(&request.uri).ok()?;
    let found = query.0.into_iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value)
}

/// A path with one query parameter.
pub fn path_with(path: &str, name: &str, value: &str) -> String {
    let value = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
    format!("{path}?{name}={value}")
}

pub fn caller() -> Result<Caller, PageError> {
    use_context().ok_or(PageError::Unavailable)
}

pub fn queue() -> Result<Queue, PageError> {
    use_context().ok_or(PageError::Unavailable)
}

pub fn studio() -> Result<Studio, PageError> {
    use_context().ok_or(PageError::Unavailable)
}

/// Every kind of job, with the name that people see.
pub fn kinds() -> Vec<(&'static str, Translation)> {
    queue().map_or_else(
        |_| Vec::new(),
        |queue| {
            let kinds = queue.kinds().iter();
            kinds.map(|spec| (spec.kind(), spec.label())).collect()
        },
    )
}

/// The job with an id from an address.
pub async fn job(id: &str) -> Result<Job, PageError> {
    let Ok(id) = JobId::parse(id) else {
        return Err(not_found());
    };
    Ok(queue()?.get(&caller()?, &id).await?)
}

/// The lines of a job's log after the line with number `after`.
pub async fn log_page(id: &JobId, after: u64) -> Result<LogPage, PageError> {
    Ok(queue()?.logs(&caller()?, id, after, LOG_LINES).await?)
}

/// The text of a finished job's artifact; the beginning, if it is very long.
pub async fn artifact_text(id: &JobId) -> Result<String, PageError> {
    let artifacts: Artifacts = use_context().ok_or(PageError::Unavailable)?;
    let found = artifacts.find(&caller()?, id).await?;
    let bytes = found.read(MAX_TEXT_BYTES).await;
    let bytes = bytes.map_err(|error| unavailable(&error))?;
    Ok(String::from_utf8_lossy(&bytes.ok_or_else(not_found)?).into_owned())
}

/// A new nonce for a form: submitting the form twice with the same fields starts one job.
pub fn new_nonce() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

/// Submits the job of a form. Its idempotency key is the form's nonce with a hash of the fields, so that going
/// back and changing them makes a new job.
pub async fn submit(kind: &str, input: Value, nonce: &str) -> Result<Job, PageError> {
    let key = (!nonce.is_empty() && nonce.len() <= MAX_NONCE).then(|| {
        let hash = Sha256::digest(format!("{kind}\n{input}"));
        format!("form:{nonce}:{hash:x}")
    });
    let new = NewJob {
        idempotency_key: key,
        ..NewJob::new(kind, input)
    };
    Ok(queue()?.submit(&caller()?, new).await?)
}

/// The error of a form that was submitted without scripts; its server function puts it into the
/// address that it redirects to.
pub fn form_error<E: FromServerFnError>(path: &str) -> Option<E> {
    let request = use_context::<Parts>()?;
    let part = |name| parameter_of(&request, name);
    (part(FORM_PATH)? == path).then_some(())?;
    Some(ServerFnUrlError::<E>::decode_err(&part(FORM_ERROR)?))
}

/// The error of a job's button that was pressed without scripts.
pub fn action_error() -> Option<ActionError> {
    form_error(ChangeJob::PATH)
}
