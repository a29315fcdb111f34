//! The ring of the button: how far all work is, and a sign of its own for each look.

use super::icons;
use crate::tray::text::button::{Face, Look};

/// How far round, in the units of `pathLength`.
const WHOLE: u32 = 100;

/// Drawn with attributes alone: the page's policy allows no inline style.
pub fn ring(face: &Face, running: u32) -> String {
    let done = match face.look {
        Look::Running | Look::Error => face.percent,
        Look::Ready => WHOLE,
        Look::Idle | Look::Paused | Look::Offline => 0,
    };
    let sign = match face.look {
        // The count stands there; a clock while all wait.
        Look::Running if running > 0 => "",
        Look::Running => "M12 7.5V12l3 2",
        Look::Idle => "M8 12h8",
        Look::Paused => "M10 8.5v7M14 8.5v7",
        Look::Ready => "m8 12.3 2.9 2.9 5.2-6",
        Look::Error => "M12 7.5v5M12 16v.1",
        Look::Offline => "m8.5 8.5 7 7M15.5 8.5l-7 7",
    };
    let count = match face.look {
        Look::Running if running > 0 => running.min(99).to_string(),
        _ => String::new(),
    };
    format!(
        r#"<svg class="ring" viewBox="0 0 24 24" aria-hidden="true"><circle class="ring-track" cx="12" cy="12" r="10"/><circle class="ring-done" cx="12" cy="12" r="10" pathLength="{WHOLE}" stroke-dasharray="{done} {WHOLE}" transform="rotate(-90 12 12)"/><path class="ring-sign" d="{sign}"/><text class="ring-count" x="12" y="12" text-anchor="middle" dominant-baseline="central">{count}</text></svg>"#
    )
}

/// The sign of a state on a row's picture; none for one that is simply at work.
pub fn sign_of(state: crate::job::JobState) -> Option<&'static str> {
    use crate::job::JobState;
    match state {
        JobState::Queued | JobState::Running => None,
        JobState::Paused => Some(icons::PAUSE),
        JobState::Completed => Some(icons::TICK),
        JobState::Failed => Some(icons::WARNING),
        JobState::Cancelled => Some(icons::STOPPED),
    }
}
