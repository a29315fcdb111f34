//! The kind `word_count`: counts the words of a text.

#[cfg(feature = "ssr")]
mod handler;
#[cfg(feature = "ssr")]
mod input;
mod message;

#[cfg(feature = "ssr")]
pub use handler::WordCount;
pub use message::WordCountMessage;

use crate::job::KindPicture;
use crate::kinds::module::KindModule;
#[cfg(feature = "ssr")]
use crate::kinds::server_part::{CreatedKind, ServerPart};

/// The name of the kind.
pub const KIND: &str = "word_count";

pub const MODULE: KindModule = KindModule {
    messages: &[WordCountMessage::ENTRIES],
    pictures: &[KindPicture {
        kind: KIND,
        // Three lines of text.
        icon: "M5 7h14M5 12h14M5 17h9",
        thumbnail: None,
    }],
    #[cfg(feature = "ssr")]
    server: ServerPart::new(|_studio, _setup| vec![CreatedKind::new(WordCount)]),
};
