//! The suite's tools in front of jobtray's MCP server.

use crate::input_tasks::{InputTasks, question};
use jobtray::mcp::McpServer;
use rmcp::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, CancelTaskParams, ClientCapabilities,
    CompleteRequestParams, CompleteResult, ContentBlock, ErrorData, GetPromptRequestParams,
    GetPromptResponse, GetTaskParams, GetTaskResult, InputRequests, InputRequiredResult,
    JsonObject, ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult,
    ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse,
    SamplingCapability, ServerConfig, SubscribeRequestParams, SubscriptionFilter, Tool,
    UnsubscribeRequestParams, UpdateTaskParams,
};
use rmcp::service::{RequestContext, RoleServer, SubscriptionContext};
use serde_json::{Value, json};
use std::sync::Arc;

/// The suite's tools, each with the name of its argument.
const TOOLS: [(&str, &str); 10] = [
    ("greet", "name"),
    ("slow_compute", "seconds"),
    ("failing_job", ""),
    ("protocol_error_job", ""),
    ("confirm_delete", "filename"),
    ("multi_input", ""),
    ("test_tool_with_task", ""),
    ("test_missing_capability", ""),
    ("test_streaming_elicitation", ""),
    ("test_logging_tool", ""),
];

/// jobtray's server for one client, with the suite's tools.
pub struct Server {
    jobtray: McpServer,
    input_tasks: Arc<InputTasks>,
}

impl Server {
    pub fn new(jobtray: McpServer, input_tasks: Arc<InputTasks>) -> Self {
        Self {
            jobtray,
            input_tasks,
        }
    }

    /// Starts a job with jobtray's own tool.
    async fn start(
        &self,
        kind: &str,
        input: JsonObject,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let mut call = CallToolRequestParams::new(format!("start_{kind}_job"));
        call.arguments = Some(JsonObject::from_iter([("input".to_owned(), input.into())]));
        self.jobtray.call_tool(call, context).await
    }

    /// Asks for a name within the call, and creates the task once the name is known.
    fn greet_in_a_task(&self, request: CallToolRequestParams) -> CallToolResponse {
        match request.input_responses {
            Some(answers) if answers.contains_key("user_name") => {
                CallToolResponse::Task(self.input_tasks.answered(answers))
            }
            _ => ask_for_name(),
        }
    }
}

/// Asks the client for a name.
fn ask_for_name() -> CallToolResponse {
    let name = ("user_name".to_owned(), question("What is your name?"));
    InputRequiredResult::from_input_requests(InputRequests::from([name])).into()
}

fn text_result(text: &str) -> CallToolResponse {
    CallToolResult::success(vec![ContentBlock::text(text)]).into()
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        self.jobtray.get_info()
    }

    async fn list_tools(
        &self,
        page: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let mut listed = self.jobtray.list_tools(page, context).await?;
        let more =
            TOOLS.map(|(name, argument)| Tool::new(name, "A tool of the suite.", schema(argument)));
        listed.tools.extend(more);
        Ok(listed)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let knows_tasks =
            (context.client_capabilities()).is_some_and(|known| known.supports_tasks());
        let needs_tasks = [
            "failing_job",
            "protocol_error_job",
            "confirm_delete",
            "multi_input",
            "test_tool_with_task",
        ];
        if !knows_tasks && needs_tasks.contains(&&*request.name) {
            let needed = ClientCapabilities::builder().enable_tasks().build();
            return Err(ErrorData::missing_required_client_capability(needed));
        }
        let arguments = request.arguments.clone().unwrap_or_default();
        match &*request.name {
            "greet" => {
                let name = arguments
                    .get("name")
                    .and_then(Value::as_str)
                    .unwrap_or("you");
                Ok(text_result(&format!("Hello, {name}!")))
            }
            "slow_compute" | "failing_job" => self.start(&request.name, arguments, context).await,
            "protocol_error_job" => Ok(CallToolResponse::Task(self.input_tasks.failed())),
            "confirm_delete" => {
                let task = self.input_tasks.ask(&[("confirm", "Delete it?")]);
                Ok(CallToolResponse::Task(task))
            }
            "multi_input" => {
                let questions = [
                    ("first", "What is it called?"),
                    ("second", "And the other?"),
                ];
                Ok(CallToolResponse::Task(self.input_tasks.ask(&questions)))
            }
            "test_tool_with_task" => Ok(self.greet_in_a_task(request)),
            "test_missing_capability" => {
                let known = context.client_capabilities();
                if known.is_none_or(|known| known.sampling.is_none()) {
                    let mut needed = ClientCapabilities::default();
                    needed.sampling = Some(SamplingCapability::default());
                    return Err(ErrorData::missing_required_client_capability(needed));
                }
                Ok(text_result("It can sample."))
            }
            "test_streaming_elicitation" => Ok(ask_for_name()),
            "test_logging_tool" => Ok(text_result("Nothing was logged.")),
            _ => self.jobtray.call_tool(request, context).await,
        }
    }

    async fn get_task(
        &self,
        request: GetTaskParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetTaskResult, ErrorData> {
        if self.input_tasks.knows(&request.task_id) {
            return self.input_tasks.get(&request.task_id);
        }
        self.jobtray.get_task(request, context).await
    }

    async fn update_task(
        &self,
        request: UpdateTaskParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        if self.input_tasks.knows(&request.task_id) {
            return (self.input_tasks).update(&request.task_id, request.input_responses);
        }
        self.jobtray.update_task(request, context).await
    }

    async fn cancel_task(
        &self,
        request: CancelTaskParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        if self.input_tasks.knows(&request.task_id) {
            return self.input_tasks.cancel(&request.task_id);
        }
        self.jobtray.cancel_task(request, context).await
    }

    // The remaining requests go straight to jobtray's server.

    async fn list_resources(
        &self,
        page: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        self.jobtray.list_resources(page, context).await
    }

    async fn list_resource_templates(
        &self,
        page: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        self.jobtray.list_resource_templates(page, context).await
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        self.jobtray.read_resource(request, context).await
    }

    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        self.jobtray.accepted_subscription_filter(requested)
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        self.jobtray.listen(context).await
    }

    #[expect(deprecated, reason = "clients with a session still subscribe this way")]
    async fn subscribe(
        &self,
        request: SubscribeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.jobtray.subscribe(request, context).await
    }

    #[expect(deprecated, reason = "clients with a session still subscribe this way")]
    async fn unsubscribe(
        &self,
        request: UnsubscribeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.jobtray.unsubscribe(request, context).await
    }

    async fn list_prompts(
        &self,
        page: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        self.jobtray.list_prompts(page, context).await
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        self.jobtray.complete(request, context).await
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        self.jobtray.get_prompt(request, context).await
    }
}

/// The schema of a tool with one argument, or with none if the name is empty.
fn schema(argument: &str) -> JsonObject {
    let kind = if argument == "seconds" {
        "number"
    } else {
        "string"
    };
    let mut fields = JsonObject::new();
    if !argument.is_empty() {
        fields.insert(argument.to_owned(), json!({ "type": kind }));
    }
    JsonObject::from_iter([
        ("type".to_owned(), "object".into()),
        ("properties".to_owned(), fields.into()),
    ])
}
