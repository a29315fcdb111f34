//! The rules of the character's form. An error names the field.

use super::{CharacterForm, StudioError};
use crate::validation::{FieldError, Rule, Unit, check_name};

// Characters, except for the age in years and the number of tags.
pub const MAX_NAME: u32 = 80;
pub const MAX_ROLE: u32 = 120;
pub const MAX_AGE: u32 = 10_000;
pub const MAX_VOICE: u32 = 200;
pub const MAX_DESCRIPTION: u32 = 4000;
const MAX_TAGS: usize = 12;
const MAX_TAG: u32 = 30;

/// Checks the form, trims its texts, and leaves out empty and repeated tags. Lengths are counted in characters.
///
/// A name must not look like markup or change the direction of the text around it. Other fields may, since they are
/// the person's own words: pages escape and isolate them.
pub fn check(form: CharacterForm) -> Result<CharacterForm, StudioError> {
    let name = line("name", &form.name, MAX_NAME)?;
    if name.is_empty() {
        return Err(invalid("name", Rule::NotEmpty));
    }
    check_name(&name).map_err(|rule| invalid("name", rule))?;
    if form.age.is_some_and(|age| age > MAX_AGE) {
        return Err(invalid(
            "age",
            Rule::Range {
                min: 0.0,
                max: MAX_AGE.into(),
            },
        ));
    }
    Ok(CharacterForm {
        name,
        role: line("role", &form.role, MAX_ROLE)?,
        age: form.age,
        voice: line("voice", &form.voice, MAX_VOICE)?,
        description: text(&form.description)?,
        tags: tags(&form.tags)?,
    })
}

/// One line of text: no control characters at all.
fn line(field: &str, value: &str, longest: u32) -> Result<String, StudioError> {
    let value = value.trim();
    if value.chars().any(char::is_control) {
        return Err(invalid(field, Rule::ControlCharacters));
    }
    short_enough(field, value, longest)?;
    Ok(value.to_owned())
}

/// Text of several lines: browsers send line ends as CR LF, which is kept as LF.
fn text(value: &str) -> Result<String, StudioError> {
    let value = value.replace("\r\n", "\n");
    let value = value.trim();
    if value
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(invalid("description", Rule::ControlCharacters));
    }
    short_enough("description", value, MAX_DESCRIPTION)?;
    Ok(value.to_owned())
}

fn tags(given: &[String]) -> Result<Vec<String>, StudioError> {
    let mut tags: Vec<String> = Vec::new();
    for tag in given {
        let tag = line("tags", tag, MAX_TAG)?;
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    if tags.len() > MAX_TAGS {
        return Err(invalid(
            "tags",
            Rule::TooLong {
                max: MAX_TAGS,
                unit: Unit::Entries,
            },
        ));
    }
    Ok(tags)
}

fn short_enough(field: &str, value: &str, longest: u32) -> Result<(), StudioError> {
    let longest = longest as usize;
    if value.chars().count() > longest {
        return Err(invalid(
            field,
            Rule::TooLong {
                max: longest,
                unit: Unit::Characters,
            },
        ));
    }
    Ok(())
}

fn invalid(field: &str, rule: Rule) -> StudioError {
    FieldError::new(field, rule).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> CharacterForm {
        CharacterForm {
            name: "X121".to_owned(),
            role: String::new(),
            age: None,
            voice: String::new(),
            description: String::new(),
            tags: Vec::new(),
        }
    }

    /// The field that breaks a rule; empty if the form is valid.
    fn objection(change: impl FnOnce(&mut CharacterForm)) -> String {
        let mut form = form();
        change(&mut form);
        match check(form) {
            Err(StudioError::Invalid(error)) => error.field,
            _ => String::new(),
        }
    }

    #[test]
    fn each_rule_names_its_field() {
        let long = |n: usize| "é".repeat(n);
        assert_eq!(objection(|f| f.name = "  ".to_owned()), "name");
        assert_eq!(objection(|f| f.name = long(80)), "");
        assert_eq!(objection(|f| f.name = long(81)), "name");
        assert_eq!(objection(|f| f.name = "a\0b".to_owned()), "name");
        assert_eq!(objection(|f| f.name = "a\nb".to_owned()), "name");
        assert_eq!(objection(|f| f.role = long(121)), "role");
        assert_eq!(objection(|f| f.age = Some(10_000)), "");
        assert_eq!(objection(|f| f.age = Some(10_001)), "age");
        assert_eq!(objection(|f| f.voice = long(201)), "voice");
        assert_eq!(objection(|f| f.description = long(4001)), "description");
        assert_eq!(
            objection(|f| f.description = "a\u{7}".to_owned()),
            "description"
        );
        assert_eq!(objection(|f| f.description = "a\r\nb\tc".to_owned()), "");
        assert_eq!(objection(|f| f.tags = vec![long(31)]), "tags");
        assert_eq!(
            objection(|f| f.tags = (0..13).map(|n| n.to_string()).collect()),
            "tags"
        );
    }

    #[test]
    fn markup_and_right_to_left_marks_are_text_but_no_name() {
        let mut given = form();
        let hostile = "<script>alert(1)</script>\u{202e}".to_owned();
        for name in [&hostile, "<b>Ada</b>", "a\u{202e}b"] {
            let name = name.to_owned();
            let rejected = check(CharacterForm {
                name,
                ..given.clone()
            });
            let named =
                matches!(rejected, Err(StudioError::Invalid(ref error)) if error.field == "name");
            assert!(named, "{rejected:?}");
        }
        given.role = hostile;
        given.tags = vec![" a ".to_owned(), "a".to_owned(), String::new()];
        let form = check(given.clone()).expect("a valid form");
        assert_eq!(form.role, given.role);
        assert_eq!(form.tags, ["a"]);
    }
}
