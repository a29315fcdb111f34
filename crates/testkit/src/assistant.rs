//! An assistant: the real client of rmcp, over streamable HTTP.

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

/// What was heard without asking.
#[derive(Debug)]
pub enum Heard {
    Progress(ProgressNotificationParam),
    Updated(String),
}

#[derive(Clone)]
pub struct Listening {
    config: ClientConfig,
    heard: mpsc::UnboundedSender<Heard>,
}

impl ClientHandler for Listening {
    fn get_info(&self) -> ClientConfig {
        self.config.clone()
    }

    async fn on_progress(
        &self,
        progress: ProgressNotificationParam,
        _: NotificationContext<RoleClient>,
    ) {
        let _ = self.heard.send(Heard::Progress(progress));
    }

    async fn on_resource_updated(
        &self,
        updated: ResourceUpdatedNotificationParam,
        _: NotificationContext<RoleClient>,
    ) {
        let _ = self.heard.send(Heard::Updated(updated.uri));
    }
}

/// How an assistant connects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaks {
    /// `initialize` and a session.
    Session,
    /// 2026-07-28: each request by itself.
    Today,
    /// The same, and it knows tasks.
    Tasks,
}

pub struct Assistant {
    client: RunningService<RoleClient, Listening>,
    pub heard: tokio::sync::Mutex<mpsc::UnboundedReceiver<Heard>>,
}

impl Deref for Assistant {
    type Target = RunningService<RoleClient, Listening>;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

impl Assistant {
    /// Over streamable HTTP.
    pub async fn connect(address: std::net::SocketAddr, speaks: Speaks) -> Self {
        // Whoever came first installed the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let transport = StreamableHttpClientTransport::from_config(
            StreamableHttpClientTransportConfig::with_uri(format!("http://{address}/mcp")),
        );
        Self::over(transport, speaks).await
    }

    /// On whatever carries messages, such as the output and the input of a program.
    pub async fn over<T, E, A>(transport: T, speaks: Speaks) -> Self
    where
        T: IntoTransport<RoleClient, E, A>,
        E: std::error::Error + Send + Sync + 'static,
    {
        let capabilities = match speaks {
            Speaks::Tasks => ClientCapabilities::builder().enable_tasks().build(),
            _ => ClientCapabilities::default(),
        };
        let (heard, hearing) = mpsc::unbounded_channel();
        let config = ClientConfig::new(capabilities, Implementation::new("test", "1"));
        let lifecycle = match speaks {
            Speaks::Session => ClientLifecycleMode::Initialize,
            _ => ClientLifecycleMode::Discover {
                preferred_versions: vec![ProtocolVersion::V_2026_07_28],
            },
        };
        let listening = Listening { config, heard };
        let client = serve_client_with_lifecycle(listening, transport, lifecycle);
        Self {
            client: client.await.unwrap(),
            heard: tokio::sync::Mutex::new(hearing),
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

    /// A call whose answer is no task.
    pub async fn call(&self, tool: &str, arguments: Value) -> Answer {
        match self.try_call(tool, arguments).await.unwrap() {
            CallToolResponse::Complete(result) => Answer(result),
            other => panic!("{other:?}"),
        }
    }

    pub async fn next_heard(&self) -> Heard {
        self.heard.lock().await.recv().await.unwrap()
    }
}

/// What a tool answered.
#[derive(Debug)]
pub struct Answer(pub CallToolResult);

impl Answer {
    /// The structured part of an answer that is no error.
    pub fn data(&self) -> &Value {
        assert_ne!(self.0.is_error, Some(true), "{:?}", self.0);
        self.0.structured_content.as_ref().unwrap()
    }

    pub fn job_id(&self) -> &str {
        self.data()["jobId"].as_str().unwrap()
    }

    /// What a person can be read.
    pub fn words(&self) -> &str {
        match &self.0.content[0] {
            ContentBlock::Text(text) => &text.text,
            other => panic!("{other:?}"),
        }
    }

    /// What was refused, in words.
    pub fn error_text(&self) -> &str {
        assert_eq!(self.0.is_error, Some(true), "{:?}", self.0);
        assert!(self.0.structured_content.is_none(), "{:?}", self.0);
        self.words()
    }

    pub fn link(&self) -> Option<&str> {
        self.0.content.iter().find_map(|block| match block {
            ContentBlock::ResourceLink(link) => Some(link.uri.as_str()),
            _ => None,
        })
    }
}
