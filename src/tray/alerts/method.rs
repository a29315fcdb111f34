//! The methods of delivery that only one of the tabs uses.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Sound,
    Desktop,
}

impl Method {
    pub const ALL: [Self; 2] = [Self::Sound, Self::Desktop];

    /// The name in messages between tabs, in locks and in storage.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Desktop => "desktop",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        (Self::ALL.into_iter()).find(|method| method.as_str() == name)
    }
}
