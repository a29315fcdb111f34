//! The command line: reads what the process is to do, builds everything and hands it down.

#[path = "main/config.rs"]
mod config;
#[path = "main/data_dir.rs"]
mod data_dir;
#[path = "main/serve.rs"]
mod serve;

use clap::{Parser, Subcommand};
use jobtray::kinds::script;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Start long work, keep editing, and always see what runs.
///
/// Serves the pages, the REST interface and the live socket, and runs the jobs.
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
    /// For jobtray itself: keeps one script and everything that it starts
    #[command(name = script::KEEPER, hide = true)]
    ScriptKeeper,
    /// For jobtray itself: becomes a script
    #[command(name = script::START, hide = true)]
    ScriptStart,
}

#[derive(clap::Args)]
struct Serve {
    /// Address to listen on, on loopback; port 0 picks a free one. Wins over `LEPTOS_SITE_ADDR`
    #[arg(long, value_name = "IP:PORT")]
    listen: Option<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let serve = match arguments.command {
        Some(Command::Serve(serve)) => Serve {
            listen: serve.listen.or(arguments.serve.listen),
        },
        Some(Command::ScriptKeeper) => return script::keep(),
        Some(Command::ScriptStart) => return script::start(),
        None => arguments.serve,
    };
    log_to_standard_error();
    match run(serve) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("jobtray: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(serve: Serve) -> Result<(), serve::Problem> {
    let config = config::Config::read(serve.listen.as_deref(), |name| std::env::var_os(name))?;
    tokio::runtime::Runtime::new()
        .map_err(serve::Problem::Runtime)?
        .block_on(serve::serve(config))
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
