//! The command line: parses it, reads the configuration, and runs the command.

mod config;
mod config_value;
mod data_dir;
mod mcp;
mod relay;
mod relay_failure;
mod script_limits;
mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Run long jobs in the background and always see what is running.
///
/// Serves the pages, the REST interface, the live socket and MCP (at `/mcp`), and runs the jobs.
///
/// Prints one line to standard output, `listening on http://ADDR`. Logs go to standard error.
/// On SIGTERM or SIGINT, running jobs stop at a checkpoint and resume at the next start.
#[derive(Parser)]
#[command(version, max_term_width = 100, after_help = config::HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the pages and run the jobs (the default)
    #[command(after_help = config::HELP)]
    Serve(Serve),
    /// Serve one assistant, such as Claude or Codex, over standard input and output
    ///
    /// If a server runs on the data directory, this process is a client of it. Otherwise this process is the
    /// server, with pages and worker, until the assistant disconnects. Standard output carries only MCP messages.
    #[command(after_help = config::HELP)]
    Mcp(McpArgs),
}

#[derive(clap::Args)]
struct McpArgs {
    /// Connect to this server, such as `https://jobs.example.org`, instead of the one on the data directory
    #[arg(long, value_name = "URL")]
    server: Option<String>,
}

#[derive(clap::Args)]
struct Serve {
    /// Loopback address to listen on; port 0 picks a free port. Overrides `LEPTOS_SITE_ADDR`
    #[arg(long, value_name = "IP:PORT")]
    listen: Option<String>,
}

fn main() -> ExitCode {
    // This process may be part of a script's process tree. Such a process logs nothing and opens nothing.
    if let Some(code) = supervisor::run_if_reexecuted() {
        return code;
    }
    let Arguments { command, serve } = Arguments::parse();
    let mode = match command {
        Some(Command::Mcp(McpArgs { server })) => Mode::Mcp(server),
        Some(Command::Serve(own)) => Mode::Serve(own.listen.or(serve.listen)),
        None => Mode::Serve(serve.listen),
    };
    log_to_standard_error();
    match run(mode) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("jobtray: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What the process does.
enum Mode {
    /// Serves, at this address if one is given.
    Serve(Option<String>),
    /// Serves one assistant, as a client of this server if one is given.
    Mcp(Option<String>),
}

fn run(mode: Mode) -> Result<(), serve::ServeError> {
    let listen = match &mode {
        Mode::Serve(listen) => listen.as_deref(),
        Mode::Mcp(_) => None,
    };
    let config = config::Config::read(listen, |name| std::env::var_os(name))?;
    let runtime = tokio::runtime::Runtime::new().map_err(serve::ServeError::Runtime)?;
    let result = match mode {
        Mode::Serve(_) => runtime.block_on(serve::serve(config)),
        Mode::Mcp(server) => runtime.block_on(mcp::serve(config, server)),
    };
    // A thread may still block on reading standard input, which nothing can interrupt.
    runtime.shutdown_background();
    result
}

/// `RUST_LOG` selects what is logged. Standard output is reserved for the line with the address.
fn log_to_standard_error() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,hyper=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_writer(std::io::stderr)
        .init();
}
