//! A figure with its confidence: `1,234`, `≈ 1,234`, `≥ 12.3` or `?`, and the same as text for screen readers.

use crate::i18n::{Lang, time};
use crate::islands::use_lang;
use crate::kinds::vessel::page_texts as messages;
use craft::{Confidence, Figure};
use leptos::prelude::*;

/// A figure with its sign, without a unit.
pub fn shown(lang: Lang, figure: &Figure, digits: usize) -> String {
    let number = |value| time::fixed(lang, value, digits);
    match (figure.value, figure.at_least, figure.confidence) {
        (Some(value), _, Confidence::Exact) => number(value),
        (Some(value), ..) => format!("≈\u{a0}{}", number(value)),
        (None, Some(least), _) => format!("≥\u{a0}{}", number(least)),
        (None, None, _) => "?".to_owned(),
    }
}

/// A cell of a table.
#[component]
pub fn Cell(figure: Figure, digits: usize) -> impl IntoView {
    let lang = use_lang();
    let meaning = match (figure.confidence, figure.at_least) {
        (Confidence::Exact, _) => None,
        (Confidence::Estimated, _) => Some(messages::ESTIMATED),
        (Confidence::Unknown, Some(_)) => Some(messages::AT_LEAST),
        (Confidence::Unknown, None) => Some(messages::UNKNOWN),
    };
    let certainty = match figure.confidence {
        Confidence::Exact => "exact",
        Confidence::Estimated => "estimated",
        Confidence::Unknown => "unknown",
    };
    view! {
        <td data-certainty=certainty>
            {shown(lang, &figure, digits)}
            {meaning
                .map(|meaning| {
                    view! { <span class="visually-hidden">" " {meaning.get(lang)}</span> }
                })}
        </td>
    }
}

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::i18n::Lang;
    use craft::{Confidence, Figure};

    #[test]
    fn a_figure_shows_its_confidence() {
        let figure = |value, at_least, confidence| Figure {
            value,
            at_least,
            confidence,
            reasons: Vec::new(),
        };
        for (figure, en, fr) in [
            (
                figure(Some(1234.56), None, Confidence::Exact),
                "1,234.6",
                "1\u{202f}234,6",
            ),
            (
                figure(Some(0.5), None, Confidence::Estimated),
                "≈\u{a0}0.5",
                "≈\u{a0}0,5",
            ),
            (
                figure(None, Some(2.0), Confidence::Unknown),
                "≥\u{a0}2.0",
                "≥\u{a0}2,0",
            ),
            (figure(None, None, Confidence::Unknown), "?", "?"),
        ] {
            assert_eq!(shown(Lang::En, &figure, 1), en);
            assert_eq!(shown(Lang::Fr, &figure, 1), fr);
        }
    }
}
