//! The command line: reads what the process is to do, builds everything and hands it down.

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

/// Start long work, keep editing, and always see what runs.
///
/// Serves the pages, the REST interface, the live socket and assistants (MCP, at `/mcp`), and runs the jobs.
///
/// Standard output carries one line, `listening on http://ADDR`; logs go to standard error.
/// On SIGTERM or SIGINT running jobs reach a checkpoint and are handed back, to go on at the next start.
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
    /// Serve the pages and run the jobs; the same as no command
    #[command(after_help = config::HELP)]
    Serve(Serve),
    /// Serve one assistant, such as Claude or Codex, on standard input and output
    ///
    /// Where no server runs on the data directory, this process is one, pages and worker and all, as long as
    /// the assistant stays; where one runs, it is asked. Standard output belongs to the protocol.
    #[command(after_help = config::HELP)]
    Mcp(McpArgs),
}

#[derive(clap::Args)]
struct McpArgs {
    /// Ask this server, such as `https://jobs.example.org`, instead of the data directory's
    #[arg(long, value_name = "URL")]
    server: Option<String>,
}

#[derive(clap::Args)]
struct Serve {
    /// Address to listen on, on loopback; port 0 picks a free one. Wins over `LEPTOS_SITE_ADDR`
    #[arg(long, value_name = "IP:PORT")]
    listen: Option<String>,
}

fn main() -> ExitCode {
    // A process of a script's process tree: it logs nothing and opens nothing.
    if let Some(code) = supervisor::run_if_reexecuted() {
        return code;
    }
    let Arguments { command, serve } = Arguments::parse();
    let work = match command {
        Some(Command::Mcp(McpArgs { server })) => Work::Assist(server),
        Some(Command::Serve(own)) => Work::Serve(own.listen.or(serve.listen)),
        None => Work::Serve(serve.listen),
    };
    log_to_standard_error();
    match run(work) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("jobtray: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// What the process is to do.
enum Work {
    /// Serve at this address, where one was given.
    Serve(Option<String>),
    /// Serve one assistant, as a client of this server, where one was given.
    Assist(Option<String>),
}

fn run(work: Work) -> Result<(), serve::Problem> {
    let listen = match &work {
        Work::Serve(listen) => listen.as_deref(),
        Work::Assist(_) => None,
    };
    let config = config::Config::read(listen, |name| std::env::var_os(name))?;
    let runtime = tokio::runtime::Runtime::new().map_err(serve::Problem::Runtime)?;
    let ended = match work {
        Work::Serve(_) => runtime.block_on(serve::serve(config)),
        Work::Assist(server) => runtime.block_on(mcp::serve(config, server)),
    };
    // Somebody may still be reading standard input, which nothing can interrupt.
    runtime.shutdown_background();
    ended
}

/// `RUST_LOG` chooses what is logged; standard output stays free for the one line.
fn log_to_standard_error() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,hyper=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_writer(std::io::stderr)
        .init();
}
