//! A user's settings. The server stores them, and every interface reads and writes the same ones.

mod kind_sounds;
mod sound;

pub use kind_sounds::KindSounds;
pub use sound::{Note, Sound, Wave};

use crate::i18n::Lang;
use crate::job::{Job, JobState, Scope, Timestamp, is_kind};
use crate::validation::{FieldError, Format, Rule, Unit};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use std::time::Duration;

/// Seconds until the toast of a success expires.
pub const TOAST_SECONDS: RangeInclusive<u16> = 2..=30;
/// Seconds until the toast of a failure expires, if it expires at all.
pub const FAILURE_SECONDS: RangeInclusive<u16> = 2..=600;
/// The highest volume, in percent.
pub const MAX_VOLUME: u8 = 100;
/// The highest [`Settings::minimum_seconds`]: an hour.
pub const MAX_MINIMUM: u16 = 3600;
/// The hour at which muting until the morning ends.
pub const MORNING: u8 = 8;
/// Maximum number of kinds of jobs with a setting of their own.
const MAX_KINDS: usize = 32;
/// [`Settings::muted_until`] of a user who muted without an end: the latest moment that a [`Timestamp`] can express.
pub const UNTIL_UNMUTED: Timestamp = Timestamp(253_402_300_799_999);

/// All settings of a user.
///
/// A write replaces all of them: a field that is left out returns to its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// None: the browser's language.
    pub language: Option<Lang>,
    /// Whose jobs the tray shows.
    pub scope: Scope,
    /// Seconds until the toast of a success expires, see [`TOAST_SECONDS`].
    pub toast_seconds: u16,
    /// Seconds until the toast of a failure expires, see [`FAILURE_SECONDS`]; none: it stays until dismissed.
    pub failure_toast_seconds: Option<u16>,
    /// Whether alerts have a sound.
    pub sound: bool,
    /// In percent.
    pub volume: u8,
    pub success_sound: Sound,
    pub failure_sound: Sound,
    /// By kind of job, in place of `success_sound`.
    pub kind_sounds: KindSounds,
    /// Whether alerts are shown on the desktop while none of our pages has the focus.
    pub desktop: bool,
    /// Jobs that succeed in less time than this do not alert.
    pub minimum_seconds: u16,
    /// Jobs of these kinds do not alert when they succeed.
    pub muted_kinds: Vec<String>,
    /// No job alerts before this time.
    pub muted_until: Option<Timestamp>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            scope: Scope::Mine,
            toast_seconds: 5,
            failure_toast_seconds: None,
            sound: false,
            volume: 60,
            success_sound: Sound::Chime,
            failure_sound: Sound::Alarm,
            kind_sounds: KindSounds::default(),
            desktop: false,
            minimum_seconds: 0,
            muted_kinds: Vec::new(),
            muted_until: None,
        }
    }
}

impl Settings {
    /// Checks the range of each field.
    ///
    /// # Errors
    /// The first field that is out of range, by its name in JSON.
    pub fn check(&self) -> Result<(), FieldError> {
        let within = |field, value: u16, range: RangeInclusive<u16>| {
            if range.contains(&value) {
                return Ok(());
            }
            let (min, max) = range.into_inner();
            Err(FieldError::new(
                field,
                Rule::Range {
                    min: min.into(),
                    max: max.into(),
                },
            ))
        };
        within("toastSeconds", self.toast_seconds, TOAST_SECONDS)?;
        if let Some(seconds) = self.failure_toast_seconds {
            within("failureToastSeconds", seconds, FAILURE_SECONDS)?;
        }
        within("volume", self.volume.into(), 0..=MAX_VOLUME.into())?;
        within("minimumSeconds", self.minimum_seconds, 0..=MAX_MINIMUM)?;
        check_kinds("kindSounds", self.kind_sounds.kinds())?;
        check_kinds("mutedKinds", self.muted_kinds.iter())
    }

    /// Whether jobs of this kind do not alert when they succeed.
    pub fn mutes(&self, kind: &str) -> bool {
        self.muted_kinds.iter().any(|muted| muted == kind)
    }

    /// Adds from `saved` the settings of kinds that a page did not show. External jobs may be of any kind, so a page
    /// cannot show them all.
    pub fn keep_kinds(&mut self, saved: &Self, is_shown: impl Fn(&str) -> bool) {
        for kind in saved.muted_kinds.iter().filter(|kind| !is_shown(kind)) {
            if !self.mutes(kind) && self.muted_kinds.len() < MAX_KINDS {
                self.muted_kinds.push(kind.clone());
            }
        }
        for kind in saved.kind_sounds.kinds().filter(|kind| !is_shown(kind)) {
            if let Some(sound) = saved.kind_sounds.get(kind)
                && self.kind_sounds.get(kind).is_none()
                && self.kind_sounds.len() < MAX_KINDS
            {
                self.kind_sounds.insert(kind.clone(), sound);
            }
        }
    }

    /// How long the toast of a success stays.
    pub fn success_toast(&self) -> Duration {
        Duration::from_secs(self.toast_seconds.into())
    }

    /// How long the toast of a failure stays; none: until dismissed.
    pub fn failure_toast(&self) -> Option<Duration> {
        let seconds = self.failure_toast_seconds?;
        Some(Duration::from_secs(seconds.into()))
    }

    /// Jobs that succeed in less time than this do not alert.
    pub fn minimum(&self) -> Duration {
        Duration::from_secs(self.minimum_seconds.into())
    }

    /// Whether alerts are off at `now`.
    pub fn is_muted(&self, now: Timestamp) -> bool {
        self.muted_until.is_some_and(|until| now < until)
    }

    /// The sound of an alert.
    pub fn sound_of(&self, job: &Job) -> Sound {
        match job.state {
            JobState::Failed => self.failure_sound,
            _ => (self.kind_sounds.get(&job.kind)).unwrap_or(self.success_sound),
        }
    }
}

/// Checks a list of kinds: its length, and that each entry can be the name of a kind.
fn check_kinds<'a>(
    field: &'static str,
    mut kinds: impl ExactSizeIterator<Item = &'a String>,
) -> Result<(), FieldError> {
    if kinds.len() > MAX_KINDS {
        return Err(FieldError::new(
            field,
            Rule::TooLong {
                max: MAX_KINDS,
                unit: Unit::Entries,
            },
        ));
    }
    if !kinds.all(|kind| is_kind(kind)) {
        return Err(FieldError::new(
            field,
            Rule::Format {
                format: Format::Slug,
            },
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{MAX_KINDS, Settings, Sound};
    use crate::job::sample::job;
    use crate::job::{Job, JobState};

    fn settings(muted: &[&str], sounds: &[(&str, Sound)]) -> Settings {
        let sounds = sounds
            .iter()
            .map(|(kind, sound)| ((*kind).to_owned(), *sound));
        Settings {
            muted_kinds: muted.iter().map(|kind| (*kind).to_owned()).collect(),
            kind_sounds: sounds.collect(),
            ..Settings::default()
        }
    }

    fn saved() -> Settings {
        settings(
            &["scene", "bake", "dust"],
            &[
                ("scene", Sound::Bell),
                ("bake", Sound::Soft),
                ("dust", Sound::Soft),
            ],
        )
    }

    #[test]
    fn kinds_that_a_page_did_not_show_keep_their_settings() {
        let mut sent = settings(&["story", "dust"], &[("dust", Sound::Pulse)]);
        let expected = settings(
            &["story", "dust", "bake"],
            &[("bake", Sound::Soft), ("dust", Sound::Pulse)],
        );
        sent.keep_kinds(&saved(), |kind| matches!(kind, "scene" | "story"));
        assert_eq!(sent, expected);
        sent.keep_kinds(&expected, |_| false);
        assert_eq!(sent, expected, "each kind once");
    }

    #[test]
    fn kept_settings_do_not_exceed_the_most_kinds() {
        let many: Vec<_> = (0..MAX_KINDS).map(|n| format!("kind{n}")).collect();
        let mut full = settings(&many.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
        full.keep_kinds(&saved(), |_| false);
        assert_eq!(full.check(), Ok(()));
    }

    #[test]
    fn the_sound_of_an_alert_depends_on_outcome_and_kind() {
        let settings = settings(&[], &[("scene", Sound::Bell)]);
        for (kind, state, sound) in [
            ("scene", JobState::Completed, Sound::Bell),
            ("scene", JobState::Failed, Sound::Alarm),
            ("story", JobState::Completed, Sound::Chime),
        ] {
            let job = Job {
                kind: kind.to_owned(),
                ..job(1, state)
            };
            assert_eq!(settings.sound_of(&job), sound, "{kind} {state:?}");
        }
    }
}
