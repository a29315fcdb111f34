//! Carries the words of an assistant on standard input and output to a server and back.

use rmcp::model::{ClientJsonRpcMessage, ErrorData, JsonRpcError, RequestId, ServerJsonRpcMessage};
use rmcp::service::{RoleClient, RoleServer};
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::transport::{IntoTransport, StreamableHttpClientTransport, Transport, stdio};
use std::collections::HashSet;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

/// Answers on their way to the assistant.
const ON_THEIR_WAY: usize = 64;

/// How long answers that are on their way may take when the assistant has gone.
const FAREWELL: Duration = Duration::from_secs(5);

/// Why a server cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    #[error("--server: expected an address such as https://jobs.example.org, not {0:?}")]
    Address(String),
    #[error("the assistant cannot be answered: {0}")]
    Output(std::io::Error),
    #[error("the server at {0} cannot be reached; start this again")]
    Gone(String),
}

/// Relays until the assistant goes, or the server does: for good when `is_over` says so of one that does not
/// answer, or when the two never got to speak.
pub async fn relay(server: &str, is_over: impl Fn() -> bool) -> Result<(), RelayError> {
    let site = server
        .trim_end_matches('/')
        .trim_end_matches("/mcp")
        .to_owned();
    let is_web = url::Url::parse(&site).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !is_web {
        return Err(RelayError::Address(server.to_owned()));
    }
    // One provider is enough, and whoever installed one before has the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = StreamableHttpClientTransportConfig::with_uri(format!("{site}/mcp"));
    let mut server = StreamableHttpClientTransport::from_config(config);
    let mut assistant = IntoTransport::<RoleServer, std::io::Error, _>::into_transport(stdio());
    let (failed, mut failures) = mpsc::channel(ON_THEIR_WAY);
    // Requests that were not answered yet.
    let mut open = HashSet::new();
    let mut farewell = None::<Instant>;
    while farewell.is_none() || !open.is_empty() {
        let answer = tokio::select! {
            asked = assistant.receive(), if farewell.is_none() => {
                match asked {
                    Some(message) => {
                        open.extend(request(&message));
                        forward(&mut server, message, &failed).await;
                    }
                    None => farewell = Some(Instant::now() + FAREWELL),
                }
                continue;
            }
            answer = server.receive() => match answer {
                Some(answer) => answer,
                None => return gone(&mut assistant, open, site).await,
            },
            Some(id) = failures.recv() => {
                let over = is_over();
                say_unreachable(&mut assistant, &id).await?;
                open.remove(&id);
                if over {
                    return gone(&mut assistant, open, site).await;
                }
                continue;
            }
            () = sleep_until(farewell.unwrap_or_else(Instant::now)), if farewell.is_some() => break,
        };
        if let Some(id) = answered(&answer) {
            open.remove(id);
        }
        assistant.send(answer).await.map_err(RelayError::Output)?;
    }
    // A server that is gone needs no farewell.
    let _ = server.close().await;
    Ok(())
}

fn request(message: &ClientJsonRpcMessage) -> Option<RequestId> {
    match message {
        ClientJsonRpcMessage::Request(request) => Some(request.id.clone()),
        _ => None,
    }
}

fn answered(message: &ServerJsonRpcMessage) -> Option<&RequestId> {
    match message {
        ServerJsonRpcMessage::Response(response) => Some(&response.id),
        ServerJsonRpcMessage::Error(error) => error.id.as_ref(),
        _ => None,
    }
}

/// Hands a message over, in the order in which they came; a request that cannot be handed over is noted.
async fn forward(
    server: &mut impl Transport<RoleClient>,
    message: ClientJsonRpcMessage,
    failed: &mpsc::Sender<RequestId>,
) {
    let (id, failed) = (request(&message), failed.clone());
    let mut sending = Box::pin(server.send(message));
    // The first look puts it into the line; how long it then takes is its own affair.
    let first = futures::poll!(&mut sending);
    tokio::spawn(async move {
        let sent = match first {
            Poll::Ready(sent) => sent,
            Poll::Pending => sending.await,
        };
        let Err(error) = sent else { return };
        tracing::warn!(%error, "the server cannot be asked");
        if let Some(id) = id {
            // Nobody listens once the assistant is gone.
            let _ = failed.send(id).await;
        }
    });
}

async fn say_unreachable(
    assistant: &mut impl Transport<RoleServer, Error = std::io::Error>,
    id: &RequestId,
) -> Result<(), RelayError> {
    let says =
        "The jobtray server cannot be reached now. Jobs are kept; try again in some seconds.";
    let error = JsonRpcError::new(Some(id.clone()), ErrorData::internal_error(says, None));
    let said = assistant.send(ServerJsonRpcMessage::Error(error)).await;
    said.map_err(RelayError::Output)
}

/// The end, with an answer to everything that waits for one.
async fn gone(
    assistant: &mut impl Transport<RoleServer, Error = std::io::Error>,
    open: HashSet<RequestId>,
    site: String,
) -> Result<(), RelayError> {
    for id in open {
        say_unreachable(assistant, &id).await?;
    }
    Err(RelayError::Gone(site))
}
