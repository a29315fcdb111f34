//! The kinds of jobs.

use crate::i18n::Lang;
use crate::job::Action;
use crate::queue::KindSpec;
use crate::web::WebState;
use crate::web::api_error::ApiError;
use crate::web::query::Params;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
pub struct Types {
    types: Vec<TypeInfo>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TypeInfo {
    #[serde(rename = "type")]
    kind: &'static str,
    label: &'static str,
    input_schema: Value,
    action: Action,
    available: bool,
    unavailable_reason: Option<String>,
}

/// `GET /api/v1/types`
pub async fn types(State(state): State<WebState>, params: Params) -> Result<Json<Types>, ApiError> {
    params.only(&[])?;
    let types = state.queue.kinds().iter();
    Ok(Json(Types {
        types: types.map(|spec| type_info(spec.as_ref())).collect(),
    }))
}

fn type_info(spec: &dyn KindSpec) -> TypeInfo {
    let unavailable_reason = spec.available().err().map(|reason| reason.english);
    TypeInfo {
        kind: spec.kind(),
        label: spec.label().get(Lang::En),
        input_schema: spec.input_schema(),
        action: spec.action(),
        available: unavailable_reason.is_none(),
        unavailable_reason,
    }
}
