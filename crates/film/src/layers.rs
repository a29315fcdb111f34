//! The parts of a film that are drawn once and then moved: place, figure, lights.

use crate::camera::OVERSCAN;
use crate::colour::Rgb;
use crate::error::Error;
use crate::scene::Scene;
use crate::svg::{self, Fit};
use resvg::tiny_skia::{IntRect, Pixmap, PremultipliedColorU8};

/// A picture at a depth.
pub struct Layer {
    pub picture: Trimmed,
    /// 0 at the horizon, 1 where the character stands.
    pub depth: f32,
}

/// A picture without its transparent margins, which would take as long to draw as anything else.
pub struct Trimmed {
    pub pixmap: Pixmap,
    /// Its centre relative to the centre of the untrimmed picture, in fractions of the latter.
    pub centre: (f32, f32),
    /// Its width as a fraction of the untrimmed picture's.
    pub width_share: f32,
}

/// The endings of the ids of groups that become layers, and the depth of each.
const DEPTHS: [(&str, f32); 3] = [("-far", 0.25), ("-mid", 0.6), ("-near", 1.0)];
/// Layers have more pixels than they cover in the frame, since camera moves enlarge them.
const OVERSAMPLING: f32 = 1.06;
/// The figure's height as a fraction of the frame's.
pub const FIGURE_HEIGHT: f32 = 0.90;

/// The place as layers, back to front: one for each ending in use, or a single one.
pub fn backdrop(scene: &Scene) -> Result<Vec<Layer>, Error> {
    let (width, height) = scaled(scene, OVERSCAN * OVERSAMPLING, OVERSCAN * OVERSAMPLING);
    let endings: Vec<_> = DEPTHS
        .into_iter()
        .filter(|(ending, _)| svg::has_id_ending(&scene.backdrop, ending))
        .collect();
    if endings.is_empty() {
        let pixmap = svg::raster(&svg::parse(&scene.backdrop)?, width, height, Fit::Cover)?;
        return Ok(vec![Layer {
            picture: trim(pixmap),
            depth: 0.5,
        }]);
    }
    let mut layers = Vec::with_capacity(endings.len());
    for (wanted, depth) in &endings {
        let alone = svg::without_ids(&scene.backdrop, |id| {
            endings
                .iter()
                .any(|(ending, _)| ending != wanted && id.ends_with(ending))
        })?;
        let mut pixmap = svg::raster(&svg::parse(&alone)?, width, height, Fit::Cover)?;
        if *depth < 0.5 {
            // The lens is focused on the character, so distant layers are slightly blurred.
            blur(&mut pixmap, width / 640);
        }
        layers.push(Layer {
            picture: trim(pixmap),
            depth: *depth,
        });
    }
    Ok(layers)
}

/// The character, trimmed.
pub fn figure(scene: &Scene) -> Result<Pixmap, Error> {
    let alone = svg::without_ids(&scene.figure, |id| id.ends_with("-backdrop"))?;
    let tree = svg::parse(&alone)?;
    let size = tree.size();
    let (_, height) = scaled(scene, 1.0, FIGURE_HEIGHT * 1.2);
    #[expect(clippy::cast_precision_loss)]
    let width = size.width() / size.height() * height as f32;
    let pixmap = svg::raster(&tree, whole_pixels(width.min(8000.0)), height, Fit::Contain)?;
    Ok(trim(pixmap).pixmap)
}

/// A round light that fades out towards its edge.
pub fn glow(colour: Rgb, size: u32) -> Result<Pixmap, Error> {
    let mut pixmap = Pixmap::new(size, size).ok_or(Error::Size)?;
    #[expect(clippy::cast_precision_loss)]
    let radius = size as f32 / 2.0;
    for (at, pixel) in (0_u32..).zip(pixmap.pixels_mut()) {
        #[expect(clippy::cast_precision_loss)]
        let (x, y) = (
            (at % size) as f32 + 0.5 - radius,
            (at / size) as f32 + 0.5 - radius,
        );
        let closeness = (1.0 - x.hypot(y) / radius).max(0.0);
        *pixel = premultiplied(colour, closeness * closeness * (3.0 - 2.0 * closeness));
    }
    Ok(pixmap)
}

/// Dark shapes at the lower edge. They are close to the lens and far out of focus, so few pixels are
/// enough.
pub fn foreground(scene: &Scene) -> Result<Trimmed, Error> {
    let (width, height) = scaled(scene, 0.3, 0.3);
    let [red, green, blue] = scene.palette[0].map(|channel| channel / 2);
    // The seed decides which side is heavier.
    let (left, right) = if scene.seed.is_multiple_of(2) {
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

/// A colour at an opacity, as the pixels of a pixmap.
fn premultiplied(colour: Rgb, opacity: f32) -> PremultipliedColorU8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let scaled = |value: u8| (f32::from(value) * opacity.clamp(0.0, 1.0)) as u8;
    let [red, green, blue] = colour.map(scaled);
    PremultipliedColorU8::from_rgba(red, green, blue, scaled(255))
        .unwrap_or(PremultipliedColorU8::TRANSPARENT)
}

/// The frame's width and height, each times a factor, in whole pixels.
fn scaled(scene: &Scene, across: f32, down: f32) -> (u32, u32) {
    let (width, height) = scene.size();
    (whole_pixels(width * across), whole_pixels(height * down))
}

/// Rounds up to at least one pixel.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole_pixels(size: f32) -> u32 {
    size.ceil().max(1.0) as u32
}

/// Three box blurs, which approximate a Gaussian blur. Averaging is correct for premultiplied colours.
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

/// Blurs one row or column, whose pixels are `step` bytes apart. Its end pixels are repeated outside it.
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
        // `value` counts from `radius` pixels before the line.
        let mut sum: u32 = (0..=radius * 2).map(value).sum();
        for at in 0..count {
            data[from + at * step + channel] = u8::try_from(sum / window).unwrap_or(u8::MAX);
            sum = sum + value(at + radius * 2 + 1) - value(at);
        }
    }
}

/// Cuts off transparent margins. A picture that is transparent everywhere is returned unchanged.
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
    let signed = |at: u32| i32::try_from(at).ok();
    let rect = (left < right)
        .then(|| IntRect::from_xywh(signed(left)?, signed(top)?, right - left, bottom - top));
    let Some(cut) = rect.flatten().and_then(|rect| pixmap.clone_rect(rect)) else {
        return Trimmed {
            pixmap,
            centre: (0.0, 0.0),
            width_share: 1.0,
        };
    };
    #[expect(clippy::cast_precision_loss)]
    let centre = |from: u32, to: u32, whole: u32| (from + to) as f32 / 2.0 / whole as f32 - 0.5;
    #[expect(clippy::cast_precision_loss)]
    let width_share = cut.width() as f32 / width as f32;
    Trimmed {
        centre: (
            centre(left, right, width),
            centre(top, bottom, pixmap.height()),
        ),
        width_share,
        pixmap: cut,
    }
}

#[cfg(test)]
mod tests {
    use super::{backdrop, blur, figure, foreground, trim};
    use crate::scene::{Scene, tests::small};
    use resvg::tiny_skia::{Color, Pixmap};

    #[test]
    fn groups_become_layers_back_to_front() {
        let layers = backdrop(&small()).unwrap();
        let depths: Vec<_> = layers.iter().map(|layer| layer.depth).collect();
        assert_eq!(depths, [0.25, 1.0]);
        assert_eq!(layers[0].picture.centre, (0.0, 0.0));
        let near = &layers[1].picture;
        assert!(
            near.centre.1 > 0.2 && near.width_share > 0.99,
            "the ground is below the centre"
        );
        let flat = Scene {
            backdrop: small().backdrop.replace("t-", "t"),
            ..small()
        };
        assert_eq!(backdrop(&flat).unwrap().len(), 1);
    }

    #[test]
    fn the_backdrop_of_a_figure_is_left_out() {
        let with = small().figure.replace(
            "<circle",
            r#"<rect id="x-backdrop" width="60" height="90"/><circle"#,
        );
        let scene = Scene {
            figure: with,
            ..small()
        };
        assert_eq!(figure(&scene).unwrap(), figure(&small()).unwrap());
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
    fn a_transparent_picture_keeps_its_size() {
        let empty = trim(Pixmap::new(3, 3).unwrap());
        assert_eq!((empty.pixmap.width(), empty.pixmap.height()), (3, 3));
    }
}
