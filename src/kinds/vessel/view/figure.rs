//! A figure with its confidence: `1,234`, `≈ 1,234`, `≥ 12.3` or `?`, and the same in words for screen readers.

use crate::i18n::{Lang, time, vessel as messages};
use crate::islands::use_lang;
use crate::studio::vessel::{Certainty, Figure};
use leptos::prelude::*;

/// A figure with its sign, without a unit.
pub fn shown(lang: Lang, figure: &Figure, digits: usize) -> String {
    let number = |value| time::fixed(lang, value, digits);
    match (figure.value, figure.at_least, figure.certainty) {
        (Some(value), _, Certainty::Exact) => number(value),
        (Some(value), ..) => format!("≈\u{a0}{}", number(value)),
        (None, Some(least), _) => format!("≥\u{a0}{}", number(least)),
        (None, None, _) => "?".to_owned(),
    }
}

/// A cell of a table.
#[component]
pub fn Cell(figure: Figure, digits: usize) -> impl IntoView {
    let lang = use_lang();
    let meaning = match (figure.certainty, figure.at_least) {
        (Certainty::Exact, _) => None,
        (Certainty::Estimated, _) => Some(messages::ESTIMATED),
        (Certainty::Unknown, Some(_)) => Some(messages::AT_LEAST),
        (Certainty::Unknown, None) => Some(messages::UNKNOWN),
    };
    let certainty = match figure.certainty {
        Certainty::Exact => "exact",
        Certainty::Estimated => "estimated",
        Certainty::Unknown => "unknown",
    };
    view! {
        <td data-certainty=certainty>
            {shown(lang, &figure, digits)}
            {meaning
                .map(|meaning| {
                    view! { <span class="unseen">" " {meaning.get(lang)}</span> }
                })}
        </td>
    }
}

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::i18n::Lang;
    use crate::studio::vessel::{Certainty, Figure};

    #[test]
    fn a_figure_shows_its_confidence() {
        let figure = |value, at_least, certainty| Figure {
            value,
            at_least,
            certainty,
            reasons: Vec::new(),
        };
        for (figure, en, fr) in [
            (
                figure(Some(1234.56), None, Certainty::Exact),
                "1,234.6",
                "1\u{202f}234,6",
            ),
            (
                figure(Some(0.5), None, Certainty::Estimated),
                "≈\u{a0}0.5",
                "≈\u{a0}0,5",
            ),
            (
                figure(None, Some(2.0), Certainty::Unknown),
                "≥\u{a0}2.0",
                "≥\u{a0}2,0",
            ),
            (figure(None, None, Certainty::Unknown), "?", "?"),
        ] {
            assert_eq!(shown(Lang::En, &figure, 1), en);
            assert_eq!(shown(Lang::Fr, &figure, 1), fr);
        }
    }
}
