//! What a person does to a job, as server functions behind plain forms: without scripts the
//! answer is a redirect to the page that the form stood on.

use crate::job::{Job, JobId, Notify, Scope};
use crate::settings::Settings;
use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ActionError {
    #[error("there is no such job")]
    NotFound,
    /// The job has moved on since the page was drawn.
    #[error("the job cannot do that now")]
    Refused,
    /// The server cannot be reached or cannot write.
    #[error("the server cannot do that now")]
    Unavailable,
}

impl FromServerFnError for ActionError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::NotFound,
            _ => Self::Unavailable,
        }
    }
}

/// What a person may do to a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deed {
    /// Stops it at its next checkpoint.
    Pause,
    /// Lets it go on, or takes a wish to pause back.
    Resume,
    /// Ends it.
    Cancel,
    /// Starts the next attempt of one that failed or was cancelled.
    Retry,
}

impl Deed {
    /// By the name in a form's field.
    pub fn parse(name: &str) -> Option<Self> {
        let all = [Self::Pause, Self::Resume, Self::Cancel, Self::Retry];
        all.into_iter().find(|deed| deed.as_str() == name)
    }

    /// The name in a form's field.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Cancel => "cancel",
            Self::Retry => "retry",
        }
    }
}

/// Does it, and answers with the job as it is then, perhaps with a wish not yet honoured.
#[server(prefix = "/forms", endpoint = "change_job")]
pub async fn change_job(job_id: JobId, deed: Deed) -> Result<Job, ActionError> {
    let (queue, caller) = door::context()?;
    match deed {
        Deed::Pause => queue.pause(&caller, &job_id).await,
        Deed::Resume => queue.resume(&caller, &job_id).await,
        Deed::Cancel => queue.cancel(&caller, &job_id).await,
        Deed::Retry => queue.retry(&caller, &job_id).await,
    }
    .map_err(door::error)
}

/// Says of which of its ends a job's owner wants to hear, and answers with the job.
#[server(prefix = "/forms", endpoint = "ring_job")]
pub async fn ring_job(job_id: JobId, notify: Notify) -> Result<Job, ActionError> {
    let (queue, caller) = door::context()?;
    let job = queue.set_notify(&caller, &job_id, notify).await;
    job.map_err(door::error)
}

/// The user has seen how these jobs ended: ids with spaces between, as one field of a form.
#[server(prefix = "/forms", endpoint = "see_jobs")]
pub async fn see_jobs(job_ids: String) -> Result<Vec<JobId>, ActionError> {
    let (queue, caller) = door::context()?;
    let ids: Vec<_> = (job_ids.split_whitespace())
        .map(JobId::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| ActionError::NotFound)?;
    queue.mark_seen(&caller, &ids).await.map_err(door::error)?;
    Ok(ids)
}

/// What a person may choose in the tray itself; the page of settings has all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// Ends are heard.
    Sound,
    /// Ends are not heard.
    Silence,
    /// The tray shows the user's own jobs.
    Mine,
    /// The tray shows the whole studio's.
    Studio,
    /// Ends are told again.
    Unmute,
}

impl Choice {
    /// Writes it into what was chosen before.
    pub fn make(self, settings: &mut Settings) {
        match self {
            Self::Sound => settings.sound = true,
            Self::Silence => settings.sound = false,
            Self::Mine => settings.scope = Scope::Mine,
            Self::Studio => settings.scope = Scope::Studio,
            Self::Unmute => settings.muted_until = None,
        }
    }

    /// The name in a form's field.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Silence => "silence",
            Self::Mine => "mine",
            Self::Studio => "studio",
            Self::Unmute => "unmute",
        }
    }
}

/// Keeps what a person chose, and answers with all that they have chosen.
#[server(prefix = "/forms", endpoint = "choose")]
pub async fn choose(choice: Choice) -> Result<Settings, ActionError> {
    door::change_settings(move |settings| choice.make(settings)).await
}

#[cfg(feature = "ssr")]
pub mod door {
    //! What the bodies above need of the server.

    use super::ActionError;
    use crate::live::Message;
    use crate::queue::{Caller, Queue, QueueError};
    use crate::settings::Settings;
    use crate::studio::Studio;
    use axum::http::request::Parts;
    use axum::http::{Method, StatusCode, header};
    use leptos::prelude::use_context;

    pub(super) fn context() -> Result<(Queue, Caller), ActionError> {
        use_context()
            .zip(use_context())
            .ok_or(ActionError::Unavailable)
    }

    /// Changes the caller's settings, and tells all their tabs.
    pub async fn change_settings(
        change: impl FnOnce(&mut Settings) + Send + 'static,
    ) -> Result<Settings, ActionError> {
        let (queue, caller) = context()?;
        let studio: Studio = use_context().ok_or(ActionError::Unavailable)?;
        let changed = studio.change_settings(&caller, change).await;
        let settings = changed.map_err(|_| {
            answer(StatusCode::SERVICE_UNAVAILABLE);
            ActionError::Unavailable
        })?;
        let told = Box::new(settings.clone());
        queue.send_to_user(&caller, Message::Settings { settings: told });
        Ok(settings)
    }

    pub(super) fn error(error: QueueError) -> ActionError {
        let (error, status) = match error {
            QueueError::NotFound | QueueError::Invalid(_) => {
                (ActionError::NotFound, StatusCode::NOT_FOUND)
            }
            QueueError::Unavailable(_) => {
                (ActionError::Unavailable, StatusCode::SERVICE_UNAVAILABLE)
            }
            _ => (ActionError::Refused, StatusCode::CONFLICT),
        };
        answer(status);
        error
    }

    /// Sets the status of the answer, but for a plain form's: that is a way back to its page.
    pub fn answer(status: StatusCode) {
        let plain_form = use_context::<Parts>().is_some_and(|request| {
            let accept = request.headers.get(header::ACCEPT);
            let accept = accept.and_then(|accept| accept.to_str().ok());
            request.method == Method::POST
                && accept.is_some_and(|kinds| kinds.contains("text/html"))
        });
        if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
            && !plain_form
        {
            response.set_status(status);
        }
    }
}
