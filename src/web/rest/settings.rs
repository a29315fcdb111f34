//! What the caller chose: language, scope, and how ends are told.

use crate::live::Message;
use crate::settings::Settings;
use crate::web::WebState;
use crate::web::body::Json;
use crate::web::problem::ApiError;
use axum::extract::State;

type Answer = Result<axum::Json<Settings>, ApiError>;

pub async fn show(State(state): State<WebState>) -> Answer {
    Ok(axum::Json(state.studio.settings(&state.local).await?))
}

/// Replaces them all: a field that is left out goes back to its default.
pub async fn replace(State(state): State<WebState>, Json(settings): Json<Settings>) -> Answer {
    let caller = &state.local;
    let settings = state.studio.set_settings(caller, &settings).await?;
    let told = Box::new(settings.clone());
    state
        .queue
        .send_to_user(caller, Message::Settings { settings: told });
    Ok(axum::Json(settings))
}
