//! The rules that an input can break, and their sentences in each language.

use crate::i18n::{Lang, Sentence, Translation, plain_number};
use crate::job::Text;
use serde::{Deserialize, Serialize};

/// The rule that a field of an input breaks, as data.
///
/// [`Rule::in_language`] gives the part of a sentence that follows the field's name, such as
/// `must be from 1 to 40`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Rule {
    /// The field is missing.
    Required,
    /// The text is empty or only white space.
    NotEmpty,
    /// The field does not exist; `known` lists the fields that do.
    Unknown { known: Vec<String> },
    /// The value has the wrong JSON type.
    Type { expected: ValueType },
    /// The number is outside a range, which includes both ends.
    Range { min: f64, max: f64 },
    /// The number is below a minimum.
    Minimum { min: f64 },
    /// The number is above a maximum.
    Maximum { max: f64 },
    /// The number is not a multiple of `of`.
    MultipleOf { of: u32 },
    /// The length is outside a range, which includes both ends.
    Length { min: usize, max: usize, unit: Unit },
    /// The value is longer than allowed.
    TooLong { max: usize, unit: Unit },
    /// The value is not one of the allowed values.
    OneOf { allowed: Vec<String> },
    /// The text does not have the required form.
    Format { format: Format },
    /// The text contains characters that cannot be shown.
    ControlCharacters,
    /// The name looks like markup.
    Markup,
    /// The name contains marks that change the direction of the text around it.
    DirectionMarks,
    /// Nothing with that name or id exists, or it belongs to somebody else.
    NotFound,
    /// The parameter is given more than once.
    Repeated,
    /// The field is allowed only beside another with a certain value.
    OnlyWith { field: String, value: String },
    /// Exactly one of two fields is needed, and both are given.
    EitherOr { other: String },
    /// The key was used before with another body.
    Reused,
    /// Jobs of this kind cannot be started now; `reason` says why.
    KindOff { kind: String, reason: Sentence },
    /// The text cannot be parsed; `detail` is what the parser of that format reports.
    Malformed { format: String, detail: String },
    /// A rule of one kind of job.
    Other { reason: Sentence },
}

/// A JSON type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    Text,
    Number,
    Integer,
    Boolean,
    List,
    Object,
}

/// What a length counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Characters,
    Bytes,
    Entries,
    Mebibytes,
}

/// The form that a text must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// The type of a job, such as `scene`.
    Slug,
    /// What a job belongs to, such as `story:ID`.
    Reference,
    /// A media type, such as `video/mp4`.
    MediaType,
    /// The code of a failure, such as `out_of_memory`.
    FailureCode,
    /// `/path` or an http(s) address.
    Link,
    /// A cursor that an earlier answer gave.
    Cursor,
    /// The id of a job.
    JobId,
    /// A width and a height in pixels, such as `1280x720`.
    Size,
    /// A time as RFC 3339 writes it, such as `2026-11-29T06:00:00Z`.
    Time,
}

impl Rule {
    /// The part of a sentence that follows the field's name.
    #[must_use]
    pub fn in_language(&self, lang: Lang) -> String {
        let text = |en, fr| Translation::new(en, fr).get(lang).to_owned();
        let fill = |en, fr, args: &[(&str, String)]| {
            let text = args
                .iter()
                .fold(Text::new(""), |text, (name, value)| text.with(name, value));
            text.fill(Translation::new(en, fr).get(lang))
        };
        let amount = |value: f64| plain_number(lang, value);
        match self {
            Self::Required => text("is required", "est obligatoire"),
            Self::NotEmpty => text("must not be empty", "ne doit pas être vide"),
            Self::Unknown { known } if known.is_empty() => text(
                "is unknown: no fields are accepted here",
                "est inconnu : aucun champ n’est attendu ici",
            ),
            Self::Unknown { known } => fill(
                "is unknown: known fields are {known}",
                "est inconnu : les champs connus sont {known}",
                &[("known", known.join(", "))],
            ),
            Self::Type { expected } => fill(
                "must be {type}",
                "doit être {type}",
                &[("type", expected.translation().get(lang).to_owned())],
            ),
            Self::Range { min, max } => fill(
                "must be from {min} to {max}",
                "doit être compris entre {min} et {max}",
                &[("min", amount(*min)), ("max", amount(*max))],
            ),
            Self::Minimum { min } => fill(
                "must be at least {min}",
                "doit être d’au moins {min}",
                &[("min", amount(*min))],
            ),
            Self::Maximum { max } => fill(
                "must be at most {max}",
                "doit être d’au plus {max}",
                &[("max", amount(*max))],
            ),
            Self::MultipleOf { of: 2 } => {
                text("must be an even number", "doit être un nombre pair")
            }
            Self::MultipleOf { of } => fill(
                "must be a multiple of {of}",
                "doit être un multiple de {of}",
                &[("of", of.to_string())],
            ),
            Self::Length { min, max, unit } => fill(
                "must have {min} to {max} {unit}",
                "doit comporter de {min} à {max} {unit}",
                &[
                    ("min", min.to_string()),
                    ("max", max.to_string()),
                    ("unit", unit.name(*max, lang)),
                ],
            ),
            Self::TooLong { max, unit } => fill(
                "must have at most {max} {unit}",
                "doit comporter au plus {max} {unit}",
                &[("max", max.to_string()), ("unit", unit.name(*max, lang))],
            ),
            Self::OneOf { allowed } => fill(
                "must be one of {allowed}",
                "doit être l’une de ces valeurs : {allowed}",
                &[("allowed", allowed.join(", "))],
            ),
            Self::Format { format } => fill(
                "must be {format}",
                "doit être {format}",
                &[("format", format.translation().get(lang).to_owned())],
            ),
            Self::ControlCharacters => text(
                "must not contain control characters",
                "ne doit pas contenir de caractères de contrôle",
            ),
            Self::Markup => text(
                "must not contain markup such as <b>",
                "ne doit pas contenir de balises telles que <b>",
            ),
            Self::DirectionMarks => text(
                "must not contain marks that change the direction of text",
                "ne doit pas contenir de marques qui changent la direction du texte",
            ),
            Self::NotFound => text("does not exist", "n’existe pas"),
            Self::Repeated => text("may be given only once", "ne peut être donné qu’une fois"),
            Self::OnlyWith { field, value } => fill(
                "is allowed only with {field} {value}",
                "n’est permis qu’avec {field} {value}",
                &[("field", field.clone()), ("value", value.clone())],
            ),
            Self::EitherOr { other } => fill(
                "cannot be combined with {other}: give one of them",
                "n’est pas compatible avec {other} : indiquez l’un des deux",
                &[("other", other.clone())],
            ),
            Self::Reused => text(
                "was used with another body",
                "a déjà servi avec un autre contenu",
            ),
            Self::KindOff { kind, reason } => fill(
                "{kind} is off: {reason}",
                "{kind} est désactivé : {reason}",
                &[("kind", kind.clone()), ("reason", reason.in_language(lang))],
            ),
            Self::Malformed { format, detail } => fill(
                "is not valid {format}: {detail}",
                "n’est pas du {format} valide : {detail}",
                &[("format", format.clone()), ("detail", detail.clone())],
            ),
            Self::Other { reason } => reason.in_language(lang),
        }
    }

    /// The same as a whole sentence, as a form shows it below a field.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let text = self.in_language(lang);
        let mut letters = text.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let mut sentence: String = first.chain(letters).collect();
        if !sentence.ends_with(['.', '!', '?']) {
            sentence.push('.');
        }
        sentence
    }
}

impl ValueType {
    const fn translation(self) -> Translation {
        match self {
            Self::Text => Translation::new("a string", "un texte"),
            Self::Number => Translation::new("a number", "un nombre"),
            Self::Integer => Translation::new("a whole number", "un nombre entier"),
            Self::Boolean => Translation::new("true or false", "true ou false"),
            Self::List => Translation::new("a list", "une liste"),
            Self::Object => Translation::new("an object", "un objet"),
        }
    }
}

impl Unit {
    fn name(self, amount: usize, lang: Lang) -> String {
        let one = amount == 1;
        let name = match self {
            Self::Characters if one => Translation::new("character", "caractère"),
            Self::Characters => Translation::new("characters", "caractères"),
            Self::Bytes if one => Translation::new("byte", "octet"),
            Self::Bytes => Translation::new("bytes", "octets"),
            Self::Entries if one => Translation::new("entry", "élément"),
            Self::Entries => Translation::new("entries", "éléments"),
            Self::Mebibytes => Translation::new("MiB", "Mio"),
        };
        name.get(lang).to_owned()
    }
}

impl Format {
    const fn translation(self) -> Translation {
        match self {
            Self::Slug => Translation::new(
                "a slug such as scene: a-z, 0-9, _ and -, starting with a letter, at most 40 bytes",
                "un identifiant comme scene : a-z, 0-9, _ et -, une lettre au début, 40 octets au plus",
            ),
            Self::Reference => Translation::new(
                "a reference such as story:ID, at most 200 bytes",
                "une référence comme story:ID, 200 octets au plus",
            ),
            Self::MediaType => Translation::new(
                "a media type such as video/mp4",
                "un type de média comme video/mp4",
            ),
            Self::FailureCode => Translation::new(
                "a code in snake_case, at most 40 bytes",
                "un code en snake_case, 40 octets au plus",
            ),
            Self::Link => Translation::new(
                "a /path or an http(s) address",
                "un /chemin ou une adresse http(s)",
            ),
            Self::Cursor => Translation::new(
                "a cursor from an earlier answer",
                "un curseur d’une réponse précédente",
            ),
            Self::JobId => Translation::new("the id of a job", "l’identifiant d’une tâche"),
            Self::Size => Translation::new("a size such as 1280x720", "une taille comme 1280x720"),
            Self::Time => Translation::new(
                "a time such as 2026-11-29T06:00:00Z",
                "une date comme 2026-11-29T06:00:00Z",
            ),
        }
    }
}
