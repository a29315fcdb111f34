//! The messages of the live socket as server-sent events.

use super::WebState;
use super::api_error::ApiError;
use super::query::Params;
use super::subscribe::{Outgoing, Position, Subscriber};
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
    let subscriber =
        Subscriber::start(&state.broadcasts, &state.local, state.pace, position).await?;
    let events = futures::stream::unfold(subscriber, |mut subscriber| async {
        // When the stream ends, the client reconnects with its last id and continues from there.
        let outgoing = subscriber.next().await.ok()??;
        Some((Ok(event(&outgoing)), subscriber))
    });
    Ok(Sse::new(
        events.take_until(state.stopping.clone().cancelled_owned()),
    ))
}

fn event(outgoing: &Outgoing) -> Event {
    let event = Event::default().data(outgoing.text.as_str());
    match &outgoing.position {
        Some((epoch, cursor)) => event.id(format!("{epoch}:{cursor}")),
        None => event,
    }
}
