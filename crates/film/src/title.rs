//! The title card, and when the title and the picture fade in and out.

use crate::camera::ease;
use crate::error::Error;
use crate::scene::Scene;
use crate::svg::{self, Fit};
use resvg::tiny_skia::Pixmap;

/// Maximum length of a title in characters. An ellipsis replaces the rest.
const MAX_LENGTH: usize = 90;
/// The characters that fit on one line. A longer title breaks at a space, if it has one.
const LINE_LENGTH: usize = 26;

/// When fades start and end, in seconds from the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fades {
    seconds: f32,
    fade: f32,
    title_end: f32,
}

impl Fades {
    #[expect(clippy::cast_possible_truncation)]
    pub fn of(scene: &Scene) -> Self {
        let seconds = scene.seconds as f32;
        Self {
            seconds,
            fade: (seconds * 0.14).min(0.8),
            title_end: (seconds * 0.55).min(3.6),
        }
    }

    /// Brightness of the picture, 0 to 1: it fades in from black, and out to black at the end.
    pub fn picture(self, time: f32) -> f32 {
        ease(time / self.fade).min(ease((self.seconds - time) / self.fade))
    }

    /// Opacity of the title, 0 to 1.
    pub fn title(self, time: f32) -> f32 {
        ease(time / self.fade).min(ease((self.title_end - time) / self.fade))
    }
}

/// The title card, as large as the frame.
pub fn card(scene: &Scene) -> Result<Pixmap, Error> {
    let mut size = 7.4;
    // The width of a text is known only after it is laid out, so a wide text is laid out again.
    let text_width = svg::parse(&card_svg(scene, size))?
        .root()
        .abs_bounding_box()
        .width();
    let width = view_width(scene);
    let room = width * 0.62;
    if text_width > room {
        size *= room / text_width;
    }
    svg::raster(
        &svg::parse(&card_svg(scene, size))?,
        scene.width,
        scene.height,
        Fit::Cover,
    )
}

/// The card's width in hundredths of its height.
fn view_width(scene: &Scene) -> f32 {
    let (width, height) = scene.size();
    width / height * 100.0
}

fn card_svg(scene: &Scene, font_size: f32) -> String {
    let width = view_width(scene);
    let [red, green, blue] = scene.palette[3];
    let left = width * 0.06;
    let lines = lines(&scene.title);
    let base = 84.0;
    let row = |(index, line): (u8, &String)| {
        let y = base - f32::from(index) * font_size * 1.25;
        let line = escape(line);
        format!(
            r##"<text x="{left}" y="{y}" font-family="DejaVu Sans" font-weight="200" font-size="{font_size}" fill="#fff">{line}</text>"##
        )
    };
    let body: String = (0..).zip(lines.iter().rev()).map(row).collect();
    #[expect(clippy::cast_precision_loss)]
    let top = base - lines.len() as f32 * font_size * 1.25;
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 100"><rect x="{left}" y="{rule}" width="9" height="0.5" fill="rgb({red},{green},{blue})"/>
        <text x="{left}" y="{head}" font-family="DejaVu Sans" font-weight="700" font-size="2.7" letter-spacing="0.55" fill="rgb({red},{green},{blue})">{heading}</text>{body}</svg>"#,
        rule = top - 5.2,
        head = top - 0.4,
        heading = escape(&scene.heading.to_uppercase()),
    )
}

/// Breaks a title into one line, or two of about equal length.
fn lines(title: &str) -> Vec<String> {
    let mut title: String = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.chars().count() > MAX_LENGTH {
        title = title.chars().take(MAX_LENGTH - 1).collect::<String>() + "…";
    }
    let length = title.chars().count();
    let middle_space = title
        .char_indices()
        .enumerate()
        .filter(|(_, (_, letter))| *letter == ' ')
        .min_by_key(|(index, _)| index.abs_diff(length / 2))
        .map(|(_, (at, _))| at);
    match middle_space {
        Some(at) if length > LINE_LENGTH => {
            vec![title[..at].to_owned(), title[at + 1..].to_owned()]
        }
        _ => vec![title],
    }
}

/// Escapes text for XML, and drops the characters that XML cannot hold.
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
    use super::{Fades, card, lines};
    use crate::scene::{Scene, tests::small};

    #[test]
    fn long_titles_break_near_their_middle() {
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
    fn every_title_is_drawn_inside_the_frame() {
        for title in [
            "",
            "<&>\u{0}\u{1b}\"'",
            "שלום \u{202e}abc",
            &"W".repeat(400),
            "日本",
        ] {
            let scene = Scene {
                title: title.to_owned(),
                ..small()
            };
            let pixmap = card(&scene).unwrap();
            assert!(
                pixmap.pixels().iter().any(|pixel| pixel.alpha() > 0),
                "{title}"
            );
            let right =
                (0..scene.height).all(|y| pixmap.pixel(scene.width - 1, y).unwrap().alpha() == 0);
            assert!(right, "{title} runs off the frame");
        }
    }

    #[test]
    fn films_start_and_end_black() {
        for seconds in [0.5, 5.0, 1800.0] {
            let fades = Fades::of(&Scene { seconds, ..small() });
            assert!(fades.picture(0.0) < 0.01 && fades.picture(fades.seconds) < 0.01);
            assert!(fades.picture(fades.seconds / 2.0) > 0.99);
            assert!(fades.title(0.0) < 0.01 && fades.title(fades.seconds) < 0.01);
            assert!(fades.title(fades.title_end / 2.0) > 0.9);
        }
    }
}
