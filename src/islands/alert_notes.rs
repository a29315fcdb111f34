//! The sentences of the settings page about alerts. The server renders all of them hidden; a live page shows those
//! that apply.

use crate::browser;
use crate::routes::attributes::NOTE;

/// A place on the page with notes of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteGroup {
    /// What blocks the desktop notifications that the user wants.
    Remedy,
    /// What a test of the alerts found.
    Found,
}

/// The message of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertNote {
    /// The browser has not asked yet whether it may show notifications.
    DesktopUnasked,
    DesktopDenied,
    DesktopInsecure,
    DesktopMissing,
    /// A toast was shown.
    Toast,
    /// A sound was played.
    Sound,
    /// A sound was played at volume 0.
    SoundSilent,
    SoundOff,
    SoundBlocked,
    SoundMissing,
    /// A desktop notification was shown.
    Desktop,
    DesktopOff,
    /// Alerts are muted for now.
    Muted,
}

impl AlertNote {
    const fn as_str(self) -> &'static str {
        match self {
            Self::DesktopUnasked => "unasked",
            Self::DesktopDenied => "denied",
            Self::DesktopInsecure => "insecure",
            Self::DesktopMissing => "missing",
            Self::Toast => "toast",
            Self::Sound => "sound",
            Self::SoundSilent => "silent",
            Self::SoundOff => "sound-off",
            Self::SoundBlocked => "sound-blocked",
            Self::SoundMissing => "sound-missing",
            Self::Desktop => "desktop",
            Self::DesktopOff => "desktop-off",
            Self::Muted => "muted",
        }
    }
}

impl NoteGroup {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Remedy => "remedy",
            Self::Found => "found",
        }
    }

    /// The value of [`NOTE`] on one of its notes.
    pub fn value_of(self, note: AlertNote) -> String {
        format!("{} {}", self.as_str(), note.as_str())
    }

    /// Shows these notes and hides the others of the group. Does nothing on the server.
    pub fn show_only(self, notes: &[AlertNote]) {
        let shown: Vec<_> = notes.iter().map(|note| self.value_of(*note)).collect();
        for element in browser::elements(&format!("[{NOTE}^='{} ']", self.as_str())) {
            let is_shown = (element.get_attribute(NOTE)).is_some_and(|note| shown.contains(&note));
            element.set_hidden(!is_shown);
        }
    }
}
