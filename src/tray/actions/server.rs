//! What the bodies of the server functions need.

use super::error::ActionError;
use super::quick_setting::QuickSetting;
use crate::job::Scope;
use crate::live::Message;
use crate::queue::{Caller, Queue, QueueError};
use crate::settings::Settings;
use crate::studio::Studio;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use leptos::prelude::use_context;

/// The queue and the caller.
pub(super) fn context() -> Result<(Queue, Caller), ActionError> {
    use_context()
        .zip(use_context())
        .ok_or(ActionError::Unavailable)
}

/// Gives one setting its new value.
pub(super) fn apply(setting: QuickSetting, settings: &mut Settings) {
    match setting {
        QuickSetting::Sound => settings.sound = true,
        QuickSetting::Silence => settings.sound = false,
        QuickSetting::Mine => settings.scope = Scope::Mine,
        QuickSetting::Studio => settings.scope = Scope::Studio,
        QuickSetting::Unmute => settings.muted_until = None,
    }
}

/// Changes the caller's settings, and pushes them to all their tabs.
pub async fn change_settings(
    change: impl FnOnce(&mut Settings) + Send + 'static,
) -> Result<Settings, ActionError> {
    let (queue, caller) = context()?;
    let studio: Studio = use_context().ok_or(ActionError::Unavailable)?;
    let changed = studio.change_settings(&caller, change).await;
    let settings = changed.map_err(|_| {
        set_status(StatusCode::SERVICE_UNAVAILABLE);
        ActionError::Unavailable
    })?;
    let pushed = Box::new(settings.clone());
    queue.send_to_user(&caller, Message::Settings { settings: pushed });
    Ok(settings)
}

/// Turns an error of the queue into that of an action, and sets the status of the response.
pub(super) fn action_error(error: QueueError) -> ActionError {
    let (error, status) = match error {
        QueueError::NotFound | QueueError::Invalid(_) => {
            (ActionError::NotFound, StatusCode::NOT_FOUND)
        }
        QueueError::Unavailable(_) => (ActionError::Unavailable, StatusCode::SERVICE_UNAVAILABLE),
        _ => (ActionError::Conflict, StatusCode::CONFLICT),
    };
    set_status(status);
    error
}

/// Sets the status of the response, unless a plain form was submitted: that response redirects to the page.
pub fn set_status(status: StatusCode) {
    let is_plain_form = use_context::<Parts>().is_some_and(|request| {
        let accept = request.headers.get(header::ACCEPT);
        let accept = accept.and_then(|accept| accept.to_str().ok());
        request.method == Method::POST && accept.is_some_and(|accept| accept.contains("text/html"))
    });
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && !is_plain_form
    {
        response.set_status(status);
    }
}
