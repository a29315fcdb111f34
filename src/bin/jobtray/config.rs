//! The configuration from the environment, checked before anything is opened.

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
  DATABASE_URL         Database: sqlite:PATH, or memory: for a trial that leaves nothing behind
                       [default: sqlite:jobtray.db in the data directory]
  JOBTRAY_DATA_DIR     Folder of artifacts and unfinished jobs, locked by the one process that uses it
                       [default: data]
  JOBTRAY_CRAFT_DIR    Folder of the craft and save files that vessel jobs read by name
                       [default: craft in the data directory]
  LEPTOS_SITE_ADDR     Address to listen on [default: 127.0.0.1:3000]
  JOBTRAY_CONCURRENCY  Number of jobs to run at once; 0 runs none and only tracks [default: number of cores]
  JOBTRAY_MCP_DOTTED   1 lists the MCP tools under dotted names such as jobs.getStatus [default: 0]
  JOBTRAY_SCRIPTS_DIR  Folder of the scripts that jobs may run; without it, script jobs are off [default: none]
  JOBTRAY_SCRIPT_SECONDS, JOBTRAY_SCRIPT_CPU_SECONDS
                       Longest run of a script without its pauses, and processor time of each of its
                       processes, in seconds from 1 to 604800 [default: 21600 and 3600]
  JOBTRAY_SCRIPT_MEMORY_MIB, JOBTRAY_SCRIPT_OUTPUT_MIB
                       Private memory of each of its processes, in MiB up to 16 TiB, and size of its output, in
                       MiB from 1 to 1024 [default: 4096 and 64]
  RUST_LOG             Log filter, such as debug or jobtray=trace [default: info]";

/// The highest value of `JOBTRAY_CONCURRENCY`.
const MAX_CONCURRENCY: u64 = 1024;

/// The run-time options of the build, for a process that finds no `Leptos.toml`.
const LEPTOS_TOML: &str = include_str!("../../../Leptos.toml");

/// A valid configuration.
#[derive(Debug)]
pub struct Config {
    pub database_url: String,
    pub data_dir: PathBuf,
    pub concurrency: usize,
    /// Whether the MCP tools are listed under dotted names.
    pub mcp_dotted: bool,
    /// The settings of the job kinds.
    pub kinds: Setup,
    /// `site_addr` is the address to listen on.
    pub leptos: LeptosOptions,
}

impl Config {
    /// Reads the variables with `env`. `listen` is the address of the command line, which takes precedence.
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
            Some(jobs) => whole("JOBTRAY_CONCURRENCY", &jobs, 0..=MAX_CONCURRENCY)?,
            None => std::thread::available_parallelism().map_or(1, usize::from),
        };
        let mcp_dotted = match text("JOBTRAY_MCP_DOTTED")?.as_deref().map(str::trim) {
            None | Some("0") => false,
            Some("1") => true,
            Some(other) => {
                let message = format!("must be 0 or 1, not {other:?}");
                return Err(ConfigError::new("JOBTRAY_MCP_DOTTED", message));
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
    // The message does not contain the value, because a database URL may contain a password.
    Err(ConfigError::new(
        "DATABASE_URL",
        "must be sqlite:PATH or memory:",
    ))
}

/// The absolute path of a folder that the server only reads. If the variable is set, the folder must exist.
fn folder(
    variable: &'static str,
    env: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<PathBuf>, ConfigError> {
    let Some(path) = env(variable).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let path = PathBuf::from(path);
    let message = |error: std::io::Error| {
        ConfigError::new(variable, format!("cannot read {}: {error}", path.display()))
    };
    std::fs::read_dir(&path).map_err(message)?;
    path.canonicalize().map(Some).map_err(message)
}

/// Accepts loopback addresses only: there are no accounts yet, so everyone who reaches the port is the creator.
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
            "{parsed} is not a loopback address. Without accounts everyone on the network would be the creator, so it must be 127.0.0.1 or [::1]"
        ),
    ))
}

fn leptos_options() -> Result<LeptosOptions, ConfigError> {
    let text = match std::fs::read_to_string("Leptos.toml") {
        Ok(text) => text,
        Err(error) => {
            tracing::warn!(%error, "cannot read Leptos.toml; using the options of the build");
            LEPTOS_TOML.to_owned()
        }
    };
    get_config_from_str(&text)
        .map_err(|error| ConfigError::new("Leptos.toml and LEPTOS_*", error.to_string()))
}
