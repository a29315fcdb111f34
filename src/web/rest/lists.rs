//! Lists of what jobs refer to: characters and scenes, and of what they have made.

use crate::queue::{Collection, Items};
use crate::studio::{Character, Scene};
use crate::web::WebState;
use crate::web::api_error::ApiError;
use crate::web::query::Params;
use axum::extract::State;
use serde_json::{Value, json};

/// The default and the largest page.
const DEFAULT_ITEMS: u32 = 100;
const MAX_ITEMS: u32 = 200;
/// The longest id, in bytes.
const MAX_ID: usize = 80;

/// The parameters of every list.
const PAGE: &[&str] = &[CURSOR, LIMIT];
const CURSOR: &str = "cursor";
const LIMIT: &str = "limit";

type ListResponse = Result<axum::Json<Value>, ApiError>;

pub async fn characters(State(state): State<WebState>, params: Params) -> ListResponse {
    params.only(PAGE)?;
    let (after, limit) = page(&params)?;
    let found = state.studio.characters(&state.local, after, limit).await;
    list(found, |character: Character| {
        json!({
            "id": character.id, "name": character.name, "role": character.role, "age": character.age,
            "voice": character.voice, "description": character.description, "tags": character.tags,
            "palette": character.palette, "createdAt": character.created_at, "updatedAt": character.updated_at,
        })
    })
}

pub async fn scenes(State(state): State<WebState>, params: Params) -> ListResponse {
    params.only(&["character", CURSOR, LIMIT])?;
    let (after, limit) = page(&params)?;
    let character = id(&params, "character")?;
    let found = state
        .studio
        .scenes(&state.local, character, after, limit)
        .await;
    list(found, |scene: Scene| {
        json!({
            "id": scene.id, "name": scene.title, "number": scene.number,
            "characterId": scene.character_id, "characterName": scene.character_name,
            "description": scene.description, "camera": scene.camera, "mood": scene.mood,
            "seconds": scene.seconds, "width": scene.width, "height": scene.height, "fps": scene.fps,
            "createdAt": scene.created_at,
        })
    })
}

/// The completed jobs of a kind.
pub async fn completed(
    state: &WebState,
    params: &Params,
    kind: &'static str,
    collection: Collection,
) -> ListResponse {
    params.only(PAGE)?;
    let (after, limit) = page(params)?;
    let queue = &state.queue;
    let found = queue
        .completed(&state.local, kind, None, after, limit)
        .await;
    list(found, collection.item)
}

/// An empty list: nothing of this sort can be created yet.
pub async fn empty(params: Params) -> ListResponse {
    params.only(&["notebook", CURSOR, LIMIT])?;
    page(&params)?;
    id(&params, "notebook")?;
    Ok(axum::Json(json!({ "items": [], "nextCursor": null })))
}

fn page(params: &Params) -> Result<(Option<&str>, u32), ApiError> {
    Ok((id(params, CURSOR)?, params.limit(DEFAULT_ITEMS, MAX_ITEMS)?))
}

/// An id, or a cursor, which is the id of the last item of the previous page.
fn id<'a>(params: &'a Params, name: &str) -> Result<Option<&'a str>, ApiError> {
    let id = params.text(name)?;
    let is_valid = |id: &str| {
        id.len() <= MAX_ID
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    match id {
        Some(id) if !is_valid(id) => Err(ApiError::bad_request(name, "is not a valid id")),
        id => Ok(id),
    }
}

fn list<T, E: Into<ApiError>>(
    found: Result<Items<T>, E>,
    to_json: impl Fn(T) -> Value,
) -> ListResponse {
    let found = found.map_err(|error| error.into().in_query())?;
    let items: Vec<_> = found.items.into_iter().map(to_json).collect();
    Ok(axum::Json(
        json!({ "items": items, "nextCursor": found.next_cursor }),
    ))
}
