//! The form field of a field of an input type, whose limits and default its schema declares.

use super::{Control, PageError};
use crate::validation::{Rule, schema_of};
use schemars::JsonSchema;
use serde_json::Value;
use std::borrow::Cow;
use std::str::FromStr;

/// A field of an input type.
pub struct InputField {
    /// The name of the form field.
    name: &'static str,
    schema: Value,
}

impl InputField {
    /// The field of an input type by its name in JSON, which is also the name of the form field.
    pub fn of<T: JsonSchema>(name: &'static str) -> Self {
        let mut schema = schema_of::<T>();
        Self {
            name,
            schema: schema["properties"][name].take(),
        }
    }

    /// One line, a number, or a text of one line with its maximum length.
    pub fn control(&self) -> Control {
        let whole = self.schema["type"] == "integer";
        if whole || self.schema["type"] == "number" {
            Control::Number {
                from: self.limit("minimum"),
                to: self.limit("maximum"),
                whole,
            }
        } else {
            Control::Line(self.max_length())
        }
    }

    /// A text of several lines, with its rows on the screen.
    pub fn text_area(&self, rows: u32) -> Control {
        Control::Text {
            rows,
            longest: self.max_length().unwrap_or(u32::MAX),
        }
    }

    /// The value of a caller who names none; empty if there is none.
    pub fn default(&self) -> String {
        match &self.schema["default"] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// A whole number that was typed; none for an empty field. The queue checks that it is in the range.
    ///
    /// # Errors
    /// The range of the field, for what is not a number.
    pub fn whole<N: FromStr>(&self, typed: &str) -> Result<Option<N>, PageError> {
        self.parsed(typed.trim().parse().ok(), typed)
    }

    /// A number that was typed, also with a decimal comma.
    ///
    /// # Errors
    /// As [`InputField::whole`].
    pub fn number(&self, typed: &str) -> Result<Option<f64>, PageError> {
        let number: Option<f64> = typed.trim().replace(',', ".").parse().ok();
        self.parsed(number.filter(|number| number.is_finite()), typed)
    }

    fn parsed<N>(&self, number: Option<N>, typed: &str) -> Result<Option<N>, PageError> {
        if number.is_none() && !typed.trim().is_empty() {
            let limit = |name: &str| self.schema[name].as_f64();
            let rule = Rule::Range {
                min: limit("minimum").unwrap_or(f64::MIN),
                max: limit("maximum").unwrap_or(f64::MAX),
            };
            return Err(PageError::invalid(self.name, rule));
        }
        Ok(number)
    }

    fn limit(&self, name: &str) -> Cow<'static, str> {
        // The shortest form: `1800`, not `1800.0`.
        let limit = self.schema[name].as_f64();
        Cow::Owned(limit.map_or_else(String::new, |limit| limit.to_string()))
    }

    fn max_length(&self) -> Option<u32> {
        let length = self.schema["maxLength"].as_u64()?;
        u32::try_from(length).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use validator::Validate;

    #[derive(Deserialize, JsonSchema, Validate)]
    #[allow(dead_code, reason = "only the schema is used")]
    struct Input {
        #[validate(range(min = 0.5, max = 1800.0))]
        seconds: Option<f64>,
        #[validate(range(min = 1, max = 40))]
        #[serde(default = "five")]
        chapters: u32,
        #[validate(length(min = 1, max = 200))]
        title: Option<String>,
    }

    fn five() -> u32 {
        5
    }

    fn bounds(control: Control) -> (String, String, bool) {
        let Control::Number { from, to, whole } = control else {
            panic!("not a number: {control:?}");
        };
        (from.into(), to.into(), whole)
    }

    #[test]
    fn the_control_has_the_limits_and_the_default_of_the_schema() {
        let seconds = InputField::of::<Input>("seconds");
        let expected = ("0.5".to_owned(), "1800".to_owned(), false);
        assert_eq!(bounds(seconds.control()), expected);
        assert_eq!(seconds.default(), "");
        let chapters = InputField::of::<Input>("chapters");
        let expected = ("1".to_owned(), "40".to_owned(), true);
        assert_eq!(bounds(chapters.control()), expected);
        assert_eq!(chapters.default(), "5");
        let title = InputField::of::<Input>("title").control();
        assert!(matches!(title, Control::Line(Some(200))), "{title:?}");
    }

    #[test]
    fn a_number_is_read_with_a_comma_and_an_empty_field_is_none() {
        let seconds = InputField::of::<Input>("seconds");
        for (typed, read) in [
            ("1,5", Some(Some(1.5))),
            (" 2 ", Some(Some(2.0))),
            ("", Some(None)),
            ("inf", None),
            ("two", None),
        ] {
            assert_eq!(seconds.number(typed).ok(), read, "{typed}");
        }
        let chapters = InputField::of::<Input>("chapters");
        assert_eq!(chapters.whole::<u32>("7").ok(), Some(Some(7)));
        assert!(chapters.whole::<u32>("2.5").is_err());
    }
}
