//! The icons of rows and buttons: one path each, in a view box of 24 by 24.

use crate::job::JobState;

pub const PAUSE: &str = "M9 6v12M15 6v12";
pub const RESUME: &str = "M8 5.5v13l10.5-6.5z";
pub const CANCEL: &str = "m7 7 10 10M17 7 7 17";
pub const RETRY: &str = "M19 12a7 7 0 1 1-2.2-5.1M19.5 4v4h-4";
pub const TICK: &str = "m5.5 12.5 4.5 4.5 8.5-10";
pub const WARNING: &str = "M12 4.5 3.2 19.5h17.6zM12 10.5v4M12 17v.2";
pub const STOPPED: &str = "M5.6 5.6 18.4 18.4M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z";
pub const UNPLUGGED: &str = "M9 4v4M15 4v4M6.5 8h11v3.5a5.5 5.5 0 0 1-11 0zM12 17v3.5M4 20 20 4";
pub const SOUND: &str =
    "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11";
pub const SILENCE: &str = "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5";
pub const MUTED: &str = "M19 14.5A7.5 7.5 0 0 1 9.5 5 7.5 7.5 0 1 0 19 14.5z";
pub const BELL: &str = "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4";
pub const BELL_ON: &str = "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4M3 8.5A8 8 0 0 1 5.5 4M21 8.5A8 8 0 0 0 18.5 4";
pub const BELL_OFF: &str = "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4M4 4l16 16";

/// The icon of a state; none for a job that is running or queued, which has the icon of its kind.
pub fn of_state(state: JobState) -> Option<&'static str> {
    match state {
        JobState::Queued | JobState::Running => None,
        JobState::Paused => Some(PAUSE),
        JobState::Completed => Some(TICK),
        JobState::Failed => Some(WARNING),
        JobState::Cancelled => Some(STOPPED),
    }
}
