//! The suite's tools, and jobtray's own server around which they stand.

use crate::asking::{Asked, question};
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

/// The suite's tools, and what each is given.
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

/// jobtray's server for one client, and more tools.
pub struct Server {
    jobtray: McpServer,
    asked: Arc<Asked>,
}

impl Server {
    pub fn new(jobtray: McpServer, asked: Arc<Asked>) -> Self {
        Self { jobtray, asked }
    }

    /// Starts a job by jobtray's own tool.
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

    /// A name is asked for within the call; the task begins when it is known.
    fn after_a_question(&self, request: CallToolRequestParams) -> CallToolResponse {
        match request.input_responses {
            Some(answers) if answers.contains_key("user_name") => {
                CallToolResponse::Task(self.asked.answered(answers))
            }
            _ => who_is_it(),
        }
    }
}

/// Asks the client for a name.
fn who_is_it() -> CallToolResponse {
    let name = ("user_name".to_owned(), question("What is your name?"));
    InputRequiredResult::from_input_requests(InputRequests::from([name])).into()
}

fn said(text: &str) -> CallToolResponse {
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
        let more = TOOLS.map(|(name, given)| Tool::new(name, "Of the suite.", schema(given)));
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
        let given = request.arguments.clone().unwrap_or_default();
        match &*request.name {
            "greet" => {
                let name = given.get("name").and_then(Value::as_str).unwrap_or("you");
                Ok(said(&format!("Hello, {name}!")))
            }
            "slow_compute" | "failing_job" => self.start(&request.name, given, context).await,
            "protocol_error_job" => Ok(CallToolResponse::Task(self.asked.broken())),
            "confirm_delete" => {
                let asked = self.asked.ask(&[("confirm", "Delete it?")]);
                Ok(CallToolResponse::Task(asked))
            }
            "multi_input" => {
                let both = [
                    ("first", "What is it called?"),
                    ("second", "And the other?"),
                ];
                Ok(CallToolResponse::Task(self.asked.ask(&both)))
            }
            "test_tool_with_task" => Ok(self.after_a_question(request)),
            "test_missing_capability" => {
                let known = context.client_capabilities();
                if known.is_none_or(|known| known.sampling.is_none()) {
                    let mut needed = ClientCapabilities::default();
                    needed.sampling = Some(SamplingCapability::default());
                    return Err(ErrorData::missing_required_client_capability(needed));
                }
                Ok(said("It can sample."))
            }
            "test_streaming_elicitation" => Ok(who_is_it()),
            "test_logging_tool" => Ok(said("Nothing was logged.")),
            _ => self.jobtray.call_tool(request, context).await,
        }
    }

    async fn get_task(
        &self,
        request: GetTaskParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetTaskResult, ErrorData> {
        if self.asked.knows(&request.task_id) {
            return self.asked.get(&request.task_id);
        }
        self.jobtray.get_task(request, context).await
    }

    async fn update_task(
        &self,
        request: UpdateTaskParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        if self.asked.knows(&request.task_id) {
            return (self.asked).update(&request.task_id, request.input_responses);
        }
        self.jobtray.update_task(request, context).await
    }

    async fn cancel_task(
        &self,
        request: CancelTaskParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        if self.asked.knows(&request.task_id) {
            return self.asked.cancel(&request.task_id);
        }
        self.jobtray.cancel_task(request, context).await
    }

    // All that follows is jobtray's alone.

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

/// The schema of a tool that is given one thing, or nothing.
fn schema(given: &str) -> JsonObject {
    let kind = if given == "seconds" {
        "number"
    } else {
        "string"
    };
    let mut fields = JsonObject::new();
    if !given.is_empty() {
        fields.insert(given.to_owned(), json!({ "type": kind }));
    }
    JsonObject::from_iter([
        ("type".to_owned(), "object".into()),
        ("properties".to_owned(), fields.into()),
    ])
}
