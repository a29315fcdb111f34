//! The caller's settings.

use crate::live::Message;
use crate::settings::Settings;
use crate::web::WebState;
use crate::web::api_error::ApiError;
use crate::web::body::Json;
use axum::extract::State;

type SettingsResponse = Result<axum::Json<Settings>, ApiError>;

pub async fn show(State(state): State<WebState>) -> SettingsResponse {
    Ok(axum::Json(state.studio.settings(&state.local).await?))
}

/// Replaces all settings: a field that is left out returns to its default.
pub async fn replace(
    State(state): State<WebState>,
    Json(settings): Json<Settings>,
) -> SettingsResponse {
    let caller = &state.local;
    let settings = state.studio.set_settings(caller, &settings).await?;
    let sent = Box::new(settings.clone());
    state
        .queue
        .send_to_user(caller, Message::Settings { settings: sent });
    Ok(axum::Json(settings))
}
