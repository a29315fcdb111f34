//! What jobs refer to: characters, scenes, stories, notebooks and artifacts.

use crate::studio::{Character, Items, Scene, Story, StudioError};
use crate::web::WebState;
use crate::web::problem::ApiError;
use crate::web::query::Params;
use axum::extract::State;
use serde_json::{Value, json};

const USUAL: u32 = 100;
const MOST: u32 = 200;
/// The longest id of a thing, in bytes.
const LONGEST_ID: usize = 80;

/// The parameters of every list.
const PART: &[&str] = &[CURSOR, LIMIT];
const CURSOR: &str = "cursor";
const LIMIT: &str = "limit";

type Listed = Result<axum::Json<Value>, ApiError>;

pub async fn characters(State(state): State<WebState>, params: Params) -> Listed {
    params.only(PART)?;
    let (after, limit) = part(&params)?;
    let found = state.studio.characters(&state.local, after, limit).await;
    listed(found, |character: Character| {
        json!({
            "id": character.id, "name": character.name, "role": character.role, "age": character.age,
            "voice": character.voice, "description": character.description, "tags": character.tags,
            "palette": character.palette, "createdAt": character.created_at, "updatedAt": character.updated_at,
        })
    })
}

pub async fn scenes(State(state): State<WebState>, params: Params) -> Listed {
    params.only(&["character", CURSOR, LIMIT])?;
    let (after, limit) = part(&params)?;
    let character = id(&params, "character")?;
    let found = state
        .studio
        .scenes(&state.local, character, after, limit)
        .await;
    listed(found, |scene: Scene| {
        json!({
            "id": scene.id, "name": scene.title, "number": scene.number,
            "characterId": scene.character_id, "characterName": scene.character_name,
            "description": scene.description, "camera": scene.camera, "mood": scene.mood,
            "seconds": scene.seconds, "width": scene.width, "height": scene.height, "fps": scene.fps,
            "createdAt": scene.created_at,
        })
    })
}

pub async fn stories(State(state): State<WebState>, params: Params) -> Listed {
    params.only(PART)?;
    let (after, limit) = part(&params)?;
    let found = state.studio.stories(&state.local, after, limit).await;
    listed(found, |story: Story| {
        json!({
            "id": story.id, "name": story.title, "prompt": story.prompt, "chapters": story.chapters,
            "words": story.words, "language": story.language, "madeBy": story.made_by,
            "createdAt": story.created_at, "finishedAt": story.finished_at,
        })
    })
}

/// Lists whose kinds of work do not exist yet.
pub async fn nothing_yet(params: Params) -> Listed {
    params.only(&["notebook", CURSOR, LIMIT])?;
    part(&params)?;
    id(&params, "notebook")?;
    Ok(axum::Json(json!({ "items": [], "nextCursor": null })))
}

fn part(params: &Params) -> Result<(Option<&str>, u32), ApiError> {
    Ok((id(params, CURSOR)?, params.limit(USUAL, MOST)?))
}

/// An id, or a cursor, which is the id of the last thing before.
fn id<'a>(params: &'a Params, name: &str) -> Result<Option<&'a str>, ApiError> {
    let id = params.text(name)?;
    let known = |id: &str| {
        id.len() <= LONGEST_ID
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    match id {
        Some(id) if !known(id) => Err(ApiError::bad_request(name, "is not one that we gave")),
        id => Ok(id),
    }
}

fn listed<T>(found: Result<Items<T>, StudioError>, shown: impl Fn(T) -> Value) -> Listed {
    let found = found.map_err(|error| ApiError::from(error).in_query())?;
    let items: Vec<_> = found.items.into_iter().map(shown).collect();
    Ok(axum::Json(
        json!({ "items": items, "nextCursor": found.next_cursor }),
    ))
}
