//! The live socket: a watcher over WebSocket.

use super::WebState;
use super::problem::ApiError;
use super::query::Params;
use super::watcher::{Position, Watcher};
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Clients say nothing here but pongs and close; the default of 128 KiB a socket would be waste.
const READ_BUFFER: usize = 512;
const LONGEST_READ: usize = 4 << 10;
/// The contract's bound on what one socket may make the server hold.
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
    // Before the upgrade, so that a store that cannot answer is heard as 503.
    let watcher = Watcher::start(&state, position).await?;
    let (stopping, too_slow) = (state.stopping.clone(), state.pace.too_slow);
    Ok(upgrade
        .read_buffer_size(READ_BUFFER)
        .max_message_size(LONGEST_READ)
        .max_frame_size(LONGEST_READ)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE_BUFFER)
        .on_upgrade(move |socket| tell(socket, watcher, stopping, too_slow)))
}

fn upgrade_required() -> Response {
    let problem = ApiError::new(
        StatusCode::UPGRADE_REQUIRED,
        "upgrade_required",
        "Upgrade required",
        "This address speaks WebSocket; /api/v1/events tells the same as server-sent events.",
    );
    let upgrade = HeaderValue::from_static("websocket");
    ([(header::UPGRADE, upgrade)], problem).into_response()
}

async fn tell(
    mut socket: WebSocket,
    mut watcher: Watcher,
    stopping: CancellationToken,
    too_slow: Duration,
) {
    let why = loop {
        let told = tokio::select! {
            heard = socket.recv() => match heard {
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => return,
            },
            told = watcher.next() => told,
            () = stopping.cancelled() => break close_code::AWAY,
        };
        let Ok(Some(told)) = told else {
            break close_code::AGAIN;
        };
        let sent = tokio::time::timeout(too_slow, socket.send(Message::Text(told.text))).await;
        if !matches!(sent, Ok(Ok(()))) {
            return;
        }
    };
    let close = Message::Close(Some(CloseFrame {
        code: why,
        reason: "".into(),
    }));
    let _ = tokio::time::timeout(too_slow, socket.send(close)).await;
}
