//! Names that several modules must agree on: paths, headers, and the resources and tools of assistants.
//!
//! A name that only one module uses is declared in that module.

use crate::job::Action;
use std::fmt::Display;

/// Pages of the studio; a kind's pages are known to the kind alone.
pub mod pages {
    pub const HOME: &str = "/";
    pub const CHARACTERS: &str = "/characters";
    pub const CHARACTER: &str = "/characters/{id}";
    pub const SCENE: &str = "/scenes/{id}";
    pub const JOBS: &str = "/jobs";
    pub const JOB: &str = "/jobs/{id}";
    pub const SETTINGS: &str = "/settings";
}

/// Endpoints of the REST interface, below [`api::ROOT`].
pub mod api {
    pub const PREFIX: &str = "/api";
    pub const VERSION: &str = "/v1";
    /// [`PREFIX`] and [`VERSION`].
    pub const ROOT: &str = "/api/v1";
    pub const JOBS: &str = "/jobs";
    pub const JOB: &str = "/jobs/{id}";
    pub const JOB_LOGS: &str = "/jobs/{id}/logs";
    pub const JOB_RESULT: &str = "/jobs/{id}/result";
    pub const LIVE: &str = "/live";
    pub const EVENTS: &str = "/events";
    pub const MY_SETTINGS: &str = "/me/settings";

    /// Whether only programs call this path.
    #[must_use]
    pub fn contains(path: &str) -> bool {
        let rest = path.strip_prefix(PREFIX);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The endpoint of assistants.
pub const MCP: &str = "/mcp";
pub const FAVICON: &str = "/favicon.svg";
pub const STYLE_SHEET: &str = "/pkg/jobtray.css";
/// The folder of the studio's drawings, and of the schemas of results.
pub const ART: &str = "/art";
pub const SCHEMAS: &str = "/schemas";
/// The query of a drawing without the background of the character.
pub const CUTOUT: &str = "figure";

/// The request header of a live document that fetches a page: it renders the islands itself.
pub const WITHOUT_ISLANDS: &str = "x-jobtray-bare";
pub const LEASE_TOKEN: &str = "Lease-Token";
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// Query parameters that Leptos adds to the page of a form that was rejected without scripts: the path of the
/// server function, and its error.
pub const FORM_PATH: &str = "__path";
pub const FORM_ERROR: &str = "__err";

/// Attributes of a form that the navigation reads: its fields are emptied once it was accepted; its response is a new
/// document; the text of its status line while it is being sent.
pub const CLEARS: &str = "data-clears";
pub const LEAVES: &str = "data-leaves";
pub const SENDING: &str = "data-sending";

/// The form and the test button of the settings page.
pub const SETTINGS_FORM: &str = "form.settings";
pub const TEST_ALERTS: &str = "test-alerts";
/// The field of a form that mutes alerts until the morning; a live page sends the time of the user's own morning instead.
pub const UNTIL_MORNING: &str = "morning";

/// The element that an island fills, and the key of the tray's island.
pub const ISLAND: &str = "job-island";
pub const TRAY_KEY: &str = "tray";

/// Ids of elements that several modules refer to.
pub mod ids {
    /// The element that holds the page.
    pub const CONTENT: &str = "content";
    /// The message that the server cannot be reached.
    pub const UNREACHABLE: &str = "unreachable";
    /// The panel of the tray, which buttons open by this id.
    pub const TRAY_PANEL: &str = "job-tray-panel";
}

/// Attributes that several modules write or read.
pub mod attributes {
    /// Identifies an element among its siblings when the page is fetched again.
    pub const KEY: &str = "data-key";
    /// The id of the job that an element is about.
    pub const JOB_ID: &str = "data-job-id";
    /// The saved value of a `<select>` that is saved as soon as it changes.
    pub const CHOSEN: &str = "data-chosen";
    /// A sentence that the server renders hidden: its group and its name, with a space between.
    pub const NOTE: &str = "data-note";
    /// The name of the field whose sound a button plays.
    pub const PREVIEW: &str = "data-preview";
    /// A hidden field with the time until which alerts are muted; its value as the server rendered it.
    pub const UNTIL: &str = "data-until";
}

/// Fills in the id of a path.
#[must_use]
pub fn with_id(path: &str, id: impl Display) -> String {
    path.replace("{id}", &id.to_string())
}

/// The page of a job.
#[must_use]
pub fn job_page(id: impl Display) -> String {
    with_id(pages::JOB, id)
}

/// An endpoint of the REST interface, such as [`api::LIVE`].
#[must_use]
pub fn api(endpoint: &str) -> String {
    format!("{}{endpoint}", api::ROOT)
}

/// The REST resource of a job.
#[must_use]
pub fn job_resource(id: impl Display) -> String {
    with_id(&api(api::JOB), id)
}

/// The log of a job.
#[must_use]
pub fn job_logs(id: impl Display) -> String {
    with_id(&api(api::JOB_LOGS), id)
}

/// The file that a job has made.
#[must_use]
pub fn job_result(id: impl Display) -> String {
    with_id(&api(api::JOB_RESULT), id)
}

/// The result of a job as an MCP resource.
#[must_use]
pub fn job_result_resource(id: impl Display) -> String {
    format!("job://{id}/result")
}

/// The MCP tool that carries out a next action.
#[must_use]
pub fn tool_for(action: Action) -> &'static str {
    match action {
        Action::Retry => "retry_job",
        Action::Fix => "get_job_logs",
        Action::Open | Action::Read | Action::Listen | Action::Watch | Action::Download => {
            "get_job_result"
        }
    }
}

/// The drawing of a character or a scene.
#[must_use]
pub fn art(id: &str) -> String {
    format!("{ART}/{id}.svg")
}

/// The portrait of a character without its background.
#[must_use]
pub fn cutout(id: &str) -> String {
    format!("{ART}/{id}.svg?{CUTOUT}")
}

/// The JSON Schema of a kind's results.
#[must_use]
pub fn schema(kind: &str) -> String {
    format!("{SCHEMAS}/{kind}.json")
}

#[cfg(test)]
mod tests {
    use super::{api, job_logs, job_page, job_result};

    #[test]
    fn the_root_is_the_prefix_with_the_version() {
        assert_eq!(api::ROOT, format!("{}{}", api::PREFIX, api::VERSION));
    }

    #[test]
    fn only_paths_below_the_prefix_are_endpoints() {
        for (path, inside) in [
            ("/api", true),
            ("/api/v1/jobs", true),
            ("/apiary", false),
            ("/jobs", false),
        ] {
            assert_eq!(api::contains(path), inside, "{path}");
        }
    }

    #[test]
    fn paths_of_a_job_contain_its_id() {
        assert_eq!(job_page("scene_1"), "/jobs/scene_1");
        assert_eq!(job_logs("scene_1"), "/api/v1/jobs/scene_1/logs");
        assert_eq!(job_result("scene_1"), "/api/v1/jobs/scene_1/result");
    }
}
