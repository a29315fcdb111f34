//! The server of one client: how it describes itself, and which module answers each request.

use super::completion;
use crate::job::Timestamp;
use crate::mcp::context::McpContext;
use crate::mcp::context::ready_notices::Recipient;
use crate::mcp::resources::{self, subscriptions, subscriptions::ResourceSubscriptions};
use crate::mcp::tools::call::ToolCall;
use crate::mcp::tools::definitions::{self, NamedTool};
use crate::mcp::tools::{dispatch, start};
use crate::mcp::{prompts, tasks};
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
use std::sync::Arc;
use uuid::Uuid;

/// The description of this server that a client gets before its first request.
const INSTRUCTIONS: &str = "jobtray runs long jobs in the background and keeps track of them. \
    Start a job with a start_…_job tool: it returns at once with a job_id. Then poll get_job_status, no more \
    often than its pollAfterSeconds says, or call wait_for_job, until state is completed, failed or cancelled; \
    then call get_job_result. Tell the person the job's name and progress, and continue the conversation \
    meanwhile. If they want to know when it ends, call notify_when_ready. When a job has failed, read failure.fix: \
    retry_job helps only if failure.retryable is true. The resource jobs://playbook says more.";

/// The params of each supported method. If the protocol's library cannot read a request for one of these methods, its
/// params are invalid.
const PARAMS: [(&str, &str); 10] = [
    ("tools/call", "name, a string, and arguments, an object"),
    ("tools/list", "cursor, a string, or nothing"),
    ("prompts/get", "name, a string, and arguments, an object"),
    ("resources/read", "uri, a string"),
    ("resources/subscribe", "uri, a string"),
    ("resources/unsubscribe", "uri, a string"),
    (
        "completion/complete",
        "ref, of the type ref/prompt or ref/resource, and argument, with name and value",
    ),
    ("tasks/get", "taskId, a string"),
    ("tasks/cancel", "taskId, a string"),
    (
        "tasks/update",
        "taskId, a string, and inputResponses, an object",
    ),
];

/// The server of one client. Over HTTP without sessions it lives for one request.
pub struct McpServer {
    context: Arc<McpContext>,
    subscriptions: ResourceSubscriptions,
    /// Identifies this connection where the transport has no sessions of its own.
    connection: String,
    /// When this server was created, which is when its session began, if there is one.
    began: Timestamp,
}

impl McpServer {
    pub(super) fn new(context: Arc<McpContext>) -> Self {
        Self {
            began: context.queue.now(),
            context,
            subscriptions: ResourceSubscriptions::default(),
            connection: Uuid::now_v7().simple().to_string(),
        }
    }

    /// To whom ready notices are announced once: a session of the protocol; the user where there is none.
    fn recipient(&self, request: &RequestContext<RoleServer>) -> Recipient {
        let session = |id: &str| Recipient::Session {
            id: id.to_owned(),
            began: self.began,
        };
        match request.extensions.get::<Parts>() {
            None => session(&self.connection),
            Some(parts) => match parts.headers.get("mcp-session-id").map(|id| id.to_str()) {
                Some(Ok(id)) => session(id),
                _ => Recipient::User,
            },
        }
    }
}

impl ServerHandler for McpServer {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_prompts()
            .enable_completions()
            .enable_resources()
            .enable_resources_subscribe()
            .enable_tasks()
            .build();
        let implementation = Implementation::new("jobtray", env!("CARGO_PKG_VERSION"))
            .with_title("jobtray")
            .with_description(
                "Long jobs in the background: start them, follow them, read their results",
            );
        ServerConfig::new(capabilities)
            .with_server_info(implementation)
            .with_instructions(self.context.names.text(INSTRUCTIONS))
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let names = &self.context.names;
        let mut tools = definitions::list(self.context.queue.kinds());
        for tool in &mut tools {
            tool.name = names.text(&tool.name).into();
            tool.description = (tool.description.as_deref()).map(|text| names.text(text).into());
        }
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        params: CallToolRequestParams,
        request: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = definitions::find(self.context.queue.kinds(), &params.name) else {
            let message = format!("Unknown tool: {}", params.name);
            return Err(ErrorData::invalid_params(message, None));
        };
        let arguments = params.arguments.unwrap_or_default();
        let call = ToolCall {
            context: &self.context,
            caller: &self.context.local,
            recipient: &self.recipient(&request),
            request: &request,
        };
        let spec = match tool {
            NamedTool::Fixed(tool) => {
                return Ok(dispatch::call(&call, tool, arguments).await.into());
            }
            NamedTool::Start(spec) => spec,
        };
        let started = start::start(&call, spec.as_ref(), arguments).await;
        let knows_tasks =
            (request.client_capabilities()).is_some_and(|known| known.supports_tasks());
        match started {
            Ok(job) if knows_tasks => {
                let notice = call.ready_notice(Some(&job)).await;
                let task = tasks::created(&self.context, &job, notice);
                Ok(CallToolResponse::Task(task))
            }
            started => Ok(call.finish(started.map(|job| call.job(job))).await.into()),
        }
    }

    async fn list_resources(
        &self,
        params: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = params.and_then(|params| params.cursor);
        let listed = resources::list::list(&self.context, &self.context.local, cursor).await;
        Ok(listed?)
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let templates = resources::list::templates();
        Ok(ListResourceTemplatesResult::with_all_items(templates))
    }

    async fn read_resource(
        &self,
        params: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let read = resources::read::read(&self.context, &self.context.local, &params.uri).await?;
        Ok(read.into())
    }

    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        Some(subscriptions::accepted(requested))
    }

    async fn listen(&self, subscription: SubscriptionContext) -> Result<(), ErrorData> {
        subscriptions::listen(&self.context, &self.context.local, &subscription).await
    }

    async fn subscribe(
        &self,
        params: SubscribeRequestParams,
        request: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        let caller = &self.context.local;
        (self.subscriptions)
            .subscribe(&self.context, caller, params.uri, request.peer)
            .await
    }

    async fn unsubscribe(
        &self,
        params: UnsubscribeRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.subscriptions.unsubscribe(&params.uri);
        Ok(())
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Ok(ListPromptsResult::with_all_items(prompts::list()))
    }

    async fn get_prompt(
        &self,
        params: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let prompt = prompts::get(&self.context, &self.context.local, params).await?;
        Ok(prompt.into())
    }

    async fn complete(
        &self,
        params: CompleteRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        completion::complete(&self.context, &self.context.local, params).await
    }

    async fn on_custom_request(
        &self,
        request: CustomRequest,
        _: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        let method = request.method;
        let params = PARAMS.iter().find(|(known, _)| *known == method);
        let Some((_, expected)) = params else {
            return Err(ErrorData::new(ErrorCode::METHOD_NOT_FOUND, method, None));
        };
        let message = format!(
            "The params of {method} are invalid: expected {expected}. Nothing was changed."
        );
        Err(ErrorData::invalid_params(message, None))
    }

    async fn get_task(
        &self,
        params: GetTaskParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetTaskResult, ErrorData> {
        tasks::get(&self.context, &self.context.local, &params.task_id).await
    }

    async fn update_task(
        &self,
        params: UpdateTaskParams,
        _: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        tasks::update(&self.context, &self.context.local, &params.task_id).await
    }

    async fn cancel_task(
        &self,
        params: CancelTaskParams,
        _: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        tasks::cancel(&self.context, &self.context.local, &params.task_id).await
    }
}
