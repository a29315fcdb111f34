//! The kind `word_count`: counts the words of a text.

mod handler;
mod input;
mod messages;

pub use handler::WordCount;
pub use messages::WordCountMessage;
