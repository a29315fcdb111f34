//! The title card and the fades: what is written, and when it is seen.

use crate::Error;
use crate::camera::ease;
use crate::film::Film;
use crate::svg::{self, Fit};
use resvg::tiny_skia::Pixmap;

/// The longest title that is set, in characters; the rest becomes an ellipsis.
const LONGEST: usize = 90;
/// A title longer than this is set on two lines where it has a space.
const ONE_LINE: usize = 26;

/// When things come and go, in seconds from the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cues {
    seconds: f32,
    fade: f32,
    title_out: f32,
}

impl Cues {
    #[expect(clippy::cast_possible_truncation)]
    pub fn of(film: &Film) -> Self {
        let seconds = film.seconds as f32;
        Self {
            seconds,
            fade: (seconds * 0.14).min(0.8),
            title_out: (seconds * 0.55).min(3.6),
        }
    }

    /// How bright the picture is: up from black, and back to black at the end.
    pub fn picture(self, time: f32) -> f32 {
        ease(time / self.fade).min(ease((self.seconds - time) / self.fade))
    }

    /// How far the title has come in, 0 to 1, and gone again.
    pub fn title(self, time: f32) -> f32 {
        ease(time / self.fade).min(ease((self.title_out - time) / self.fade))
    }
}

/// The title card as large as the frame, drawn once.
pub fn card(film: &Film) -> Result<Pixmap, Error> {
    let mut size = 7.4;
    // Set once to measure, then again where it is too wide.
    let wide = svg::parse(&text(film, size))?
        .root()
        .abs_bounding_box()
        .width();
    let width = view_width(film);
    let room = width * 0.62;
    if wide > room {
        size *= room / wide;
    }
    svg::raster(
        &svg::parse(&text(film, size))?,
        film.width,
        film.height,
        Fit::Cover,
    )
}

/// The card's width where its height is 100.
#[expect(clippy::cast_precision_loss)]
fn view_width(film: &Film) -> f32 {
    film.width as f32 / film.height as f32 * 100.0
}

fn text(film: &Film, size: f32) -> String {
    let width = view_width(film);
    let [red, green, blue] = film.palette[3];
    let left = width * 0.06;
    let lines = lines(&film.title);
    let base = 84.0;
    let row = |(index, line): (u8, &String)| {
        let y = base - f32::from(index) * size * 1.25;
        let line = escape(line);
        format!(
            r##"<text x="{left}" y="{y}" font-family="DejaVu Sans" font-weight="200" font-size="{size}" fill="#fff">{line}</text>"##
        )
    };
    let body: String = (0..).zip(lines.iter().rev()).map(row).collect();
    #[expect(clippy::cast_precision_loss)]
    let top = base - lines.len() as f32 * size * 1.25;
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 100"><rect x="{left}" y="{rule}" width="9" height="0.5" fill="rgb({red},{green},{blue})"/>
        <text x="{left}" y="{head}" font-family="DejaVu Sans" font-weight="700" font-size="2.7" letter-spacing="0.55" fill="rgb({red},{green},{blue})">{heading}</text>{body}</svg>"#,
        rule = top - 5.2,
        head = top - 0.4,
        heading = escape(&film.heading.to_uppercase()),
    )
}

/// One or two lines of about equal length.
fn lines(title: &str) -> Vec<String> {
    let mut title: String = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.chars().count() > LONGEST {
        title = title.chars().take(LONGEST - 1).collect::<String>() + "…";
    }
    let length = title.chars().count();
    let cut = title
        .char_indices()
        .enumerate()
        .filter(|(_, (_, letter))| *letter == ' ')
        .min_by_key(|(index, _)| index.abs_diff(length / 2))
        .map(|(_, (at, _))| at);
    match cut {
        Some(at) if length > ONE_LINE => vec![title[..at].to_owned(), title[at + 1..].to_owned()],
        _ => vec![title],
    }
}

/// A person's text inside XML; what XML cannot hold is dropped.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{Cues, card, lines};
    use crate::film::{Film, tests::small};

    #[test]
    fn titles_break_in_their_middle() {
        for (title, broken) in [
            ("Short", vec!["Short"]),
            ("  a \n b ", vec!["a b"]),
            (
                "The signal that nobody else could hear",
                vec!["The signal that nobody", "else could hear"],
            ),
            (
                "Donaudampfschifffahrtsgesellschaft",
                vec!["Donaudampfschifffahrtsgesellschaft"],
            ),
        ] {
            assert_eq!(lines(title), broken);
        }
        assert!(lines(&"é ".repeat(500)).concat().ends_with('…'));
    }

    #[test]
    fn any_title_is_drawn_and_fits() {
        for title in [
            "",
            "<&>\u{0}\u{1b}\"'",
            "שלום \u{202e}abc",
            &"W".repeat(400),
            "日本",
        ] {
            let film = Film {
                title: title.to_owned(),
                ..small()
            };
            let pixmap = card(&film).unwrap();
            assert!(
                pixmap.pixels().iter().any(|pixel| pixel.alpha() > 0),
                "{title}"
            );
            let right =
                (0..film.height).all(|y| pixmap.pixel(film.width - 1, y).unwrap().alpha() == 0);
            assert!(right, "{title} runs off the frame");
        }
    }

    #[test]
    fn a_film_starts_and_ends_black() {
        for seconds in [0.5, 5.0, 1800.0] {
            let cues = Cues::of(&Film { seconds, ..small() });
            assert!(cues.picture(0.0) < 0.01 && cues.picture(cues.seconds) < 0.01);
            assert!(cues.picture(cues.seconds / 2.0) > 0.99);
            assert!(cues.title(0.0) < 0.01 && cues.title(cues.seconds) < 0.01);
            assert!(cues.title(cues.title_out / 2.0) > 0.9);
        }
    }
}
