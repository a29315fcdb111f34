//! An assistant: the real MCP client of rmcp.

use rmcp::ClientHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ClientCapabilities, ClientConfig,
    ContentBlock, Implementation, ProgressNotificationParam, ProtocolVersion,
    ResourceUpdatedNotificationParam,
};
use rmcp::service::{
    ClientLifecycleMode, NotificationContext, RoleClient, RunningService, ServiceError,
    serve_client_with_lifecycle,
};
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::transport::{IntoTransport, StreamableHttpClientTransport};
use serde_json::Value;
use std::ops::Deref;
use tokio::sync::mpsc;

/// A notification from the server.
#[derive(Debug)]
pub enum Notification {
    Progress(ProgressNotificationParam),
    Updated(String),
}

/// Keeps the notifications that arrive.
#[derive(Clone)]
pub struct Recorder {
    config: ClientConfig,
    notifications: mpsc::UnboundedSender<Notification>,
}

impl ClientHandler for Recorder {
    fn get_info(&self) -> ClientConfig {
        self.config.clone()
    }

    async fn on_progress(
        &self,
        progress: ProgressNotificationParam,
        _: NotificationContext<RoleClient>,
    ) {
        let _ = self.notifications.send(Notification::Progress(progress));
    }

    async fn on_resource_updated(
        &self,
        updated: ResourceUpdatedNotificationParam,
        _: NotificationContext<RoleClient>,
    ) {
        let _ = self.notifications.send(Notification::Updated(updated.uri));
    }
}

/// How an assistant talks to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Opens a session with `initialize`.
    Session,
    /// Revision 2026-07-28, in which each request stands alone.
    Stateless,
    /// The same, with the tasks extension.
    StatelessWithTasks,
}

pub struct Assistant {
    client: RunningService<RoleClient, Recorder>,
    notifications: tokio::sync::Mutex<mpsc::UnboundedReceiver<Notification>>,
}

impl Deref for Assistant {
    type Target = RunningService<RoleClient, Recorder>;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

impl Assistant {
    /// Over streamable HTTP.
    pub async fn connect(address: std::net::SocketAddr, protocol: Protocol) -> Self {
        // An error means that another test installed the same provider before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let transport = StreamableHttpClientTransport::from_config(
            StreamableHttpClientTransportConfig::with_uri(format!("http://{address}/mcp")),
        );
        Self::over(transport, protocol).await
    }

    /// Over any transport, such as a program's standard output and input.
    pub async fn over<T, E, A>(transport: T, protocol: Protocol) -> Self
    where
        T: IntoTransport<RoleClient, E, A>,
        E: std::error::Error + Send + Sync + 'static,
    {
        let capabilities = match protocol {
            Protocol::StatelessWithTasks => ClientCapabilities::builder().enable_tasks().build(),
            _ => ClientCapabilities::default(),
        };
        let (sender, receiver) = mpsc::unbounded_channel();
        let config = ClientConfig::new(capabilities, Implementation::new("test", "1"));
        let lifecycle = match protocol {
            Protocol::Session => ClientLifecycleMode::Initialize,
            _ => ClientLifecycleMode::Discover {
                preferred_versions: vec![ProtocolVersion::V_2026_07_28],
            },
        };
        let recorder = Recorder {
            config,
            notifications: sender,
        };
        let client = serve_client_with_lifecycle(recorder, transport, lifecycle);
        Self {
            client: client.await.unwrap(),
            notifications: tokio::sync::Mutex::new(receiver),
        }
    }

    pub async fn try_call(
        &self,
        tool: &str,
        arguments: Value,
    ) -> Result<CallToolResponse, ServiceError> {
        let mut params = CallToolRequestParams::new(tool.to_owned());
        params.arguments = arguments.as_object().cloned();
        self.client.peer().call_tool_once(params).await
    }

    /// Calls a tool whose answer is a result, not a task.
    pub async fn call(&self, tool: &str, arguments: Value) -> Answer {
        match self.try_call(tool, arguments).await.unwrap() {
            CallToolResponse::Complete(result) => Answer(result),
            other => panic!("{other:?}"),
        }
    }

    pub async fn next_notification(&self) -> Notification {
        self.notifications.lock().await.recv().await.unwrap()
    }
}

/// The answer of a tool.
#[derive(Debug)]
pub struct Answer(pub CallToolResult);

impl Answer {
    /// The structured part. Panics if the answer is an error.
    pub fn data(&self) -> &Value {
        assert_ne!(self.0.is_error, Some(true), "{:?}", self.0);
        self.0.structured_content.as_ref().unwrap()
    }

    pub fn job_id(&self) -> &str {
        self.data()["jobId"].as_str().unwrap()
    }

    /// The text part.
    pub fn text(&self) -> &str {
        match &self.0.content[0] {
            ContentBlock::Text(text) => &text.text,
            other => panic!("{other:?}"),
        }
    }

    /// The text of an error. Panics if the answer is not one.
    pub fn error_text(&self) -> &str {
        assert_eq!(self.0.is_error, Some(true), "{:?}", self.0);
        assert!(self.0.structured_content.is_none(), "{:?}", self.0);
        self.text()
    }

    pub fn link(&self) -> Option<&str> {
        self.0.content.iter().find_map(|block| match block {
            ContentBlock::ResourceLink(link) => Some(link.uri.as_str()),
            _ => None,
        })
    }
}
