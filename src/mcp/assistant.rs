//! One client's server: what it says of itself, and which file answers which request.

use super::news::Listener;
use super::subscription::{self, Subscriptions};
use super::{Mcp, call, completion, prompt, resource, start, task, tool};
use crate::job::Timestamp;
use crate::queue::Caller;
use axum::http::request::Parts;
use rmcp::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CancelTaskParams, CompleteRequestParams,
    CompleteResult, CustomRequest, CustomResult, ErrorCode, ErrorData, GetPromptRequestParams,
    GetPromptResponse, GetTaskParams, GetTaskResult, Implementation, ListPromptsResult,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
    SubscribeRequestParams, SubscriptionFilter, UnsubscribeRequestParams, UpdateTaskParams,
};
use rmcp::service::{RequestContext, RoleServer, SubscriptionContext};
use uuid::Uuid;

/// What a client is told of us before it asks anything.
const INSTRUCTIONS: &str = "jobtray runs long work in the background and keeps track of it. \
    Start work with a start_…_job tool: it returns at once with a job_id. Then poll get_job_status, no more \
    often than its pollAfterSeconds says, or call wait_for_job, until state is completed, failed or cancelled; \
    then read get_job_result. Tell the person the job's name and progress, and go on with the conversation \
    meanwhile. If they want to hear of the end, call notify_when_ready. When a job failed, read failure.fix: \
    retry_job helps only where failure.retryable is true. The resource jobs://playbook says more.";

/// What each method that is answered expects: a request for one of them that was not understood has params
/// of a wrong kind.
const EXPECTED: [(&str, &str); 10] = [
    ("tools/call", "name, a text, and arguments, an object"),
    ("tools/list", "cursor, a text, or nothing"),
    ("prompts/get", "name, a text, and arguments, an object"),
    ("resources/read", "uri, a text"),
    ("resources/subscribe", "uri, a text"),
    ("resources/unsubscribe", "uri, a text"),
    (
        "completion/complete",
        "ref, of the type ref/prompt or ref/resource, and argument, with name and value",
    ),
    ("tasks/get", "taskId, a text"),
    ("tasks/cancel", "taskId, a text"),
    (
        "tasks/update",
        "taskId, a text, and inputResponses, an object",
    ),
];

/// The server of one client. Over HTTP without sessions it lives for one request.
pub struct Assistant {
    pub(super) mcp: Mcp,
    pub(super) subscriptions: Subscriptions,
    /// Names this connection where the transport has no sessions of its own.
    connection: String,
    /// When this server was made: with its session, where there is one.
    began: Timestamp,
}

impl Assistant {
    pub(super) fn new(mcp: Mcp) -> Self {
        Self {
            began: mcp.shared.queue.now(),
            mcp,
            subscriptions: Subscriptions::default(),
            connection: Uuid::now_v7().simple().to_string(),
        }
    }

    /// Who asks. In local mode whoever reached the port is the creator; a bearer token, which stands among
    /// the headers of the request, will be checked here.
    #[expect(clippy::unnecessary_wraps, reason = "a token can be refused")]
    pub(super) fn caller(&self, context: &RequestContext<RoleServer>) -> Result<Caller, ErrorData> {
        let _headers = context
            .extensions
            .get::<Parts>()
            .map(|parts| &parts.headers);
        Ok(self.mcp.shared.local.clone())
    }

    /// Whom news are told to once: a session of the protocol; where there is none, the user.
    pub(super) fn listener(&self, context: &RequestContext<RoleServer>) -> Listener {
        let session = |id: &str| Listener::Session {
            id: id.to_owned(),
            began: self.began,
        };
        match context.extensions.get::<Parts>() {
            None => session(&self.connection),
            Some(parts) => match parts.headers.get("mcp-session-id").map(|id| id.to_str()) {
                Some(Ok(id)) => session(id),
                _ => Listener::User,
            },
        }
    }
}

impl ServerHandler for Assistant {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_prompts()
            .enable_completions()
            .enable_resources()
            .enable_resources_subscribe()
            .enable_tasks()
            .build();
        let this = Implementation::new("jobtray", env!("CARGO_PKG_VERSION"))
            .with_title("jobtray")
            .with_description(
                "Long work in the background: start it, follow it, read what came of it",
            );
        ServerConfig::new(capabilities)
            .with_server_info(this)
            .with_instructions(self.mcp.naming.text(INSTRUCTIONS))
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let shared = &self.mcp.shared;
        let mut tools = tool::list(shared.queue.kinds());
        for tool in &mut tools {
            let naming = &self.mcp.naming;
            tool.name = naming.text(&tool.name).into();
            tool.description = (tool.description.as_deref()).map(|says| naming.text(says).into());
        }
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let caller = self.caller(&context)?;
        let Some(found) = tool::find(self.mcp.shared.queue.kinds(), &request.name) else {
            let message = format!("Unknown tool: {}", request.name);
            return Err(ErrorData::invalid_params(message, None));
        };
        let arguments = request.arguments.unwrap_or_default();
        match found {
            tool::Called::Start(spec) => {
                match start::start(self, &caller, &context, spec.as_ref(), arguments).await? {
                    CallToolResponse::Complete(result) => Ok(self.mcp.naming.result(result).into()),
                    other => Ok(other),
                }
            }
            tool::Called::Fixed(tool) => {
                let result = call::call(self, &caller, &context, tool, arguments).await;
                Ok(self.mcp.naming.result(result).into())
            }
        }
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        resource::list(&self.mcp, &self.caller(&context)?, cursor).await
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(
            resource::templates(),
        ))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let caller = self.caller(&context)?;
        let read = resource::read(&self.mcp, &caller, &request.uri).await?;
        Ok(read.into())
    }

    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        let uris = requested.resource_subscriptions.iter().flatten();
        let known = uris
            .filter(|uri| resource::job_of(uri).is_some())
            .take(subscription::MOST)
            .cloned();
        Some(
            SubscriptionFilter::builder()
                .resource_subscriptions(known)
                .build(),
        )
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        let caller = self.caller(context.request_context())?;
        self.subscriptions
            .listen(&self.mcp, &caller, &context)
            .await
    }

    async fn subscribe(
        &self,
        request: SubscribeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        let caller = self.caller(&context)?;
        (self
            .subscriptions
            .subscribe(&self.mcp, &caller, request.uri, context.peer))
        .await
    }

    async fn unsubscribe(
        &self,
        request: UnsubscribeRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.subscriptions.unsubscribe(&request.uri);
        Ok(())
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Ok(ListPromptsResult::with_all_items(prompt::list()))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let caller = self.caller(&context)?;
        let prompt = prompt::get(&self.mcp, &caller, request).await?;
        Ok(prompt.into())
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        completion::complete(&self.mcp, &self.caller(&context)?, request).await
    }

    async fn on_custom_request(
        &self,
        request: CustomRequest,
        _: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        let method = request.method;
        let expected = EXPECTED.iter().find(|(known, _)| *known == method);
        let Some((_, expected)) = expected else {
            return Err(ErrorData::new(ErrorCode::METHOD_NOT_FOUND, method, None));
        };
        let says =
            format!("The params of {method} are wrong: expected {expected}. Nothing was changed.");
        Err(ErrorData::invalid_params(says, None))
    }

    async fn get_task(
        &self,
        request: GetTaskParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetTaskResult, ErrorData> {
        task::get(&self.mcp, &self.caller(&context)?, &request.task_id).await
    }

    async fn update_task(
        &self,
        request: UpdateTaskParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        task::update(&self.mcp, &self.caller(&context)?, &request.task_id).await
    }

    async fn cancel_task(
        &self,
        request: CancelTaskParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        task::cancel(&self.mcp, &self.caller(&context)?, &request.task_id).await
    }
}
