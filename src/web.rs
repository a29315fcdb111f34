//! The HTTP server.
//!
//! # Layout
//! - [`router()`]: every path; [`WebState`]: what every handler may need; [`listen()`]: the port
//! - `guard`: which requests are answered; `headers`: the headers of every response
//! - `api_error`: errors as JSON, for programs; `error_page`: the same errors as HTML, for people
//! - `body` (with `json_fields`), `query`, `request_header`, `job_path`: read requests; an error names the field
//! - `rest`: the REST interface, one file per endpoint family; `artifacts`: the files that jobs have made
//! - `subscribe`: changes of jobs, read once for all clients; `socket`, `sse`: two ways to send them
//! - `pages`: pages and their forms; `submitted_forms`: the outcome of forms without scripts
//! - `assets`: static files; `art`: drawings; `schemas`: JSON Schemas of results; `etag`: entity tags

mod api_error;
mod art;
mod artifacts;
mod assets;
mod body;
mod error_page;
mod etag;
mod guard;
mod headers;
mod job_path;
mod json_fields;
mod listen;
mod pages;
mod query;
mod request_header;
mod rest;
mod router;
mod schemas;
mod socket;
mod sse;
mod state;
mod submitted_forms;
mod subscribe;

pub use listen::listen;
pub use router::router;
pub use state::WebState;
pub use subscribe::Pace;
