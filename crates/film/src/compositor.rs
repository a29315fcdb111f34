//! Composes a frame: the layers at their positions, and light, particles and title over them.

use crate::camera::{self, OVERSCAN, View};
use crate::error::Error;
use crate::grade::{Grade, YuvFrame};
use crate::layers::{self, FIGURE_HEIGHT, Layer, Trimmed};
use crate::particles::Particles;
use crate::scene::Scene;
use crate::title::{self, Fades};
use resvg::tiny_skia::{
    BlendMode, Color, FilterQuality, Paint, Pixmap, PixmapPaint, Rect, Transform,
};
use std::f32::consts::TAU;

/// Height of each letterbox bar as a fraction of the frame's, on frames that are not already wide.
const LETTERBOX: f32 = 0.066;
/// The figure's horizontal position, from the centre of the frame. The left is free for the title.
const FIGURE_X: f32 = 0.16;
/// The figure's lower edge, from the centre of the frame. It is below the frame, so that no move shows it.
const FIGURE_FOOT: f32 = 0.60;
/// The view of what does not move with the camera, such as the title.
const STILL: View = View {
    zoom: 1.0,
    x: 0.0,
    y: 0.0,
};
/// Breaths per second.
const BREATH_HZ: f32 = 0.27;

/// Draws the frames of one film. [`Compositor::new`] draws once what does not change.
pub struct Compositor {
    scene: Scene,
    fades: Fades,
    grade: Grade,
    backdrop: Vec<Layer>,
    figure: Pixmap,
    foreground: Trimmed,
    shadow: Pixmap,
    light: Pixmap,
    particle: Pixmap,
    title_card: Pixmap,
    particles: Particles,
    canvas: Pixmap,
    yuv: YuvFrame,
}

impl Compositor {
    pub fn new(scene: &Scene) -> Result<Self, Error> {
        let light = layers::glow(scene.mood.light(), 160)?;
        let mut backdrop = layers::backdrop(scene)?;
        if let Some(farthest) = backdrop.first_mut() {
            add_sunlight(&mut farthest.picture.pixmap, &light);
        }
        Ok(Self {
            fades: Fades::of(scene),
            grade: Grade::new(scene),
            backdrop,
            figure: layers::figure(scene)?,
            foreground: layers::foreground(scene)?,
            shadow: layers::glow([0, 0, 0], 96)?,
            light,
            particle: layers::glow(scene.mood.light(), 48)?,
            title_card: title::card(scene)?,
            particles: Particles::new(scene),
            canvas: Pixmap::new(scene.width, scene.height).ok_or(Error::Size)?,
            yuv: YuvFrame::new(scene),
            scene: scene.clone(),
        })
    }

    /// The graded frame. An index gives the same bytes, whatever was drawn before it.
    pub fn frame(&mut self, index: u32) -> &YuvFrame {
        self.draw(index);
        self.grade.apply(self.canvas.data(), index, &mut self.yuv);
        &self.yuv
    }

    /// The frame before the grade.
    fn draw(&mut self, index: u32) -> &Pixmap {
        let time = self.scene.time_of(index);
        let view = camera::view(self.scene.camera, self.scene.position_of(index), time);
        self.canvas.fill(Color::BLACK);
        for Layer { picture, depth } in &self.backdrop {
            let view = view.at_depth(*depth);
            draw_trimmed(&mut self.canvas, picture, view, OVERSCAN, paint_over(1.0));
        }
        self.draw_key_light(view, time);
        self.draw_particles(view, time, false);
        self.draw_figure(view, time);
        let near = view.at_depth(1.6);
        let paint = paint_over(0.92);
        draw_trimmed(&mut self.canvas, &self.foreground, near, 1.3, paint);
        self.draw_particles(view, time, true);
        self.draw_overlays(time);
        &self.canvas
    }

    /// The light behind the character, which pulses with the mood.
    fn draw_key_light(&mut self, view: View, time: f32) {
        let (_, height) = self.scene.size();
        let place = (FIGURE_X, -0.06);
        let paint = paint_light(0.30 + 0.28 * self.scene.mood.pulse(time));
        let view = view.at_depth(0.8);
        draw_at(
            &mut self.canvas,
            &self.light,
            view,
            place,
            height * 1.5,
            paint,
        );
    }

    /// The character over a soft shadow. It breathes, and sways about its lower edge.
    fn draw_figure(&mut self, view: View, time: f32) {
        let (width, height) = self.scene.size();
        let place = (FIGURE_X + 0.015, 0.16);
        let paint = paint_over(0.42);
        draw_at(
            &mut self.canvas,
            &self.shadow,
            view,
            place,
            height * 1.15,
            paint,
        );
        let breath = (time * BREATH_HZ * TAU).sin();
        let sway = (time * 0.11 * TAU).sin() + 0.4 * (time * 0.19 * TAU + 2.0).sin();
        let (x, y) = view.place(FIGURE_X, FIGURE_FOOT);
        let (figure_width, figure_height) = size_of(&self.figure);
        let scale = height * FIGURE_HEIGHT * view.zoom / figure_height;
        let transform = Transform::from_translate(-figure_width / 2.0, -figure_height)
            .post_scale(
                scale * (1.0 - 0.003 * breath),
                scale * (1.0 + 0.008 * breath),
            )
            .post_rotate(0.55 * sway)
            .post_translate(width * (x + 0.5), height * (y + 0.5));
        let paint = paint_over(1.0);
        self.canvas
            .draw_pixmap(0, 0, self.figure.as_ref(), &paint, transform, None);
    }

    fn draw_particles(&mut self, view: View, time: f32, in_front: bool) {
        let (_, height) = self.scene.size();
        for spot in self.particles.at(time) {
            if (spot.depth > 1.0) == in_front && spot.opacity > 0.01 {
                let view = view.at_depth(spot.depth);
                let place = (spot.x - 0.5, spot.y - 0.5);
                let paint = paint_light(spot.opacity);
                let width = spot.size * height;
                draw_at(&mut self.canvas, &self.particle, view, place, width, paint);
            }
        }
    }

    /// The fades, the letterbox bars and the title.
    fn draw_overlays(&mut self, time: f32) {
        let (width, height) = self.scene.size();
        let title = self.fades.title(time);
        // The picture is darker while there is a title to read.
        let darkness = 1.0 - self.fades.picture(time) * (1.0 - 0.30 * title);
        self.cover(0.0, 0.0, width, height, darkness);
        if width / height < 2.0 {
            let bar = (height * LETTERBOX).round();
            self.cover(0.0, 0.0, width, bar, 1.0);
            self.cover(0.0, height - bar, width, bar, 1.0);
        }
        if title > 0.0 {
            // A shadow behind the title makes it legible on any background.
            let place = (-0.27, 0.28);
            let paint = paint_over(0.62 * title);
            draw_at(
                &mut self.canvas,
                &self.shadow,
                STILL,
                place,
                height * 1.5,
                paint,
            );
            // The title drifts slowly to the right.
            let drift = Transform::from_translate(width * 0.006 * (time * 0.5 - 1.0), 0.0);
            let paint = paint_over(title);
            self.canvas
                .draw_pixmap(0, 0, self.title_card.as_ref(), &paint, drift, None);
        }
    }

    /// Draws black over a rectangle of the frame.
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

/// Draws light from the upper left onto the farthest layer.
fn add_sunlight(sky: &mut Pixmap, light: &Pixmap) {
    let ((_, height), (light_width, _)) = (size_of(sky), size_of(light));
    let scale = height * 1.5 / light_width;
    let corner = Transform::from_row(scale, 0.0, 0.0, scale, height * -0.6, height * -0.7);
    sky.draw_pixmap(0, 0, light.as_ref(), &paint_light(0.3), corner, None);
}

/// Draws a trimmed picture. The untrimmed one would be `times` as wide as the canvas.
fn draw_trimmed(canvas: &mut Pixmap, part: &Trimmed, view: View, times: f32, paint: PixmapPaint) {
    let place = (part.centre.0 * times, part.centre.1 * times);
    let (canvas_width, _) = size_of(canvas);
    let width = canvas_width * times * part.width_share;
    draw_at(canvas, &part.pixmap, view, place, width, paint);
}

/// Draws a picture `width` pixels wide. Its centre is given relative to the centre of the canvas, in fractions
/// of the canvas.
fn draw_at(
    canvas: &mut Pixmap,
    picture: &Pixmap,
    view: View,
    place: (f32, f32),
    width: f32,
    paint: PixmapPaint,
) {
    let (canvas_width, canvas_height) = size_of(canvas);
    let (picture_width, picture_height) = size_of(picture);
    let scale = width / picture_width * view.zoom;
    let (x, y) = view.place(place.0, place.1);
    let left = canvas_width * (x + 0.5) - picture_width * scale / 2.0;
    let top = canvas_height * (y + 0.5) - picture_height * scale / 2.0;
    let transform = Transform::from_row(scale, 0.0, 0.0, scale, left, top);
    canvas.draw_pixmap(0, 0, picture.as_ref(), &paint, transform, None);
}

#[expect(clippy::cast_precision_loss)]
fn size_of(pixmap: &Pixmap) -> (f32, f32) {
    (pixmap.width() as f32, pixmap.height() as f32)
}

/// Paint that covers what is below it.
fn paint_over(opacity: f32) -> PixmapPaint {
    PixmapPaint {
        opacity,
        blend_mode: BlendMode::SourceOver,
        quality: FilterQuality::Bilinear,
    }
}

/// Paint that brightens what is below it.
fn paint_light(opacity: f32) -> PixmapPaint {
    PixmapPaint {
        blend_mode: BlendMode::Screen,
        ..paint_over(opacity)
    }
}

#[cfg(test)]
mod tests {
    use super::Compositor;
    use crate::scene::tests::small;

    #[test]
    fn a_frame_depends_only_on_its_index() {
        let mut compositor = Compositor::new(&small()).unwrap();
        let first = compositor.frame(4).luma.clone();
        let other = compositor.frame(7).luma.clone();
        assert_ne!(first, other, "nothing moves");
        assert_eq!(compositor.frame(4).luma, first);
        assert_eq!(Compositor::new(&small()).unwrap().frame(4).luma, first);
    }

    #[test]
    fn frames_are_opaque_and_fade_in_from_black() {
        let mut compositor = Compositor::new(&small()).unwrap();
        let black = |compositor: &mut Compositor, index| {
            let pixmap = compositor.draw(index);
            assert!(pixmap.pixels().iter().all(|pixel| pixel.alpha() == 255));
            pixmap.pixels().iter().all(|pixel| pixel.red() < 4)
        };
        assert!(black(&mut compositor, 0));
        assert!(!black(&mut compositor, 5));
    }
}
