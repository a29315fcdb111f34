//! One frame: the still layers, moved for its moment, with light, air and title over them.

use crate::Error;
use crate::camera::{OVERSCAN, View, view};
use crate::colour::{Look, Planes};
use crate::film::Film;
use crate::layers::{self, FIGURE_HEIGHT, Layer, Trimmed};
use crate::particles::{Particles, Spot};
use crate::title::{self, Cues};
use resvg::tiny_skia::{
    BlendMode, Color, FilterQuality, Paint, Pixmap, PixmapPaint, Rect, Transform,
};
use std::f32::consts::TAU;

/// Each black bar's height in parts of the frame's, on frames that are not wide already.
const BAR: f32 = 0.066;
/// Where the figure stands across the frame, from its middle; the title has the left.
const FIGURE_X: f32 = 0.16;
/// Its lower edge, below the frame's, so that no move uncovers it.
const FIGURE_FOOT: f32 = 0.60;
/// A view that does not move: what is written stays where it is.
const REST: View = View {
    zoom: 1.0,
    x: 0.0,
    y: 0.0,
};
/// A breath in turns a second.
const BREATH: f32 = 0.27;

/// Draws the frames of one film. Everything that does not change is drawn when it is made.
pub struct Renderer {
    film: Film,
    cues: Cues,
    look: Look,
    backdrop: Vec<Layer>,
    figure: Pixmap,
    foreground: Trimmed,
    shade: Pixmap,
    light: Pixmap,
    speck: Pixmap,
    card: Pixmap,
    particles: Particles,
    canvas: Pixmap,
    planes: Planes,
}

impl Renderer {
    pub fn new(film: &Film) -> Result<Self, Error> {
        let light = layers::glow(film.mood.light(), 160)?;
        let mut backdrop = layers::backdrop(film)?;
        if let Some(farthest) = backdrop.first_mut() {
            shine(&mut farthest.picture.pixmap, &light);
        }
        Ok(Self {
            cues: Cues::of(film),
            look: Look::new(film),
            backdrop,
            figure: layers::figure(film)?,
            foreground: layers::foreground(film)?,
            shade: layers::glow([0, 0, 0], 96)?,
            light,
            speck: layers::glow(film.mood.light(), 48)?,
            card: title::card(film)?,
            particles: Particles::new(film),
            canvas: Pixmap::new(film.width, film.height).ok_or(Error::Size)?,
            planes: Planes::new(film),
            film: film.clone(),
        })
    }

    pub fn film(&self) -> &Film {
        &self.film
    }

    /// The frame as the encoder takes it. The same index makes the same bytes, in any order.
    pub fn frame(&mut self, index: u32) -> &Planes {
        self.draw(index);
        self.look
            .develop(self.canvas.data(), index, &mut self.planes);
        &self.planes
    }

    /// The frame as pixels, before the grade.
    pub fn draw(&mut self, index: u32) -> &Pixmap {
        let time = self.film.time(index);
        let seen = view(self.film.camera, self.film.through(index), time);
        self.canvas.fill(Color::BLACK);
        for layer in &self.backdrop {
            let seen = seen.at_depth(layer.depth);
            put_part(
                &mut self.canvas,
                &layer.picture,
                &self.film,
                seen,
                OVERSCAN,
                plain(1.0),
            );
        }
        self.draw_lights(seen, time);
        self.draw_particles(seen, time, false);
        self.draw_figure(seen, time);
        let near = seen.at_depth(1.6);
        put_part(
            &mut self.canvas,
            &self.foreground,
            &self.film,
            near,
            1.3,
            plain(0.92),
        );
        self.draw_particles(seen, time, true);
        self.draw_cinema(time);
        &self.canvas
    }

    /// The key light behind the character, alive with the mood.
    fn draw_lights(&mut self, seen: View, time: f32) {
        let pulse = self.film.mood.pulse(time);
        let light = glowing(0.30 + 0.28 * pulse);
        let spread = self.film.height_f() * 1.5;
        let place = (FIGURE_X, -0.06);
        put(
            &mut self.canvas,
            &self.light,
            &self.film,
            seen.at_depth(0.8),
            place,
            spread,
            light,
        );
    }

    /// The character breathes and sways a little about its foot, on a soft shadow.
    fn draw_figure(&mut self, seen: View, time: f32) {
        let height = self.film.height_f();
        let shadow = (FIGURE_X + 0.015, 0.16);
        put(
            &mut self.canvas,
            &self.shade,
            &self.film,
            seen,
            shadow,
            height * 1.15,
            plain(0.42),
        );
        let breath = (time * BREATH * TAU).sin();
        let sway = (time * 0.11 * TAU).sin() + 0.4 * (time * 0.19 * TAU + 2.0).sin();
        let (x, y) = seen.place(FIGURE_X, FIGURE_FOOT);
        let tall = height * FIGURE_HEIGHT * seen.zoom;
        #[expect(clippy::cast_precision_loss)]
        let (wide, high) = (self.figure.width() as f32, self.figure.height() as f32);
        let scale = tall / high;
        let transform = Transform::from_translate(-wide / 2.0, -high)
            .post_scale(
                scale * (1.0 - 0.003 * breath),
                scale * (1.0 + 0.008 * breath),
            )
            .post_rotate(0.55 * sway)
            .post_translate(self.film.width_f() * (x + 0.5), height * (y + 0.5));
        self.canvas
            .draw_pixmap(0, 0, self.figure.as_ref(), &plain(1.0), transform, None);
    }

    fn draw_particles(&mut self, seen: View, time: f32, in_front: bool) {
        for spot in self.particles.at(time) {
            let Spot {
                x,
                y,
                size,
                opacity,
                depth,
            } = spot;
            if (depth > 1.0) == in_front && opacity > 0.01 {
                let place = (x - 0.5, y - 0.5);
                let spread = size * self.film.height_f();
                put(
                    &mut self.canvas,
                    &self.speck,
                    &self.film,
                    seen.at_depth(depth),
                    place,
                    spread,
                    glowing(opacity),
                );
            }
        }
    }

    /// Bars, the fades and the title.
    fn draw_cinema(&mut self, time: f32) {
        let (width, height) = (self.film.width_f(), self.film.height_f());
        let title = self.cues.title(time);
        // The picture steps back a little while there is something to read.
        let dark = 1.0 - self.cues.picture(time) * (1.0 - 0.30 * title);
        self.cover(0.0, 0.0, width, height, dark);
        if width / height < 2.0 {
            let bar = (height * BAR).round();
            self.cover(0.0, 0.0, width, bar, 1.0);
            self.cover(0.0, height - bar, width, bar, 1.0);
        }
        if title > 0.0 {
            // A shade under the words, so that they read on any ground.
            let spread = height * 1.5;
            put(
                &mut self.canvas,
                &self.shade,
                &self.film,
                REST,
                (-0.27, 0.28),
                spread,
                plain(0.62 * title),
            );
            // It drifts a little to the right as it stands.
            let drift = Transform::from_translate(width * 0.006 * (time * 0.5 - 1.0), 0.0);
            self.canvas
                .draw_pixmap(0, 0, self.card.as_ref(), &plain(title), drift, None);
        }
    }

    /// Black over a part of the frame.
    fn cover(&mut self, x: f32, y: f32, width: f32, height: f32, opacity: f32) {
        let (Some(rect), Some(black)) = (
            Rect::from_xywh(x, y, width, height),
            Color::from_rgba(0.0, 0.0, 0.0, opacity.clamp(0.0, 1.0)),
        ) else {
            return;
        };
        let mut paint = Paint::default();
        paint.set_color(black);
        paint.anti_alias = false;
        self.canvas
            .fill_rect(rect, &paint, Transform::identity(), None);
    }
}

impl Film {
    #[expect(clippy::cast_precision_loss)]
    fn width_f(&self) -> f32 {
        self.width as f32
    }

    #[expect(clippy::cast_precision_loss)]
    fn height_f(&self) -> f32 {
        self.height as f32
    }
}

/// Light from the upper left over the farthest layer; it lies still, so it is drawn once.
fn shine(sky: &mut Pixmap, light: &Pixmap) {
    #[expect(clippy::cast_precision_loss)]
    let (high, wide) = (sky.height() as f32, light.width() as f32);
    let scale = high * 1.5 / wide;
    let corner = Transform::from_row(scale, 0.0, 0.0, scale, high * -0.6, high * -0.7);
    sky.draw_pixmap(0, 0, light.as_ref(), &glowing(0.3), corner, None);
}

/// Draws what is left of a picture whose whole covers the frame `times` over.
fn put_part(
    canvas: &mut Pixmap,
    part: &Trimmed,
    film: &Film,
    seen: View,
    times: f32,
    paint: PixmapPaint,
) {
    let place = (part.middle.0 * times, part.middle.1 * times);
    let spread = film.width_f() * times * part.share;
    put(canvas, &part.pixmap, film, seen, place, spread, paint);
}

/// Draws a picture `spread` pixels wide with its middle at a place (parts of the frame from its middle).
fn put(
    canvas: &mut Pixmap,
    picture: &Pixmap,
    film: &Film,
    seen: View,
    place: (f32, f32),
    spread: f32,
    paint: PixmapPaint,
) {
    #[expect(clippy::cast_precision_loss)]
    let (wide, high) = (picture.width() as f32, picture.height() as f32);
    let scale = spread / wide * seen.zoom;
    let (x, y) = seen.place(place.0, place.1);
    let left = film.width_f() * (x + 0.5) - wide * scale / 2.0;
    let top = film.height_f() * (y + 0.5) - high * scale / 2.0;
    let transform = Transform::from_row(scale, 0.0, 0.0, scale, left, top);
    canvas.draw_pixmap(0, 0, picture.as_ref(), &paint, transform, None);
}

fn plain(opacity: f32) -> PixmapPaint {
    PixmapPaint {
        opacity,
        blend_mode: BlendMode::SourceOver,
        quality: FilterQuality::Bilinear,
    }
}

/// Light adds up.
fn glowing(opacity: f32) -> PixmapPaint {
    PixmapPaint {
        blend_mode: BlendMode::Screen,
        ..plain(opacity)
    }
}

#[cfg(test)]
mod tests {
    use super::Renderer;
    use crate::film::tests::small;

    #[test]
    fn a_frame_depends_on_its_index_alone() {
        let mut renderer = Renderer::new(&small()).unwrap();
        let first = renderer.frame(4).luma.clone();
        let other = renderer.frame(7).luma.clone();
        assert_ne!(first, other, "nothing moves");
        assert_eq!(renderer.frame(4).luma, first);
        assert_eq!(Renderer::new(&small()).unwrap().frame(4).luma, first);
    }

    #[test]
    fn the_frame_is_opaque_and_fades_from_black() {
        let mut renderer = Renderer::new(&small()).unwrap();
        let black = |renderer: &mut Renderer, index| {
            let pixmap = renderer.draw(index);
            assert!(pixmap.pixels().iter().all(|pixel| pixel.alpha() == 255));
            pixmap.pixels().iter().all(|pixel| pixel.red() < 4)
        };
        assert!(black(&mut renderer, 0));
        assert!(!black(&mut renderer, 5));
    }
}
