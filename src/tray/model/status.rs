//! The tray's overall status.

use crate::job::Summary;

/// The page's connection to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Connection {
    /// Connecting or reconnecting; the data is still fresh enough to show without a warning.
    #[default]
    Connecting,
    Live,
    /// Lost for long enough to show it.
    Offline,
}

/// The state of the tray for scripts: `data-status` of the button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayStatus {
    Idle,
    Running,
    Error,
    Offline,
}

impl TrayStatus {
    /// Offline wins over an unseen failure, which wins over work in progress.
    pub fn of(totals: &Summary, connection: Connection) -> Self {
        if connection == Connection::Offline {
            Self::Offline
        } else if totals.failed_unseen > 0 {
            Self::Error
        } else if totals.running + totals.queued > 0 {
            Self::Running
        } else {
            Self::Idle
        }
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Error => "error",
            Self::Offline => "offline",
        }
    }
}

/// The badge of the button. Each one has its own shape, because not everybody can tell the colours apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Badge {
    /// An empty tray.
    Idle,
    /// The number of running jobs, in a ring of their progress.
    Running,
    /// Two bars.
    Paused,
    /// A tick.
    Ready,
    /// An exclamation mark.
    Error,
    /// A broken ring.
    Offline,
}

impl Badge {
    pub fn of(totals: &Summary, connection: Connection) -> Self {
        match TrayStatus::of(totals, connection) {
            TrayStatus::Offline => Self::Offline,
            TrayStatus::Error => Self::Error,
            TrayStatus::Running => Self::Running,
            TrayStatus::Idle if totals.ready_unseen > 0 => Self::Ready,
            TrayStatus::Idle if totals.paused > 0 => Self::Paused,
            TrayStatus::Idle => Self::Idle,
        }
    }

    /// The value of `data-badge`, by which the style sheet colours the button.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Ready => "ready",
            Self::Error => "error",
            Self::Offline => "offline",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Badge, Connection, TrayStatus};
    use crate::job::Summary;

    #[test]
    fn offline_wins_over_error_over_running_over_idle() {
        use Connection::{Connecting, Live, Offline};
        for (counts, connection, status, badge) in [
            ([0, 0, 0, 0], Live, TrayStatus::Idle, Badge::Idle),
            ([0, 0, 0, 2], Live, TrayStatus::Idle, Badge::Ready),
            ([1, 0, 0, 2], Live, TrayStatus::Running, Badge::Running),
            ([0, 1, 0, 0], Live, TrayStatus::Running, Badge::Running),
            ([1, 1, 1, 0], Live, TrayStatus::Error, Badge::Error),
            ([1, 1, 1, 0], Connecting, TrayStatus::Error, Badge::Error),
            ([0, 0, 0, 0], Connecting, TrayStatus::Idle, Badge::Idle),
            ([1, 1, 1, 1], Offline, TrayStatus::Offline, Badge::Offline),
            ([0, 0, 0, 0], Offline, TrayStatus::Offline, Badge::Offline),
        ] {
            let [running, queued, failed_unseen, ready_unseen] = counts;
            let totals = Summary {
                running,
                queued,
                failed_unseen,
                ready_unseen,
                ..Summary::default()
            };
            let found = (
                TrayStatus::of(&totals, connection),
                Badge::of(&totals, connection),
            );
            assert_eq!(found, (status, badge), "{counts:?} {connection:?}");
        }
    }
}
