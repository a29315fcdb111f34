//! The ring of the button: the progress of all jobs around a number or a sign.

use crate::tray::model::status::Badge;

/// The length of the ring, in the units of `pathLength`.
const WHOLE: u8 = 100;
/// The largest number that fits into the ring.
const MAX_COUNT: u32 = 99;

/// Uses attributes only, because the content security policy allows no inline styles.
pub fn ring(badge: Badge, percent: u8, running: u32) -> String {
    let done = match badge {
        Badge::Running | Badge::Error => percent,
        Badge::Ready => WHOLE,
        Badge::Idle | Badge::Paused | Badge::Offline => 0,
    };
    let sign = match badge {
        // The number of running jobs is shown instead; while all are queued, a clock.
        Badge::Running if running > 0 => "",
        Badge::Running => "M12 7.5V12l3 2",
        Badge::Idle => "M8 12h8",
        Badge::Paused => "M10 8.5v7M14 8.5v7",
        Badge::Ready => "m8 12.3 2.9 2.9 5.2-6",
        Badge::Error => "M12 7.5v5M12 16v.1",
        Badge::Offline => "m8.5 8.5 7 7M15.5 8.5l-7 7",
    };
    let count = match badge {
        Badge::Running if running > 0 => running.min(MAX_COUNT).to_string(),
        _ => String::new(),
    };
    format!(
        r#"<svg class="ring" viewBox="0 0 24 24" aria-hidden="true"><circle class="ring-track" cx="12" cy="12" r="10"/><circle class="ring-done" cx="12" cy="12" r="10" pathLength="{WHOLE}" stroke-dasharray="{done} {WHOLE}" transform="rotate(-90 12 12)"/><path class="ring-sign" d="{sign}"/><text class="ring-count" x="12" y="12" text-anchor="middle" dominant-baseline="central">{count}</text></svg>"#
    )
}
