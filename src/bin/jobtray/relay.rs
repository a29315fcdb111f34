//! Relays messages between an assistant, on standard input and output, and a server over streamable HTTP.

use crate::relay_failure::{RelayFailure, is_lost};
use futures::future::{BoxFuture, Fuse, FusedFuture, FutureExt};
use futures::stream::{FuturesUnordered, StreamExt};
use rmcp::model::{
    CancelledNotification, CancelledNotificationParam, ClientJsonRpcMessage, ClientNotification,
    ClientRequest, JsonRpcError, RequestId, ServerJsonRpcMessage,
};
use rmcp::service::{RoleClient, RoleServer};
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::transport::common::client_side_sse::FixedInterval;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::transport::{StreamableHttpClientTransport, Transport};
use std::collections::HashMap;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tokio::io::{Stdin, Stdout, stdin, stdout};
use tokio::time::{Instant, sleep_until, timeout};

/// How long the relay waits for open requests after the assistant has disconnected.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);

/// How long closing the session may take. A session that is not closed expires on the server.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// How long a request may take. No tool takes longer than 30 s.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(40);

/// How often a broken stream of answers is resumed, one second apart or as the server asks. So the relay notices
/// within seconds that the server is gone or has forgotten the session.
const STREAM_RETRIES: usize = 2;

/// Why the relay ends with an error.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    #[error("--server: expected an address such as https://jobs.example.org, not {0:?}")]
    Address(String),
    #[error("cannot write to the assistant: {0}")]
    Output(std::io::Error),
    #[error("the server at {0} cannot be reached; start jobtray mcp again")]
    ServerGone(String),
}

/// The server to use after one that did not answer.
pub enum Successor {
    /// The server at this address, such as `http://127.0.0.1:3000`.
    At(String),
    /// The same server, which may come back.
    Same,
    Nobody,
}

/// Relays until the assistant disconnects. When a server does not answer, `successor` returns the next one. The relay
/// ends with an error if there is none, or if the server at a fixed address has never answered.
pub async fn relay(server: &str, successor: impl AsyncFn() -> Successor) -> Result<(), RelayError> {
    let site = server
        .trim_end_matches('/')
        .trim_end_matches("/mcp")
        .to_owned();
    let is_web = url::Url::parse(&site).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !is_web {
        return Err(RelayError::Address(server.to_owned()));
    }
    // An error means that the same provider is already installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let relay = Relay {
        site,
        connect,
        connection: None,
        assistant: AsyncRwTransport::new_server(stdin(), stdout()),
        has_answered: false,
        handshake: Vec::new(),
        open: HashMap::new(),
        sending: FuturesUnordered::new(),
    };
    relay.run(successor).await
}

/// Connects to a server. The transport starts a new session by itself if the server has forgotten the old one.
fn connect(site: &str) -> impl Transport<RoleClient, Error: Into<RelayFailure>> + use<> {
    let mut retries = FixedInterval::default();
    retries.max_times = Some(STREAM_RETRIES);
    let mut config = StreamableHttpClientTransportConfig::with_uri(format!("{site}/mcp"));
    config.retry_config = Arc::new(retries);
    StreamableHttpClientTransport::from_config(config)
}

struct Relay<L> {
    site: String,
    connect: fn(&str) -> L,
    /// None before the first message and after the connection has ended. The next message opens it.
    connection: Option<L>,
    assistant: AsyncRwTransport<RoleServer, Stdin, Stdout>,
    /// Whether any server has answered.
    has_answered: bool,
    /// The assistant's first messages, which are sent again to a new server.
    handshake: Vec<ClientJsonRpcMessage>,
    /// The unanswered requests with their deadlines. A subscription has none.
    open: HashMap<RequestId, Option<Instant>>,
    /// The messages that the server has not accepted yet.
    sending: FuturesUnordered<BoxFuture<'static, Sent>>,
}

/// The id of a sent request, if it is one, and whether the server accepted it.
type Sent = (Option<RequestId>, Result<(), RelayFailure>);

/// Whether the server seems unreachable.
type ServerLost = bool;

impl<L: Transport<RoleClient, Error: Into<RelayFailure>>> Relay<L> {
    async fn run(mut self, successor: impl AsyncFn() -> Successor) -> Result<(), RelayError> {
        let mut search = pin!(Fuse::terminated());
        let mut drain_deadline = None::<Instant>;
        while drain_deadline.is_none() || self.open.values().any(Option::is_some) {
            let overdue = self.open.values().flatten().min().copied();
            let lost = tokio::select! {
                request = self.assistant.receive(), if drain_deadline.is_none() => {
                    match request {
                        Some(message) => self.forward(message).await,
                        None => drain_deadline = Some(Instant::now() + DRAIN_TIMEOUT),
                    }
                    false
                }
                answer = received(&mut self.connection) => match answer {
                    Some(answer) => self.receive_answer(answer).await?,
                    None => self.connection_ended().await?,
                },
                Some(sent) = self.sending.next() => self.sent(sent).await?,
                found = search.as_mut(), if !search.is_terminated() => {
                    match found {
                        Successor::At(site) => self.switch_to(site).await?,
                        Successor::Same if self.has_answered => {}
                        Successor::Same | Successor::Nobody => return self.fail_and_end().await,
                    }
                    false
                }
                () = sleep_until(overdue.unwrap_or_else(Instant::now)), if overdue.is_some() => {
                    self.fail_overdue().await?
                }
                () = sleep_until(drain_deadline.unwrap_or_else(Instant::now)), if drain_deadline.is_some() => break,
            };
            if lost && search.is_terminated() {
                search.set(successor().fuse());
            }
        }
        if let Some(mut connection) = self.connection {
            // This fails if the server is gone, or has received only part of the handshake.
            let _ = timeout(CLOSE_TIMEOUT, connection.close()).await;
        }
        Ok(())
    }

    /// Sends a message of the assistant to the server, and connects first if necessary.
    async fn forward(&mut self, message: ClientJsonRpcMessage) {
        let starts_handshake = is_handshake_request(&message);
        if starts_handshake {
            self.handshake.clear();
        }
        if self.connection.is_none() {
            // Without a request, there is nothing that a notification could refer to.
            if self.handshake.is_empty() && request(&message).is_none() {
                return;
            }
            self.connection = Some((self.connect)(&self.site));
            for message in self.handshake.clone() {
                self.send(message).await;
            }
        }
        if starts_handshake || (is_initialized_notification(&message) && self.handshake.len() == 1)
        {
            self.handshake.push(message.clone());
        }
        self.track(&message);
        self.send(message).await;
    }

    /// Adds a request to the open ones, and removes the one that a notification cancels.
    fn track(&mut self, message: &ClientJsonRpcMessage) {
        match message {
            ClientJsonRpcMessage::Request(request) => {
                let is_subscription = matches!(
                    request.request,
                    ClientRequest::SubscriptionsListenRequest(_)
                );
                let deadline = (!is_subscription).then(|| Instant::now() + REQUEST_TIMEOUT);
                self.open.insert(request.id.clone(), deadline);
            }
            // A cancelled request must not be answered.
            ClientJsonRpcMessage::Notification(received) => {
                if let ClientNotification::CancelledNotification(cancelled) = &received.notification
                    && let Some(id) = &cancelled.params.request_id
                {
                    self.open.remove(id);
                }
            }
            _ => {}
        }
    }

    /// Queues a message for the server, in order.
    async fn send(&mut self, message: ClientJsonRpcMessage) {
        let Some(connection) = &mut self.connection else {
            return;
        };
        let id = request(&message);
        let mut sending = Box::pin(connection.send(message));
        // The first poll puts the message into the transport's queue. The rest runs concurrently.
        let first = futures::poll!(&mut sending);
        let sent = async move {
            let sent = match first {
                Poll::Ready(sent) => sent,
                Poll::Pending => sending.await,
            };
            let failure = sent.map_err(|error| {
                tracing::warn!(%error, "the server did not take a message");
                error.into()
            });
            (id, failure)
        };
        self.sending.push(Box::pin(sent));
    }

    async fn sent(&mut self, (id, sent): Sent) -> Result<ServerLost, RelayError> {
        let Err(failure) = sent else { return Ok(false) };
        let lost = failure == RelayFailure::Unreachable;
        self.has_answered |= !lost;
        if let Some(id) = id {
            self.fail(id, failure).await?;
        }
        Ok(lost)
    }

    async fn receive_answer(
        &mut self,
        answer: ServerJsonRpcMessage,
    ) -> Result<ServerLost, RelayError> {
        let lost = is_lost(&answer);
        self.has_answered |= !lost;
        match answer {
            ServerJsonRpcMessage::Error(JsonRpcError { id: Some(id), .. }) if lost => {
                self.fail(id, RelayFailure::Unreachable).await?;
            }
            answer => self.answer(answer).await?,
        }
        Ok(lost)
    }

    /// Handles the end of the transport, which ends if its first message is not accepted or not answered.
    async fn connection_ended(&mut self) -> Result<ServerLost, RelayError> {
        self.connection = None;
        let mut answered = false;
        // All sends have ended with it.
        while let Some(sent) = self.sending.next().await {
            answered |= matches!(sent, (_, Err(RelayFailure::Rejected(_))));
            self.sent(sent).await?;
        }
        self.fail_all().await?;
        Ok(!answered)
    }

    /// Fails the requests that are past their deadline, and cancels them on the server.
    async fn fail_overdue(&mut self) -> Result<ServerLost, RelayError> {
        let now = Instant::now();
        let is_overdue = |until: &Option<Instant>| until.is_some_and(|until| until <= now);
        let overdue = self.open.iter().filter(|(_, until)| is_overdue(until));
        let overdue: Vec<_> = overdue.map(|(id, _)| id.clone()).collect();
        for id in overdue {
            let cancelled = CancelledNotificationParam::new(Some(id.clone()), None);
            self.fail(id, RelayFailure::Unreachable).await?;
            let cancelled = CancelledNotification::new(cancelled).into();
            self.send(ClientJsonRpcMessage::notification(cancelled))
                .await;
        }
        Ok(true)
    }

    /// Uses the server at `site` from now on.
    async fn switch_to(&mut self, site: String) -> Result<(), RelayError> {
        if site == self.site {
            return Ok(());
        }
        tracing::info!(%site, "the server has moved; connecting to its new address");
        self.site = site;
        self.connection = None;
        self.sending.clear();
        self.fail_all().await
    }

    /// Fails all open requests and ends the relay.
    async fn fail_and_end(mut self) -> Result<(), RelayError> {
        self.fail_all().await?;
        Err(RelayError::ServerGone(self.site))
    }

    async fn fail_all(&mut self) -> Result<(), RelayError> {
        let open: Vec<_> = self.open.keys().cloned().collect();
        for id in open {
            self.fail(id, RelayFailure::Unreachable).await?;
        }
        Ok(())
    }

    async fn fail(&mut self, id: RequestId, failure: RelayFailure) -> Result<(), RelayError> {
        let error = JsonRpcError::new(Some(id), failure.into_error());
        self.answer(ServerJsonRpcMessage::Error(error)).await
    }

    /// Passes a message on to the assistant. An answer is dropped unless its request is still open.
    async fn answer(&mut self, answer: ServerJsonRpcMessage) -> Result<(), RelayError> {
        if let Some(id) = answered(&answer) {
            if self.open.remove(id).is_none() {
                return Ok(());
            }
            let failed = matches!(answer, ServerJsonRpcMessage::Error(_));
            if failed && self.handshake.first().and_then(request).as_ref() == Some(id) {
                self.handshake.clear();
            }
        }
        self.assistant
            .send(answer)
            .await
            .map_err(RelayError::Output)
    }
}

/// The next message of the server. Without a connection, this never completes.
async fn received(
    connection: &mut Option<impl Transport<RoleClient>>,
) -> Option<ServerJsonRpcMessage> {
    match connection {
        Some(connection) => connection.receive().await,
        None => std::future::pending().await,
    }
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

fn is_handshake_request(message: &ClientJsonRpcMessage) -> bool {
    matches!(message, ClientJsonRpcMessage::Request(request)
        if matches!(request.request, ClientRequest::InitializeRequest(_) | ClientRequest::DiscoverRequest(_)))
}

/// Whether a message ends the handshake of a session.
fn is_initialized_notification(message: &ClientJsonRpcMessage) -> bool {
    matches!(message, ClientJsonRpcMessage::Notification(received)
        if matches!(received.notification, ClientNotification::InitializedNotification(_)))
}
