//! What a person chose. Kept on the server by user, and the same through every door.

mod kind_sounds;
mod sound;

pub use kind_sounds::KindSounds;
pub use sound::{Note, Sound, Wave};

use crate::i18n::Lang;
use crate::job::{Job, JobState, Scope, Timestamp, is_kind};
use crate::validation::{FieldError, Format, Rule, Unit};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Seconds that a success may stay.
pub const TOAST_SECONDS: RangeInclusive<u16> = 2..=30;
/// Seconds that a failure may stay, where it leaves by itself at all.
pub const FAILURE_SECONDS: RangeInclusive<u16> = 2..=600;
/// The loudest, in percent.
pub const LOUDEST: u8 = 100;
/// The longest minimum below which a success is not told, in seconds: an hour.
pub const LONGEST_MINIMUM: u16 = 3600;
/// Kinds of work that a person may choose something of their own for.
const MOST_KINDS: usize = 32;
/// Muted until the person takes it back: the last moment that a [`Timestamp`] can be written at.
pub const UNTIL_UNMUTED: Timestamp = Timestamp(253_402_300_799_999);

/// A person's settings, in full.
///
/// Each field has a default, which is what it means to have chosen nothing. Whoever writes
/// settings writes all of them: a field that is left out goes back to its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// None: the language that the browser asks for.
    pub language: Option<Lang>,
    /// Whose jobs the tray shows.
    pub scope: Scope,
    /// Seconds until the toast of a success leaves, see [`TOAST_SECONDS`].
    pub toast_seconds: u16,
    /// Seconds until the toast of a failure leaves, see [`FAILURE_SECONDS`]; none: when it is dismissed.
    pub failure_toast_seconds: Option<u16>,
    /// Whether ends are heard.
    pub sound: bool,
    /// Percent of the loudest.
    pub volume: u8,
    pub success_sound: Sound,
    pub failure_sound: Sound,
    /// By kind of work, in place of `success_sound`.
    pub kind_sounds: KindSounds,
    /// Whether ends are shown on the desktop while no page of ours has the focus.
    pub desktop: bool,
    /// A success of a job that ran for less than so many seconds is told by the tray alone.
    pub minimum_seconds: u16,
    /// A success of these kinds of work is told by the tray alone.
    pub muted_kinds: Vec<String>,
    /// Until then ends are counted and not told.
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
    /// The first field that is out of its range, by the name it has in JSON.
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
        within("volume", self.volume.into(), 0..=LOUDEST.into())?;
        within("minimumSeconds", self.minimum_seconds, 0..=LONGEST_MINIMUM)?;
        check_kinds("kindSounds", self.kind_sounds.kinds())?;
        check_kinds("mutedKinds", self.muted_kinds.iter())
    }

    /// Whether a success of this kind of work is told by the tray alone.
    pub fn mutes(&self, kind: &str) -> bool {
        self.muted_kinds.iter().any(|muted| muted == kind)
    }

    /// Keeps what `others` say of kinds of work that a page did not show: those of external jobs may be any.
    pub fn keep_kinds(&mut self, others: &Self, is_shown: impl Fn(&str) -> bool) {
        for kind in others.muted_kinds.iter().filter(|kind| !is_shown(kind)) {
            if !self.mutes(kind) && self.muted_kinds.len() < MOST_KINDS {
                self.muted_kinds.push(kind.clone());
            }
        }
        for kind in others.kind_sounds.kinds().filter(|kind| !is_shown(kind)) {
            if let Some(sound) = others.kind_sounds.get(kind)
                && self.kind_sounds.get(kind).is_none()
                && self.kind_sounds.len() < MOST_KINDS
            {
                self.kind_sounds.insert(kind.clone(), sound);
            }
        }
    }

    /// Whether ends are counted and not told.
    pub fn is_muted(&self, now: Timestamp) -> bool {
        self.muted_until.is_some_and(|until| now < until)
    }

    /// The sound of a job's end.
    pub fn sound_of(&self, job: &Job) -> Sound {
        match job.state {
            JobState::Failed => self.failure_sound,
            _ => (self.kind_sounds.get(&job.kind)).unwrap_or(self.success_sound),
        }
    }
}

/// Checks a list of kinds of jobs: its length, and that each can be the name of a kind.
fn check_kinds<'a>(
    field: &'static str,
    mut kinds: impl ExactSizeIterator<Item = &'a String>,
) -> Result<(), FieldError> {
    if kinds.len() > MOST_KINDS {
        return Err(FieldError::new(
            field,
            Rule::TooLong {
                max: MOST_KINDS,
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
    use super::{MOST_KINDS, Settings, Sound};

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

    #[test]
    fn what_a_page_did_not_show_is_kept_once_and_what_it_showed_is_as_it_says() {
        let before = settings(
            &["scene", "bake", "dust"],
            &[
                ("scene", Sound::Bell),
                ("bake", Sound::Soft),
                ("dust", Sound::Soft),
            ],
        );
        let mut chosen = settings(&["story", "dust"], &[("dust", Sound::Pulse)]);
        chosen.keep_kinds(&before, |kind| matches!(kind, "scene" | "story"));
        let expected = settings(
            &["story", "dust", "bake"],
            &[("bake", Sound::Soft), ("dust", Sound::Pulse)],
        );
        assert_eq!(chosen, expected);
        chosen.keep_kinds(&expected.clone(), |_| false);
        assert_eq!(chosen, expected);
        let many: Vec<_> = (0..MOST_KINDS).map(|kind| format!("kind{kind}")).collect();
        let mut full = settings(&many.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
        full.keep_kinds(&before, |_| false);
        assert_eq!(full.check(), Ok(()));
    }
}
