//! Carries the words of an assistant on standard input and output to a server and back.

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

/// How long answers that are on their way may take when the assistant has gone.
const FAREWELL: Duration = Duration::from_secs(5);

/// How long the server may take to hear that a session is over; a session that is not closed ends by itself.
const GOODBYE: Duration = Duration::from_secs(1);

/// How long a request may be without an answer: no tool takes longer than 30 s.
const LONGEST_REQUEST: Duration = Duration::from_secs(40);

/// How often a stream of answers that broke is asked to go on, a second apart (or what the server asks for).
/// A server that is gone, or has forgotten the session, is so known within some seconds.
const STREAM_RETRIES: usize = 2;

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

/// Who is asked after a server that did not answer.
pub enum Successor {
    /// Whoever serves there, such as `http://127.0.0.1:3000`.
    At(String),
    /// The same, who may come back.
    Same,
    Nobody,
}

/// Relays until the assistant goes, or the server does: for good when `successor`, which is asked whenever one
/// does not answer, says so, or when the two never got to speak.
pub async fn relay(server: &str, successor: impl AsyncFn() -> Successor) -> Result<(), RelayError> {
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
    let relay = Relay {
        site,
        connect: link,
        link: None,
        assistant: AsyncRwTransport::new_server(stdin(), stdout()),
        spoke: false,
        greeting: Vec::new(),
        open: HashMap::new(),
        sending: FuturesUnordered::new(),
    };
    relay.run(successor).await
}

/// The way to a server. It begins a session anew by itself where the server has forgotten it.
fn link(site: &str) -> impl Transport<RoleClient, Error: Into<RelayFailure>> + use<> {
    let mut retries = FixedInterval::default();
    retries.max_times = Some(STREAM_RETRIES);
    let mut config = StreamableHttpClientTransportConfig::with_uri(format!("{site}/mcp"));
    config.retry_config = Arc::new(retries);
    StreamableHttpClientTransport::from_config(config)
}

struct Relay<L> {
    site: String,
    connect: fn(&str) -> L,
    /// None before the first message, and again when it has ended: the next message makes it.
    link: Option<L>,
    assistant: AsyncRwTransport<RoleServer, Stdin, Stdout>,
    /// Whether a server ever said anything.
    spoke: bool,
    /// What the assistant began with, for a server that has not heard it.
    greeting: Vec<ClientJsonRpcMessage>,
    /// Requests that were not answered yet, and until when they have to be; a subscription stays open.
    open: HashMap<RequestId, Option<Instant>>,
    /// Messages that the server has not taken yet.
    sending: FuturesUnordered<BoxFuture<'static, Sent>>,
}

/// A message on its way, and why it went no further.
type Sent = (Option<RequestId>, Result<(), RelayFailure>);

/// Whether the server seems to be gone.
type IsLost = bool;

impl<L: Transport<RoleClient, Error: Into<RelayFailure>>> Relay<L> {
    async fn run(mut self, successor: impl AsyncFn() -> Successor) -> Result<(), RelayError> {
        let mut search = pin!(Fuse::terminated());
        let mut farewell = None::<Instant>;
        while farewell.is_none() || self.open.values().any(Option::is_some) {
            let overdue = self.open.values().flatten().min().copied();
            let lost = tokio::select! {
                asked = self.assistant.receive(), if farewell.is_none() => {
                    match asked {
                        Some(message) => self.ask(message).await,
                        None => farewell = Some(Instant::now() + FAREWELL),
                    }
                    false
                }
                answer = received(&mut self.link) => match answer {
                    Some(answer) => self.pass_on(answer).await?,
                    None => self.link_ended().await?,
                },
                Some(sent) = self.sending.next() => self.sent(sent).await?,
                found = search.as_mut(), if !search.is_terminated() => {
                    match found {
                        Successor::At(site) => self.move_to(site).await?,
                        Successor::Same if self.spoke => {}
                        Successor::Same | Successor::Nobody => return self.gone().await,
                    }
                    false
                }
                () = sleep_until(overdue.unwrap_or_else(Instant::now)), if overdue.is_some() => {
                    self.give_up().await?
                }
                () = sleep_until(farewell.unwrap_or_else(Instant::now)), if farewell.is_some() => break,
            };
            if lost && search.is_terminated() {
                search.set(successor().fuse());
            }
        }
        if let Some(mut link) = self.link {
            // A server that is gone needs no goodbye, and one that has heard only a greeting takes none.
            let _ = timeout(GOODBYE, link.close()).await;
        }
        Ok(())
    }

    async fn ask(&mut self, message: ClientJsonRpcMessage) {
        let greets = is_greeting(&message);
        if greets {
            self.greeting.clear();
        }
        if self.link.is_none() {
            // Who has asked for nothing has nothing to take back or to say either.
            if self.greeting.is_empty() && request(&message).is_none() {
                return;
            }
            self.link = Some((self.connect)(&self.site));
            for words in self.greeting.clone() {
                self.hand_over(words).await;
            }
        }
        if greets || (is_greeted(&message) && self.greeting.len() == 1) {
            self.greeting.push(message.clone());
        }
        self.note(&message);
        self.hand_over(message).await;
    }

    fn note(&mut self, message: &ClientJsonRpcMessage) {
        match message {
            ClientJsonRpcMessage::Request(asked) => {
                let stays = matches!(asked.request, ClientRequest::SubscriptionsListenRequest(_));
                let until = (!stays).then(|| Instant::now() + LONGEST_REQUEST);
                self.open.insert(asked.id.clone(), until);
            }
            // Nobody waits for its answer any more, and none may come.
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

    /// Hands a message over, in the order in which they came.
    async fn hand_over(&mut self, message: ClientJsonRpcMessage) {
        let Some(link) = &mut self.link else { return };
        let id = request(&message);
        let mut sending = Box::pin(link.send(message));
        // The first look puts it into the line; how long it then takes is its own affair.
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

    async fn sent(&mut self, (id, sent): Sent) -> Result<IsLost, RelayError> {
        let Err(failure) = sent else { return Ok(false) };
        let lost = failure == RelayFailure::Unreachable;
        self.spoke |= !lost;
        if let Some(id) = id {
            self.fail(id, failure).await?;
        }
        Ok(lost)
    }

    async fn pass_on(&mut self, answer: ServerJsonRpcMessage) -> Result<IsLost, RelayError> {
        let lost = is_lost(&answer);
        self.spoke |= !lost;
        match answer {
            ServerJsonRpcMessage::Error(JsonRpcError { id: Some(id), .. }) if lost => {
                self.fail(id, RelayFailure::Unreachable).await?;
            }
            answer => self.tell(answer).await?,
        }
        Ok(lost)
    }

    /// The transport ends where its very first message was not taken, or not answered.
    async fn link_ended(&mut self) -> Result<IsLost, RelayError> {
        self.link = None;
        let mut answered = false;
        // It has let go of all that it was handed.
        while let Some(sent) = self.sending.next().await {
            answered |= matches!(sent, (_, Err(RelayFailure::Refused(_))));
            self.sent(sent).await?;
        }
        self.fail_all().await?;
        Ok(!answered)
    }

    /// Answers what has waited for too long; the server need not work on it any more.
    async fn give_up(&mut self) -> Result<IsLost, RelayError> {
        let now = Instant::now();
        let is_overdue = |until: &Option<Instant>| until.is_some_and(|until| until <= now);
        let overdue = self.open.iter().filter(|(_, until)| is_overdue(until));
        let overdue: Vec<_> = overdue.map(|(id, _)| id.clone()).collect();
        for id in overdue {
            let cancelled = CancelledNotificationParam::new(Some(id.clone()), None);
            self.fail(id, RelayFailure::Unreachable).await?;
            let cancelled = CancelledNotification::new(cancelled).into();
            self.hand_over(ClientJsonRpcMessage::notification(cancelled))
                .await;
        }
        Ok(true)
    }

    /// Asks whoever serves at `site` from now on.
    async fn move_to(&mut self, site: String) -> Result<(), RelayError> {
        if site == self.site {
            return Ok(());
        }
        tracing::info!(%site, "a server runs at another address now; this is a client of it");
        self.site = site;
        self.link = None;
        self.sending.clear();
        self.fail_all().await
    }

    /// The end, with an answer to everything that waits for one.
    async fn gone(mut self) -> Result<(), RelayError> {
        self.fail_all().await?;
        Err(RelayError::Gone(self.site))
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
        self.tell(ServerJsonRpcMessage::Error(error)).await
    }

    /// Answers once, and only what is still asked.
    async fn tell(&mut self, answer: ServerJsonRpcMessage) -> Result<(), RelayError> {
        if let Some(id) = answered(&answer) {
            if self.open.remove(id).is_none() {
                return Ok(());
            }
            let failed = matches!(answer, ServerJsonRpcMessage::Error(_));
            if failed && self.greeting.first().and_then(request).as_ref() == Some(id) {
                self.greeting.clear();
            }
        }
        let received = self.assistant.send(answer).await;
        received.map_err(RelayError::Output)
    }
}

/// What comes over a link; nothing does where there is none.
async fn received(link: &mut Option<impl Transport<RoleClient>>) -> Option<ServerJsonRpcMessage> {
    match link {
        Some(link) => link.receive().await,
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

fn is_greeting(message: &ClientJsonRpcMessage) -> bool {
    matches!(message, ClientJsonRpcMessage::Request(asked)
        if matches!(asked.request, ClientRequest::InitializeRequest(_) | ClientRequest::DiscoverRequest(_)))
}

/// Whether it ends the greeting of a session.
fn is_greeted(message: &ClientJsonRpcMessage) -> bool {
    matches!(message, ClientJsonRpcMessage::Notification(received)
        if matches!(received.notification, ClientNotification::InitializedNotification(_)))
}
