//! The still parts of a film, drawn once and then only moved: places, figure, lights.

use crate::Error;
use crate::camera::OVERSCAN;
use crate::film::{Film, Rgb};
use crate::svg::{self, Fit};
use resvg::tiny_skia::{IntRect, Pixmap, PremultipliedColorU8};

/// A picture at a depth: 0 at the horizon, 1 where the character stands.
pub struct Layer {
    pub picture: Trimmed,
    pub depth: f32,
}

/// The part of a picture where something is, since empty parts cost as much to move as full ones.
pub struct Trimmed {
    pub pixmap: Pixmap,
    /// Where its middle lies, in parts of the whole picture from the whole's middle.
    pub middle: (f32, f32),
    /// Its width in parts of the whole's.
    pub share: f32,
}

/// The endings of the groups that move apart, and how deep each lies.
const DEPTHS: [(&str, f32); 3] = [("-far", 0.25), ("-mid", 0.6), ("-near", 1.0)];
/// Rasters are a little finer than the frame, since moves come closer.
const FINENESS: f32 = 1.06;
/// The figure's height in parts of the frame's.
pub const FIGURE_HEIGHT: f32 = 0.90;

/// The place, in as many layers as its art has groups.
pub fn backdrop(film: &Film) -> Result<Vec<Layer>, Error> {
    let (width, height) = scaled(film, OVERSCAN * FINENESS, OVERSCAN * FINENESS);
    let endings: Vec<_> = DEPTHS
        .into_iter()
        .filter(|(ending, _)| svg::has_id_ending(&film.backdrop, ending))
        .collect();
    if endings.is_empty() {
        let pixmap = svg::raster(&svg::parse(&film.backdrop)?, width, height, Fit::Cover)?;
        return Ok(vec![Layer {
            picture: trim(pixmap),
            depth: 0.5,
        }]);
    }
    let mut layers = Vec::with_capacity(endings.len());
    for (own, depth) in &endings {
        let alone = svg::without(&film.backdrop, |id| {
            endings
                .iter()
                .any(|(ending, _)| ending != own && id.ends_with(ending))
        })?;
        let mut pixmap = svg::raster(&svg::parse(&alone)?, width, height, Fit::Cover)?;
        if *depth < 0.5 {
            // The lens is on the character: what lies far is a little soft.
            blur(&mut pixmap, width / 640);
        }
        layers.push(Layer {
            picture: trim(pixmap),
            depth: *depth,
        });
    }
    Ok(layers)
}

/// The character, cut out and trimmed to what is there.
pub fn figure(film: &Film) -> Result<Pixmap, Error> {
    let alone = svg::without(&film.figure, |id| id.ends_with("-backdrop"))?;
    let tree = svg::parse(&alone)?;
    let size = tree.size();
    let (_, height) = scaled(film, 1.0, FIGURE_HEIGHT * 1.2);
    #[expect(clippy::cast_precision_loss)]
    let wide = size.width() / size.height() * height as f32;
    let pixmap = svg::raster(&tree, whole(wide.min(8000.0)), height, Fit::Contain)?;
    Ok(trim(pixmap).pixmap)
}

/// A round light that fades to nothing at its edge.
pub fn glow(colour: Rgb, size: u32) -> Result<Pixmap, Error> {
    let mut pixmap = Pixmap::new(size, size).ok_or(Error::Size)?;
    #[expect(clippy::cast_precision_loss)]
    let middle = size as f32 / 2.0;
    for (at, pixel) in (0_u32..).zip(pixmap.pixels_mut()) {
        #[expect(clippy::cast_precision_loss)]
        let (x, y) = (
            (at % size) as f32 + 0.5 - middle,
            (at / size) as f32 + 0.5 - middle,
        );
        let near = (1.0 - x.hypot(y) / middle).max(0.0);
        *pixel = premultiplied(colour, near * near * (3.0 - 2.0 * near));
    }
    Ok(pixmap)
}

/// Dark shapes close to the lens at the frame's lower edge, far out of focus; a quarter of the frame's size.
pub fn foreground(film: &Film) -> Result<Trimmed, Error> {
    let (width, height) = scaled(film, 0.3, 0.3);
    let [red, green, blue] = film.palette[0].map(|part| part / 2);
    // Which side is the heavier one comes from the seed.
    let (left, right) = if film.seed.is_multiple_of(2) {
        (34, 18)
    } else {
        (24, 26)
    };
    let shapes = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90" preserveAspectRatio="none"><g fill="rgb({red},{green},{blue})">
        <ellipse cx="6" cy="96" rx="{left}" ry="19"/><ellipse cx="-4" cy="78" rx="13" ry="26"/>
        <ellipse cx="156" cy="97" rx="{right}" ry="17"/><ellipse cx="166" cy="80" rx="12" ry="30"/></g></svg>"#
    );
    let mut pixmap = svg::raster(&svg::parse(&shapes)?, width, height, Fit::Cover)?;
    blur(&mut pixmap, (width / 28).max(1));
    Ok(trim(pixmap))
}

/// A colour at an opacity, as pixmaps keep it.
pub fn premultiplied(colour: Rgb, opacity: f32) -> PremultipliedColorU8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let part = |value: u8| (f32::from(value) * opacity.clamp(0.0, 1.0)) as u8;
    let [red, green, blue] = colour.map(part);
    PremultipliedColorU8::from_rgba(red, green, blue, part(255))
        .unwrap_or(PremultipliedColorU8::TRANSPARENT)
}

/// The frame's size, times these.
fn scaled(film: &Film, across: f32, down: f32) -> (u32, u32) {
    #[expect(clippy::cast_precision_loss)]
    let size = (film.width as f32 * across, film.height as f32 * down);
    (whole(size.0), whole(size.1))
}

/// At least one whole pixel.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(size: f32) -> u32 {
    size.ceil().max(1.0) as u32
}

/// Three box blurs, which come close to a Gaussian; premultiplied colours may be averaged.
fn blur(pixmap: &mut Pixmap, radius: u32) {
    if radius == 0 {
        return;
    }
    let (width, height) = (pixmap.width() as usize, pixmap.height() as usize);
    let data = pixmap.data_mut();
    let mut line = Vec::new();
    for _ in 0..3 {
        for row in 0..height {
            blur_line(data, &mut line, row * width * 4, 4, width, radius as usize);
        }
        for column in 0..width {
            blur_line(
                data,
                &mut line,
                column * 4,
                width * 4,
                height,
                radius as usize,
            );
        }
    }
}

/// One line of pixels, `step` bytes apart; past its ends stands its last pixel.
fn blur_line(
    data: &mut [u8],
    line: &mut Vec<[u8; 4]>,
    from: usize,
    step: usize,
    count: usize,
    radius: usize,
) {
    line.clear();
    line.extend((0..count).map(|at| {
        let at = from + at * step;
        [data[at], data[at + 1], data[at + 2], data[at + 3]]
    }));
    let last = count - 1;
    let window = u32::try_from(radius * 2 + 1).unwrap_or(u32::MAX);
    for channel in 0..4 {
        let value = |at: usize| u32::from(line[at.saturating_sub(radius).min(last)][channel]);
        // Counted from `radius` before the line, where `value` stands still.
        let mut sum: u32 = (0..=radius * 2).map(value).sum();
        for at in 0..count {
            data[from + at * step + channel] = u8::try_from(sum / window).unwrap_or(u8::MAX);
            sum = sum + value(at + radius * 2 + 1) - value(at);
        }
    }
}

/// Cuts away what is empty around a picture; an empty one stays as it is.
fn trim(pixmap: Pixmap) -> Trimmed {
    let width = pixmap.width();
    let (mut left, mut right, mut top, mut bottom) = (u32::MAX, 0, u32::MAX, 0);
    for (at, pixel) in (0_u32..).zip(pixmap.pixels()) {
        if pixel.alpha() > 0 {
            let (x, y) = (at % width, at / width);
            (left, right) = (left.min(x), right.max(x + 1));
            (top, bottom) = (top.min(y), bottom.max(y + 1));
        }
    }
    let part = |at: u32| i32::try_from(at).ok();
    let rect = (left < right)
        .then(|| IntRect::from_xywh(part(left)?, part(top)?, right - left, bottom - top));
    let Some(cut) = rect.flatten().and_then(|rect| pixmap.clone_rect(rect)) else {
        return Trimmed {
            pixmap,
            middle: (0.0, 0.0),
            share: 1.0,
        };
    };
    #[expect(clippy::cast_precision_loss)]
    let middle = |from: u32, to: u32, whole: u32| (from + to) as f32 / 2.0 / whole as f32 - 0.5;
    #[expect(clippy::cast_precision_loss)]
    let share = cut.width() as f32 / width as f32;
    Trimmed {
        middle: (
            middle(left, right, width),
            middle(top, bottom, pixmap.height()),
        ),
        share,
        pixmap: cut,
    }
}

#[cfg(test)]
mod tests {
    use super::{backdrop, blur, figure, foreground, trim};
    use crate::film::{Film, tests::small};
    use resvg::tiny_skia::{Color, Pixmap};

    #[test]
    fn groups_become_layers_back_to_front() {
        let layers = backdrop(&small()).unwrap();
        let depths: Vec<_> = layers.iter().map(|layer| layer.depth).collect();
        assert_eq!(depths, [0.25, 1.0]);
        assert_eq!(layers[0].picture.middle, (0.0, 0.0));
        let near = &layers[1].picture;
        assert!(
            near.middle.1 > 0.2 && near.share > 0.99,
            "the ground is below"
        );
        let flat = Film {
            backdrop: small().backdrop.replace("t-", "t"),
            ..small()
        };
        assert_eq!(backdrop(&flat).unwrap().len(), 1);
    }

    #[test]
    fn what_stands_behind_the_figure_is_left_out() {
        let with = small().figure.replace(
            "<circle",
            r#"<rect id="x-backdrop" width="60" height="90"/><circle"#,
        );
        let film = Film {
            figure: with,
            ..small()
        };
        assert_eq!(figure(&film).unwrap(), figure(&small()).unwrap());
    }

    #[test]
    fn a_blur_keeps_flat_colour_and_softens_edges() {
        let mut flat = Pixmap::new(9, 5).unwrap();
        flat.fill(Color::from_rgba8(40, 80, 120, 255));
        let before = flat.clone();
        blur(&mut flat, 3);
        assert_eq!(flat, before);
        let soft = foreground(&small()).unwrap();
        assert!(
            soft.pixmap
                .pixels()
                .iter()
                .any(|pixel| (1..255).contains(&pixel.alpha()))
        );
    }

    #[test]
    fn an_empty_picture_stays_as_it_is() {
        let empty = trim(Pixmap::new(3, 3).unwrap());
        assert_eq!((empty.pixmap.width(), empty.pixmap.height()), (3, 3));
    }
}
