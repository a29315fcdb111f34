//! Which page stands at an address.

/// The paths of all pages, as the server's router writes them.
pub const PATHS: [&str; 13] = [
    "/",
    "/characters",
    "/characters/{id}",
    "/scenes/{id}",
    "/segments/{id}",
    "/stories",
    "/stories/{id}",
    "/vessels",
    "/vessels/{id}",
    "/learn",
    "/jobs",
    "/jobs/{id}",
    "/settings",
];

/// A page, with the id of what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Home,
    Characters,
    Character(String),
    Scene(String),
    Segment(String),
    Stories,
    Story(String),
    Vessels,
    Vessel(String),
    Learn,
    Jobs,
    Job(String),
    Settings,
    /// No page has that path.
    Missing,
}

impl Route {
    /// The page at a path.
    pub fn of(path: &str) -> Self {
        let mut parts = path.trim_start_matches('/').splitn(2, '/');
        let first = parts.next().unwrap_or_default();
        let id = parts.next().map(str::to_owned);
        match (first, id) {
            ("", None) => Self::Home,
            ("characters", None) => Self::Characters,
            ("stories", None) => Self::Stories,
            ("vessels", None) => Self::Vessels,
            ("learn", None) => Self::Learn,
            ("jobs", None) => Self::Jobs,
            ("settings", None) => Self::Settings,
            (first, Some(id)) if !id.is_empty() && !id.contains('/') => match first {
                "characters" => Self::Character(id),
                "scenes" => Self::Scene(id),
                "segments" => Self::Segment(id),
                "stories" => Self::Story(id),
                "vessels" => Self::Vessel(id),
                "jobs" => Self::Job(id),
                _ => Self::Missing,
            },
            _ => Self::Missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PATHS, Route};

    #[test]
    fn every_path_of_the_server_has_its_page() {
        let mut seen = Vec::new();
        for path in PATHS {
            let route = Route::of(&path.replace("{id}", "x_1"));
            assert_ne!(route, Route::Missing, "{path}");
            assert!(!seen.contains(&route), "{path} has the page of another");
            seen.push(route);
        }
    }

    #[test]
    fn other_paths_have_none() {
        for path in [
            "/nothing",
            "/jobs/",
            "/jobs/a/b",
            "/characters/",
            "/scenes",
            "/segments",
            "/api/v1/jobs",
            "/learn/x",
            "/settings/x",
        ] {
            assert_eq!(Route::of(path), Route::Missing, "{path}");
        }
    }
}
