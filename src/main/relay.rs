//! Carries the words of an assistant on standard input and output to a server and back.

use rmcp::model::{ClientJsonRpcMessage, ErrorData, JsonRpcError, ServerJsonRpcMessage};
use rmcp::service::RoleServer;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::transport::{IntoTransport, StreamableHttpClientTransport, Transport, stdio};
use tokio::sync::mpsc;

/// Answers on their way to the assistant.
const ON_THEIR_WAY: usize = 64;

/// Why a server cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    #[error("expected an address such as https://jobs.example.org, not {0:?}")]
    Address(String),
    #[error("the assistant cannot be answered: {0}")]
    Output(std::io::Error),
}

/// Relays until the assistant goes, or the server does.
pub async fn relay(server: &str) -> Result<(), RelayError> {
    let address = format!(
        "{}/mcp",
        server.trim_end_matches('/').trim_end_matches("/mcp")
    );
    let is_web =
        url::Url::parse(&address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !is_web {
        return Err(RelayError::Address(server.to_owned()));
    }
    // One provider is enough, and whoever installed one before has the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = StreamableHttpClientTransportConfig::with_uri(address);
    let mut server = StreamableHttpClientTransport::from_config(config);
    let mut assistant = IntoTransport::<RoleServer, std::io::Error, _>::into_transport(stdio());
    let (failed, mut failures) = mpsc::channel(ON_THEIR_WAY);
    loop {
        let answer = tokio::select! {
            asked = assistant.receive() => {
                let Some(message) = asked else { break };
                forward(&mut server, message, &failed);
                continue;
            }
            answer = server.receive() => match answer {
                Some(answer) => answer,
                None => break,
            },
            Some(failure) = failures.recv() => failure,
        };
        assistant.send(answer).await.map_err(RelayError::Output)?;
    }
    // A server that is gone needs no farewell.
    let _ = server.close().await;
    Ok(())
}

/// Hands a message over; a request that cannot be is answered with why.
fn forward(
    server: &mut impl Transport<rmcp::service::RoleClient>,
    message: ClientJsonRpcMessage,
    failed: &mpsc::Sender<ServerJsonRpcMessage>,
) {
    let id = match &message {
        ClientJsonRpcMessage::Request(request) => Some(request.id.clone()),
        _ => None,
    };
    let (sending, failed) = (server.send(message), failed.clone());
    tokio::spawn(async move {
        let Err(error) = sending.await else { return };
        tracing::warn!(%error, "the server cannot be asked");
        if let Some(id) = id {
            let says = "The jobtray server cannot be reached now. Jobs are kept; try again in some seconds.";
            let error = JsonRpcError::new(Some(id), ErrorData::internal_error(says, None));
            // Nobody listens once the assistant is gone.
            let _ = failed.send(ServerJsonRpcMessage::Error(error)).await;
        }
    });
}
