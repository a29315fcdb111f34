//! The settings that can be changed in the tray; the settings page has all of them.

use serde::{Deserialize, Serialize};

/// One setting with its new value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuickSetting {
    /// Alerts have a sound.
    Sound,
    /// Alerts have no sound.
    Silence,
    /// The tray shows the user's own jobs.
    Mine,
    /// The tray shows the jobs of the whole studio.
    Studio,
    /// Alerts are no longer muted.
    Unmute,
}

impl QuickSetting {
    /// The value of the form field.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Silence => "silence",
            Self::Mine => "mine",
            Self::Studio => "studio",
            Self::Unmute => "unmute",
        }
    }
}
