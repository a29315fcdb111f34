//! What a user does to a job, as server functions behind plain forms. Without scripts, the response redirects to the
//! page with the form.
//!
//! # Layout
//! - [`error`]: why an action did nothing
//! - [`quick_setting`]: the settings that can be changed in the tray
//! - [`server`]: what the bodies of the functions need

pub mod error;
pub mod quick_setting;
#[cfg(feature = "ssr")]
pub mod server;

pub use error::ActionError;
pub use quick_setting::QuickSetting;

use crate::job::{Job, JobCommand, JobId, Notify};
use crate::settings::Settings;
use leptos::prelude::*;

/// The form field with a [`JobCommand`].
pub const COMMAND_FIELD: &str = "command";
/// The form field with a [`Notify`].
pub const NOTIFY_FIELD: &str = "notify";
/// The form field with a [`QuickSetting`].
pub const SETTING_FIELD: &str = "setting";

/// Sends a command, and returns the job, perhaps with a requested state.
#[server(prefix = "/forms", endpoint = "change_job")]
pub async fn change_job(job_id: JobId, command: JobCommand) -> Result<Job, ActionError> {
    let (queue, caller) = server::context()?;
    match command {
        JobCommand::Pause => queue.pause(&caller, &job_id).await,
        JobCommand::Resume => queue.resume(&caller, &job_id).await,
        JobCommand::Cancel => queue.cancel(&caller, &job_id).await,
        JobCommand::Retry => queue.retry(&caller, &job_id).await,
    }
    .map_err(server::action_error)
}

/// Sets which ends of a job alert its owner, and returns the job.
#[server(prefix = "/forms", endpoint = "set_notify")]
pub async fn set_notify(job_id: JobId, notify: Notify) -> Result<Job, ActionError> {
    let (queue, caller) = server::context()?;
    let job = queue.set_notify(&caller, &job_id, notify).await;
    job.map_err(server::action_error)
}

/// Marks jobs as seen. `job_ids` are separated by spaces, so that they fit into one field of a form.
#[server(prefix = "/forms", endpoint = "mark_seen")]
pub async fn mark_seen(job_ids: String) -> Result<Vec<JobId>, ActionError> {
    let (queue, caller) = server::context()?;
    let ids = job_ids.split_whitespace().map(JobId::parse);
    let ids: Vec<_> = (ids.collect::<Result<_, _>>()).map_err(|_| ActionError::NotFound)?;
    let marked = queue.mark_seen(&caller, &ids).await;
    marked.map_err(server::action_error)?;
    Ok(ids)
}

/// Changes one setting, and returns all settings of the user.
#[server(prefix = "/forms", endpoint = "change_setting")]
pub async fn change_setting(setting: QuickSetting) -> Result<Settings, ActionError> {
    server::change_settings(move |settings| server::apply(setting, settings)).await
}
