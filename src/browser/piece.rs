//! A piece of HTML as text, which server and browser write alike.

use std::sync::Arc;

/// Stands in a frame for what moves; no HTML may have it.
pub const GAP: char = '\0';

/// One element of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// What tells it from all others of its list.
    pub key: Arc<str>,
    /// Exactly one element as text, with a gap for each part that moves.
    pub frame: Arc<str>,
    /// What fills the gaps, in order.
    pub moving: Vec<Moving>,
}

/// A part of a piece that moves more often than the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Moving {
    /// Finds its element in the piece.
    pub at: &'static str,
    /// The attribute that moves, with its name; else the element's text does.
    pub attribute: Option<&'static str>,
    /// None where the attribute is not there, or nothing stands in the element.
    pub value: Option<String>,
}

impl Piece {
    /// A piece of which nothing moves more often than the rest.
    pub fn new(key: impl Into<Arc<str>>, html: impl Into<Arc<str>>) -> Self {
        Self {
            key: key.into(),
            frame: html.into(),
            moving: Vec::new(),
        }
    }

    /// All of its HTML.
    pub fn html(&self) -> String {
        let mut html = String::with_capacity(self.frame.len() + 64);
        let mut moving = self.moving.iter();
        for (number, part) in self.frame.split(GAP).enumerate() {
            if number > 0
                && let Some(Moving {
                    attribute, value, ..
                }) = moving.next()
                && let Some(value) = value
            {
                let value = escape(value);
                match attribute {
                    Some(name) => html.extend([" ", name, "=\"", &value, "\""]),
                    None => html.push_str(&value),
                }
            }
            html.push_str(part);
        }
        html
    }

    /// What a document says where the pieces stand.
    pub fn all(pieces: &[Self]) -> String {
        pieces.iter().map(Self::html).collect()
    }
}

/// A text, which is text and nothing else.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            GAP => escaped.push(char::REPLACEMENT_CHARACTER),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_in_order_and_with_text_alone() {
        let text = |value: Option<&str>| Moving {
            at: "p",
            attribute: None,
            value: value.map(str::to_owned),
        };
        let attribute = |value: Option<&str>| Moving {
            attribute: Some("value"),
            ..text(value)
        };
        let piece = |moving| Piece {
            key: "a".into(),
            frame: "<p>\0</p><progress max=\"1\"\0></progress>".into(),
            moving,
        };
        for (moving, html) in [
            (
                vec![text(Some("a<b")), attribute(Some("0.5"))],
                r#"<p>a&lt;b</p><progress max="1" value="0.5"></progress>"#,
            ),
            (
                vec![text(None), attribute(None)],
                r#"<p></p><progress max="1"></progress>"#,
            ),
            (
                vec![text(Some("\0")), attribute(Some("\"x"))],
                "<p>\u{fffd}</p><progress max=\"1\" value=\"&quot;x\"></progress>",
            ),
        ] {
            assert_eq!(piece(moving).html(), html);
        }
    }
}
