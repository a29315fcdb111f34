//! Drawn pixels to YUV: the colour grade, vignette and grain, then BT.709.
//!
//! Pixels are computed with integers, so that every machine gives the same bytes.

use crate::scene::Scene;

/// How much the corners are darkened, in 1/256.
const VIGNETTE: u32 = 84;
/// Range of the grain, in steps of luma.
const GRAIN: u32 = 2;

/// A picture in the encoder's format: 4:2:0, with chroma at half the resolution.
pub struct YuvFrame {
    pub luma: Vec<u8>,
    pub chroma_blue: Vec<u8>,
    pub chroma_red: Vec<u8>,
    pub width: usize,
    pub height: usize,
}

impl YuvFrame {
    pub fn new(scene: &Scene) -> Self {
        let (width, height) = (scene.width as usize, scene.height as usize);
        Self {
            luma: vec![0; width * height],
            chroma_blue: vec![0; width * height / 4],
            chroma_red: vec![0; width * height / 4],
            width,
            height,
        }
    }
}

/// The grade of a film, the same for all its frames.
pub struct Grade {
    /// The tone curve of each channel.
    curves: [[u8; 256]; 3],
    /// How much the vignette darkens a column and a row, in 1/256.
    columns: Vec<u32>,
    rows: Vec<u32>,
    seed: u64,
}

impl Grade {
    pub fn new(scene: &Scene) -> Self {
        let (shadows, highlights) = scene.mood.grade();
        let vignette = |size: u32| {
            (0..size)
                .map(|at| {
                    let off = i64::from(at * 2 + 1) - i64::from(size);
                    let share =
                        off * off * i64::from(VIGNETTE) / (i64::from(size) * i64::from(size));
                    u32::try_from(share).unwrap_or(VIGNETTE) / 2
                })
                .collect()
        };
        Self {
            curves: [0, 1, 2].map(|channel| curve(shadows[channel], highlights[channel])),
            columns: vignette(scene.width),
            rows: vignette(scene.height),
            seed: scene.seed,
        }
    }

    /// Grades an opaque picture of RGBA bytes, and writes it to `yuv`.
    pub fn apply(&self, rgba: &[u8], frame: u32, yuv: &mut YuvFrame) {
        let width = yuv.width;
        for pair in 0..yuv.height / 2 {
            let mut grain = Grain::new(self.seed, frame, pair);
            for (chroma, x) in (pair * width / 2..).zip((0..width).step_by(2)) {
                let mut sum = [0; 3];
                for (x, y) in [
                    (x, pair * 2),
                    (x + 1, pair * 2),
                    (x, pair * 2 + 1),
                    (x + 1, pair * 2 + 1),
                ] {
                    let at = y * width + x;
                    let light = 256 - self.columns[x] - self.rows[y];
                    let rgb = [0, 1, 2].map(|channel| {
                        i32::from(
                            self.curves[channel]
                                [((u32::from(rgba[at * 4 + channel]) * light) >> 8) as usize],
                        )
                    });
                    for (sum, part) in sum.iter_mut().zip(rgb) {
                        *sum += part;
                    }
                    yuv.luma[at] = luma(rgb, grain.next());
                }
                let [red, green, blue] = sum;
                yuv.chroma_blue[chroma] =
                    byte((-6596 * red - 22_189 * green + 28_784 * blue) >> 18, 128);
                yuv.chroma_red[chroma] =
                    byte((28_784 * red - 26_145 * green - 2639 * blue) >> 18, 128);
            }
        }
    }
}

/// BT.709 luma of limited range, with grain in 1/65536 of a step. Black gets no grain.
fn luma([red, green, blue]: [i32; 3], grain: i32) -> u8 {
    let weighted = 11_966 * red + 40_254 * green + 4064 * blue;
    let grain = if weighted < 65_536 * 4 { 0 } else { grain };
    byte((weighted + grain + 32_768) >> 16, 16)
}

/// A sample of a plane, `offset` above zero.
fn byte(value: i32, offset: i32) -> u8 {
    u8::try_from((value + offset).clamp(0, 255)).unwrap_or(u8::MAX)
}

/// A soft S curve, tinted in its shadows and its highlights.
fn curve(shadow: f32, highlight: f32) -> [u8; 256] {
    std::array::from_fn(|input| {
        #[expect(clippy::cast_precision_loss)]
        let level = input as f32 / 255.0;
        let bent = level + 0.14 * (level * level * (3.0 - 2.0 * level) - level);
        // Black stays black, for the bars.
        let tint = shadow * 4.0 * level * (1.0 - level) * (1.0 - level)
            + highlight * level * level * 1.4 * (1.0 - level * 0.5);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let graded = (bent * 255.0 + tint).round().clamp(0.0, 255.0) as u8;
        graded
    })
}

/// The grain of one pair of rows: a xorshift generator.
struct Grain(u64);

impl Grain {
    fn new(seed: u64, frame: u32, row: usize) -> Self {
        let state = seed ^ (u64::from(frame) << 32) ^ (row as u64);
        Self(state.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The grain of the next pixel, in 1/65536 of a step of luma.
    fn next(&mut self) -> i32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let spread = GRAIN * 65_536;
        i32::try_from((self.0 >> 40) % u64::from(spread)).unwrap_or(0)
            - i32::try_from(spread / 2).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Grade, YuvFrame};
    use crate::scene::{Scene, tests::small};

    fn graded(rgba: [u8; 4]) -> YuvFrame {
        let scene = Scene {
            width: 16,
            height: 16,
            ..small()
        };
        let mut yuv = YuvFrame::new(&scene);
        Grade::new(&scene).apply(&rgba.repeat(256), 3, &mut yuv);
        yuv
    }

    #[test]
    fn black_stays_black_and_grey_stays_nearly_grey() {
        let black = graded([0, 0, 0, 255]);
        assert!(black.luma.iter().all(|luma| *luma == 16));
        assert!(
            black
                .chroma_blue
                .iter()
                .chain(&black.chroma_red)
                .all(|chroma| *chroma == 128)
        );
        let grey = graded([128, 128, 128, 255]);
        let middle = grey.luma[8 * 16 + 8];
        assert!((115..=140).contains(&middle), "{middle}");
        assert!(grey.luma[0] < middle - 10, "the corner is darker");
    }

    #[test]
    fn red_and_blue_go_to_their_own_planes() {
        let (red, blue) = (graded([220, 30, 30, 255]), graded([30, 30, 220, 255]));
        assert!(red.chroma_red[36] > 150 && red.chroma_blue[36] < 128);
        assert!(blue.chroma_blue[36] > 150 && blue.chroma_red[36] < 128);
    }
}
