//! A call of a tool: on whose behalf it is made, and how it is answered.

use super::error::ToolError;
use crate::job::Job;
use crate::mcp::context::McpContext;
use crate::mcp::context::ready_notices::Recipient;
use crate::mcp::render::output::JobOutput;
use crate::mcp::render::reply::ToolReply;
use crate::queue::Caller;
use rmcp::model::CallToolResult;
use rmcp::service::{RequestContext, RoleServer};

pub struct ToolCall<'a> {
    pub context: &'a McpContext,
    pub caller: &'a Caller,
    /// To whom ready notices are announced once.
    pub recipient: &'a Recipient,
    pub request: &'a RequestContext<RoleServer>,
}

impl ToolCall<'_> {
    /// An answer with the current state of a job.
    pub fn job(&self, job: Job) -> ToolReply {
        ToolReply::job(&self.context.renderer(), &JobOutput::from(job))
    }

    /// Adds the notice of other jobs that became ready. Errors get it too, since the assistant reads them as well.
    pub async fn finish(&self, outcome: Result<ToolReply, ToolError>) -> CallToolResult {
        let result = match outcome {
            Ok(reply) => {
                let ready = self.take_ready(reply.about.as_deref()).await;
                let renderer = self.context.renderer();
                reply.with_ready_notice(&renderer, &ready).into_result()
            }
            Err(error) => {
                let notice = self.ready_notice(error.job()).await;
                error.into_result(notice)
            }
        };
        self.context.names.result(result)
    }

    /// The notice of jobs that became ready, other than the one that the answer is `about`.
    pub async fn ready_notice(&self, about: Option<&Job>) -> Option<String> {
        let ready = self.take_ready(about).await;
        (!ready.is_empty()).then(|| self.context.renderer().ready_notice(&ready))
    }

    async fn take_ready(&self, about: Option<&Job>) -> Vec<Job> {
        if self.request.ct.is_cancelled() {
            // The client does not read this answer, so the next one has the notice.
            return Vec::new();
        }
        let notices = &self.context.ready_notices;
        notices.take(self.caller, self.recipient, about).await
    }
}
