//! The pages, one a file.

mod character;
mod characters;
mod home;
mod job_detail;
mod jobs;
mod learn;
mod not_found;
mod scene;
mod segment;
mod settings;
mod stories;
mod story;

pub use character::Character;
pub use characters::Characters;
pub use home::Home;
pub use job_detail::JobDetail;
pub use jobs::Jobs;
pub use learn::Learn;
pub use not_found::NotFound;
pub use scene::Scene;
pub use segment::Segment;
pub use settings::Settings;
pub use stories::Stories;
pub use story::Story;
