//! What the environment says, checked before anything is opened.

use crate::config_value::{ConfigError, whole};
use crate::script_limits;
use jobtray::kinds::Setup;
use leptos::config::{LeptosOptions, get_config_from_str};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The part of `--help` about the environment.
pub const HELP: &str = "\
Environment:
  DATABASE_URL         Where jobs are kept: sqlite:PATH, or memory: for a trial that leaves nothing
                       [default: sqlite:data/jobtray.db, in the data directory]
  JOBTRAY_DATA_DIR     Artifacts, unfinished work, and the lock that one process holds [default: data]
  JOBTRAY_CRAFT_DIR    Craft and save files that vessel jobs read by name
                       [default: craft, in the data directory]
  LEPTOS_SITE_ADDR     Address to listen on [default: 127.0.0.1:3000]
  JOBTRAY_CONCURRENCY  Jobs run at once; 0 runs none and only tracks [default: number of cores]
  JOBTRAY_MCP_DOTTED   1 lists the tools for assistants as jobs.getStatus and its sisters [default: 0]
  JOBTRAY_SCRIPTS_DIR  Folder of the scripts that jobs may run; without it they run none [default: none]
  JOBTRAY_SCRIPT_SECONDS, JOBTRAY_SCRIPT_CPU_SECONDS
                       The longest a script runs, without pauses, and the processor time of each of its
                       processes, in seconds, 1 to 604800 [default: 21600 and 3600]
  JOBTRAY_SCRIPT_MEMORY_MIB, JOBTRAY_SCRIPT_OUTPUT_MIB
                       The data of each of its processes, in MiB, up to 16 TiB, and what it prints, in MiB,
                       1 to 1024 [default: 4096 and 64]
  RUST_LOG             What is logged, such as debug or jobtray=trace [default: info]";

/// The most jobs that one process may be told to run at once.
const MOST_JOBS: u64 = 1024;

/// The run-time options that the browser's build agrees with, where no `Leptos.toml` is at hand.
const LEPTOS_TOML: &str = include_str!("../../../Leptos.toml");

/// A configuration that can be started.
#[derive(Debug)]
pub struct Config {
    pub database_url: String,
    pub data_dir: PathBuf,
    pub concurrency: usize,
    /// Whether assistants see dotted names of tools.
    pub mcp_dotted: bool,
    /// What kinds of work are told.
    pub kinds: Setup,
    /// `site_addr` is the address to listen on.
    pub leptos: LeptosOptions,
}

impl Config {
    /// Reads the variables through `env`; `listen` is the command line's address.
    pub fn read(
        listen: Option<&str>,
        env: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, ConfigError> {
        let text = |variable: &'static str| match env(variable) {
            None => Ok(None),
            Some(value) => match value.into_string() {
                Ok(value) if value.trim().is_empty() => Ok(None),
                Ok(value) => Ok(Some(value)),
                Err(_) => Err(ConfigError::new(variable, "is not UTF-8 text")),
            },
        };
        let data_dir = env("JOBTRAY_DATA_DIR")
            .filter(|value| !value.is_empty())
            .map_or_else(|| PathBuf::from("data"), PathBuf::from);
        let database_url = match text("DATABASE_URL")? {
            Some(url) => known_store(url)?,
            None => format!("sqlite:{}", data_dir.join("jobtray.db").display()),
        };
        let kinds = Setup {
            craft: folder("JOBTRAY_CRAFT_DIR", &env)?.unwrap_or_else(|| data_dir.join("craft")),
            scripts: folder("JOBTRAY_SCRIPTS_DIR", &env)?,
            script_limits: script_limits::read(text)?,
        };
        let concurrency = match text("JOBTRAY_CONCURRENCY")? {
            Some(jobs) => whole("JOBTRAY_CONCURRENCY", &jobs, 0..=MOST_JOBS)?,
            None => std::thread::available_parallelism().map_or(1, usize::from),
        };
        let mcp_dotted = match text("JOBTRAY_MCP_DOTTED")?.as_deref().map(str::trim) {
            None | Some("0") => false,
            Some("1") => true,
            Some(other) => {
                let problem = format!("must be 0 or 1, not {other:?}");
                return Err(ConfigError::new("JOBTRAY_MCP_DOTTED", problem));
            }
        };
        let address = match listen {
            Some(address) => loopback("--listen", address)?,
            None => match text("LEPTOS_SITE_ADDR")? {
                Some(address) => loopback("LEPTOS_SITE_ADDR", &address)?,
                None => SocketAddr::from(([127, 0, 0, 1], 3000)),
            },
        };
        let mut leptos = leptos_options()?;
        leptos.site_addr = address;
        Ok(Self {
            database_url,
            data_dir,
            concurrency,
            mcp_dotted,
            kinds,
            leptos,
        })
    }
}

fn known_store(url: String) -> Result<String, ConfigError> {
    if url.starts_with("sqlite:") || url == "memory:" {
        return Ok(url);
    }
    // The value itself is not repeated: a database URL may hold a password.
    Err(ConfigError::new(
        "DATABASE_URL",
        "must be sqlite:PATH or memory:",
    ))
}

/// A folder that is read only, by its full name: where it is set, it must be there.
fn folder(
    variable: &'static str,
    env: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<PathBuf>, ConfigError> {
    let Some(path) = env(variable).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let path = PathBuf::from(path);
    let problem = |error: std::io::Error| {
        ConfigError::new(variable, format!("cannot read {}: {error}", path.display()))
    };
    std::fs::read_dir(&path).map_err(problem)?;
    path.canonicalize().map(Some).map_err(problem)
}

/// There are no accounts yet: whoever reaches the port is the creator.
fn loopback(variable: &'static str, address: &str) -> Result<SocketAddr, ConfigError> {
    let parsed: SocketAddr = address.trim().parse().map_err(|_| {
        ConfigError::new(
            variable,
            format!("must be an IP address and port such as 127.0.0.1:3000, not {address:?}"),
        )
    })?;
    if parsed.ip().is_loopback() {
        return Ok(parsed);
    }
    Err(ConfigError::new(
        variable,
        format!(
            "{parsed} is not a loopback address; without accounts everyone on the network would be the creator, so it must be 127.0.0.1 or [::1]"
        ),
    ))
}

fn leptos_options() -> Result<LeptosOptions, ConfigError> {
    let text = match std::fs::read_to_string("Leptos.toml") {
        Ok(text) => text,
        Err(error) => {
            tracing::warn!(%error, "Leptos.toml cannot be read here; going on with the options of the build");
            LEPTOS_TOML.to_owned()
        }
    };
    get_config_from_str(&text)
        .map_err(|error| ConfigError::new("Leptos.toml and LEPTOS_*", error.to_string()))
}
