//! An item of a list as HTML text, which server and browser render alike.

use std::sync::Arc;

/// Marks the place of a live value in a template. No other text of the template may contain it.
pub const SLOT: char = '\0';

/// One element of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListItem {
    /// Identifies the item within its list.
    pub key: Arc<str>,
    /// The HTML of exactly one element, with a slot for each live value.
    pub template: Arc<str>,
    /// What fills the slots, in order.
    pub values: Vec<LiveValue>,
}

/// A text or an attribute that changes more often than the rest of its item.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveValue {
    /// Selects the element within the item.
    pub selector: &'static str,
    /// The name of the attribute; none for the element's text.
    pub attribute: Option<&'static str>,
    /// None for an attribute that is absent, or an element that is empty.
    pub value: Option<String>,
}

impl ListItem {
    /// An item without live values.
    pub fn new(key: impl Into<Arc<str>>, html: impl Into<Arc<str>>) -> Self {
        Self {
            key: key.into(),
            template: html.into(),
            values: Vec::new(),
        }
    }

    /// The HTML with all values filled in.
    pub fn html(&self) -> String {
        let mut html = String::with_capacity(self.template.len() + 64);
        let mut values = self.values.iter();
        for (number, part) in self.template.split(SLOT).enumerate() {
            if number > 0
                && let Some(LiveValue {
                    attribute, value, ..
                }) = values.next()
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

    /// The HTML of a whole list.
    pub fn all(items: &[Self]) -> String {
        items.iter().map(Self::html).collect()
    }
}

/// Escapes a text for HTML, in an element or in an attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            SLOT => escaped.push(char::REPLACEMENT_CHARACTER),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_in_order_and_with_escaped_text() {
        let text = |value: Option<&str>| LiveValue {
            selector: "p",
            attribute: None,
            value: value.map(str::to_owned),
        };
        let attribute = |value: Option<&str>| LiveValue {
            attribute: Some("value"),
            ..text(value)
        };
        let item = |values| ListItem {
            key: "a".into(),
            template: "<p>\0</p><progress max=\"1\"\0></progress>".into(),
            values,
        };
        for (values, html) in [
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
            assert_eq!(item(values).html(), html);
        }
    }
}
