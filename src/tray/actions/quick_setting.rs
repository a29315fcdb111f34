//! The settings that can be changed in the tray; the settings page has all of them.

use crate::job::Scope;
use crate::settings::Settings;
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

    /// Changes the setting.
    pub fn apply(self, settings: &mut Settings) {
        match self {
            Self::Sound => settings.sound = true,
            Self::Silence => settings.sound = false,
            Self::Mine => settings.scope = Scope::Mine,
            Self::Studio => settings.scope = Scope::Studio,
            Self::Unmute => settings.muted_until = None,
        }
    }
}
