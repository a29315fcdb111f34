//! The live socket: a subscriber over WebSocket.

use super::WebState;
use super::api_error::ApiError;
use super::query::Params;
use super::subscribe::{Position, Subscriber};
use crate::routes;
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Clients send only pongs and close frames; the default buffer of 128 KiB per socket would be wasted.
const READ_BUFFER: usize = 512;
const MAX_READ: usize = 4 << 10;
/// The limit of the contract on what the server buffers for one socket, in bytes.
const WRITE_BUFFER: usize = 256 << 10;

/// `GET /live?scope=&epoch=&cursor=`
pub async fn live(
    State(state): State<WebState>,
    params: Params,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    let position = Position::read(&params, None)?;
    let Ok(upgrade) = upgrade else {
        return Ok(upgrade_required());
    };
    // Before the upgrade: a store that cannot answer becomes a 503.
    let subscriber =
        Subscriber::start(&state.broadcasts, &state.local, state.pace, position).await?;
    let (stopping, send_timeout) = (state.stopping.clone(), state.pace.send_timeout);
    Ok(upgrade
        .read_buffer_size(READ_BUFFER)
        .max_message_size(MAX_READ)
        .max_frame_size(MAX_READ)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE_BUFFER)
        .on_upgrade(move |socket| serve(socket, subscriber, stopping, send_timeout)))
}

fn upgrade_required() -> Response {
    let error = ApiError::new(
        StatusCode::UPGRADE_REQUIRED,
        "upgrade_required",
        "Upgrade required",
        format!(
            "This address requires a WebSocket; {} sends the same messages as server-sent events.",
            routes::api(routes::api::EVENTS)
        ),
    );
    let upgrade = HeaderValue::from_static("websocket");
    ([(header::UPGRADE, upgrade)], error).into_response()
}

/// Sends messages until the client disconnects or stops reading, or the server stops.
async fn serve(
    mut socket: WebSocket,
    mut subscriber: Subscriber,
    stopping: CancellationToken,
    send_timeout: Duration,
) {
    let code = loop {
        let next = tokio::select! {
            received = socket.recv() => match received {
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => return,
            },
            next = subscriber.next() => next,
            () = stopping.cancelled() => break close_code::AWAY,
        };
        let Ok(Some(outgoing)) = next else {
            break close_code::AGAIN;
        };
        let sent =
            tokio::time::timeout(send_timeout, socket.send(Message::Text(outgoing.text))).await;
        if !matches!(sent, Ok(Ok(()))) {
            return;
        }
    };
    let close = Message::Close(Some(CloseFrame {
        code,
        reason: "".into(),
    }));
    let _ = tokio::time::timeout(send_timeout, socket.send(close)).await;
}
