//! The tray's numbers, and the kinds of work.

use crate::i18n::Lang;
use crate::job::{Action, Scope, Summary};
use crate::queue::KindSpec;
use crate::web::WebState;
use crate::web::problem::ApiError;
use crate::web::query::Params;
use axum::extract::State;
use serde::Serialize;
use serde_json::Value;

pub async fn summary(
    State(state): State<WebState>,
    params: Params,
) -> Result<axum::Json<Summary>, ApiError> {
    params.only(&["scope"])?;
    let scope = params.one_of::<Scope>("scope")?.unwrap_or_default();
    let summary = state.queue.summary(&state.local, scope).await?;
    Ok(axum::Json(summary))
}

#[derive(Serialize)]
pub struct Types {
    types: Vec<Described>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    #[serde(rename = "type")]
    kind: &'static str,
    label: &'static str,
    input_schema: Value,
    action: Action,
    available: bool,
    unavailable_reason: Option<String>,
}

pub async fn types(
    State(state): State<WebState>,
    params: Params,
) -> Result<axum::Json<Types>, ApiError> {
    params.only(&[])?;
    let types = state.queue.kinds().iter();
    Ok(axum::Json(Types {
        types: types.map(|spec| described(spec.as_ref())).collect(),
    }))
}

fn described(spec: &dyn KindSpec) -> Described {
    let unavailable_reason = spec.available().err();
    Described {
        kind: spec.kind(),
        label: spec.label().get(Lang::En),
        input_schema: spec.input_schema(),
        action: spec.action(),
        available: unavailable_reason.is_none(),
        unavailable_reason,
    }
}
