//! The same as the live socket, for clients that hold an event stream.

use super::WebState;
use super::problem::ApiError;
use super::query::Params;
use super::watcher::{Position, Told, Watcher};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use futures::{Stream, StreamExt};
use std::convert::Infallible;

/// `GET /events?scope=`: the id of an event is `epoch:cursor`, and `Last-Event-ID` resumes.
pub async fn events(
    State(state): State<WebState>,
    params: Params,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let position = Position::read(&params, last)?;
    let watcher = Watcher::start(&state, position).await?;
    let told = futures::stream::unfold(watcher, |mut watcher| async {
        // An end makes the client come back; its last id tells where to go on.
        let told = watcher.next().await.ok()??;
        Some((Ok(event(&told)), watcher))
    });
    Ok(Sse::new(
        told.take_until(state.stopping.clone().cancelled_owned()),
    ))
}

fn event(told: &Told) -> Event {
    let event = Event::default().data(told.text.as_str());
    match &told.at {
        Some((epoch, cursor)) => event.id(format!("{epoch}:{cursor}")),
        None => event,
    }
}
