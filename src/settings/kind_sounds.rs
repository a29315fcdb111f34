//! Sounds by kind of job.

use super::sound::Sound;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which kinds have a sound of their own. In JSON an object, such as `{"scene": "bell"}`.
///
/// The sounds are stored as their names: the browser already has the code for a map of strings, and any other map
/// would add a kilobyte.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct KindSounds(BTreeMap<String, String>);

impl KindSounds {
    pub fn get(&self, kind: &str) -> Option<Sound> {
        Sound::parse(self.0.get(kind)?)
    }

    pub fn insert(&mut self, kind: String, sound: Sound) {
        self.0.insert(kind, sound.as_str().to_owned());
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The kinds with a sound of their own.
    pub(super) fn kinds(&self) -> impl ExactSizeIterator<Item = &String> {
        self.0.keys()
    }
}

impl TryFrom<BTreeMap<String, String>> for KindSounds {
    type Error = &'static str;

    fn try_from(named: BTreeMap<String, String>) -> Result<Self, Self::Error> {
        if named.values().all(|name| Sound::parse(name).is_some()) {
            Ok(Self(named))
        } else {
            Err("expected chime, bell, marimba, pulse, soft or alarm")
        }
    }
}

impl FromIterator<(String, Sound)> for KindSounds {
    fn from_iter<T: IntoIterator<Item = (String, Sound)>>(sounds: T) -> Self {
        let mut all = Self::default();
        for (kind, sound) in sounds {
            all.insert(kind, sound);
        }
        all
    }
}
