//! Texts as data: an enum variant with arguments, and a sentence for it in every language.
//!
//! A row stores a text as its key and arguments ([`Text`]), so that each reader gets it in their own language,
//! even if an older version of the program wrote the row. [`messages!`](crate::messages) declares such an enum
//! beside the code that uses it. A variant without English or French does not compile, nor does a sentence that
//! names an argument which the variant does not have.

use super::{Lang, Translation};
use crate::job::Text;
use std::sync::OnceLock;

/// A variant of an enum that [`messages!`](crate::messages) declares.
pub trait Translate {
    /// The key by which rows store it.
    fn key(&self) -> &'static str;
    /// Its sentences.
    fn translation(&self) -> Translation;
    /// The key with the arguments, as in rows and in the API.
    fn text(&self) -> Text;

    /// The sentence in a language, with its arguments.
    fn in_language(&self, lang: Lang) -> String {
        self.text().fill(self.translation().get(lang))
    }

    /// The sentence in English, as programs read it.
    fn english(&self) -> String {
        self.in_language(Lang::En)
    }
}

/// The sentences of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub key: &'static str,
    pub translation: Translation,
}

/// The entries of every enum of messages that rows may hold.
static TABLES: OnceLock<Vec<&'static [Entry]>> = OnceLock::new();

/// Installs the messages of the kinds. Each program calls it once at its start, because this module is below
/// the kinds and cannot name them. Later calls change nothing.
pub fn install(tables: impl Iterator<Item = &'static [Entry]>) {
    // An error means that the same tables are already installed.
    let _ = TABLES.set(tables.collect());
}

/// The sentences of a key among the installed messages; none if another version of the program wrote the key.
pub(super) fn find(key: &str) -> Option<Translation> {
    let mut entries = TABLES.get()?.iter().copied().flatten();
    let entry = entries.find(|entry| entry.key == key)?;
    Some(entry.translation)
}

/// Declares an enum of messages: for each variant its key, its arguments and its sentence in each language.
///
/// ```
/// jobtray::messages! {
///     /// What a baker reports.
///     pub enum BakerMessage {
///         "step.baking" Baking { loaf: u32, loaves: u32 }
///             en "Baking loaf {loaf} of {loaves}"
///             fr "Cuisson du pain {loaf} sur {loaves}",
///     }
/// }
/// use jobtray::i18n::{Lang, Translate};
/// let message = BakerMessage::Baking { loaf: 2, loaves: 3 };
/// assert_eq!(message.english(), "Baking loaf 2 of 3");
/// assert_eq!(message.in_language(Lang::Fr), "Cuisson du pain 2 sur 3");
/// assert_eq!(BakerMessage::ENTRIES[0].key, "step.baking");
/// ```
///
/// A sentence that names an argument which the variant does not have does not compile:
///
/// ```compile_fail
/// jobtray::messages! {
///     pub enum Wrong { "step.wrong" Wrong { loaf: u32 } en "Baking {loaf}" fr "Cuisson de {pain}", }
/// }
/// ```
#[macro_export]
macro_rules! messages {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $(
                $(#[$variant_meta:meta])*
                $key:literal $variant:ident $({ $($arg:ident: $type:ty),* $(,)? })?
                en $en:literal
                fr $fr:literal
            ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        #[allow(
            dead_code,
            clippy::doc_markdown,
            reason = "the browser reads the sentences and creates no message; a sentence is not Markdown"
        )]
        $vis enum $name {
            $(
                #[doc = $en]
                $(#[$variant_meta])*
                $variant $({ $($arg: $type),* })?
            ),*
        }

        impl $name {
            /// The sentences of each key, for [`install`]($crate::i18n::install).
            pub const ENTRIES: &'static [$crate::i18n::Entry] = &[$(
                $crate::i18n::Entry { key: $key, translation: $crate::i18n::Translation::new($en, $fr) }
            ),*];
        }

        impl $crate::i18n::Translate for $name {
            fn key(&self) -> &'static str {
                match self { $( Self::$variant { .. } => $key ),* }
            }

            fn translation(&self) -> $crate::i18n::Translation {
                match self { $( Self::$variant { .. } => $crate::i18n::Translation::new($en, $fr) ),* }
            }

            fn text(&self) -> $crate::job::Text {
                match self {
                    $( Self::$variant { $($($arg),*)? } => {
                        $crate::job::Text::new($key) $($(.with(stringify!($arg), $arg))*)?
                    } ),*
                }
            }
        }

        // Each sentence names the arguments of its variant, and no other.
        const _: fn() = || {
            $(
                $( $( let $arg = ""; )* )?
                let _ = format_args!($en $($(, $arg = $arg)*)?);
                let _ = format_args!($fr $($(, $arg = $arg)*)?);
            )*
        };
    };
}
