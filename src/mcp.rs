//! The MCP server: assistants start, follow and finish jobs by tools, resources and prompts.
//!
//! It speaks streamable HTTP at `/mcp`, and standard input and output. It keeps no jobs of its own: every answer is
//! read from the same rows as the pages.
//!
//! # Layout
//! - [`server`]: what is shared by all clients, the transports, and the module that answers each request
//! - [`tools`]: the tools, their arguments and errors, and what each does
//! - [`resources`]: jobs, their logs and results by URI; subscriptions to their changes
//! - [`tasks`]: jobs as tasks of the protocol's extension (SEP-2663)
//! - [`prompts`]: questions that a person asks with one choice
//! - [`render`]: answers as text and as structured content; the names of the tools
//! - [`context`]: what every request can reach; subscriptions to jobs; ready notices
//!
//! Modules import downwards: `server` → `resources`, `tasks`, `prompts` → `tools` → `context` → `render`.

mod context;
mod prompts;
mod render;
mod resources;
mod server;
mod tasks;
mod tools;

pub use server::{Mcp, McpServer};
