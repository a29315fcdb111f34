//! From drawn pixels to what the encoder takes: the colour grade, vignette and grain, then BT.709.
//!
//! All in whole numbers, so that every machine makes the same bytes.

use crate::film::Film;

/// How dark the corners are, in 1/256.
const VIGNETTE: u32 = 84;
/// How strong the grain is, in steps of luma either way.
const GRAIN: u32 = 2;

/// A picture in the encoder's form: full luma, chroma of half the size.
pub struct Planes {
    pub luma: Vec<u8>,
    pub blue: Vec<u8>,
    pub red: Vec<u8>,
    pub width: usize,
    pub height: usize,
}

impl Planes {
    pub fn new(film: &Film) -> Self {
        let (width, height) = (film.width as usize, film.height as usize);
        Self {
            luma: vec![0; width * height],
            blue: vec![0; width * height / 4],
            red: vec![0; width * height / 4],
            width,
            height,
        }
    }
}

/// What is the same for every frame of a film.
pub struct Look {
    grade: [[u8; 256]; 3],
    /// How much a column and a row darken, in 1/256.
    columns: Vec<u32>,
    rows: Vec<u32>,
    seed: u64,
}

impl Look {
    pub fn new(film: &Film) -> Self {
        let (shadows, lights) = film.mood.grade();
        let fall = |size: u32| {
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
            grade: [0, 1, 2].map(|channel| curve(shadows[channel], lights[channel])),
            columns: fall(film.width),
            rows: fall(film.height),
            seed: film.seed,
        }
    }

    /// Grades an opaque picture of RGBA bytes into `planes`.
    pub fn develop(&self, rgba: &[u8], frame: u32, planes: &mut Planes) {
        let width = planes.width;
        for pair in 0..planes.height / 2 {
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
                            self.grade[channel]
                                [((u32::from(rgba[at * 4 + channel]) * light) >> 8) as usize],
                        )
                    });
                    for (sum, part) in sum.iter_mut().zip(rgb) {
                        *sum += part;
                    }
                    planes.luma[at] = luma(rgb, grain.next());
                }
                let [red, green, blue] = sum;
                planes.blue[chroma] =
                    byte((-6596 * red - 22_189 * green + 28_784 * blue) >> 18, 128);
                planes.red[chroma] = byte((28_784 * red - 26_145 * green - 2639 * blue) >> 18, 128);
            }
        }
    }
}

/// BT.709 luma of limited range, with grain in 1/65536; black stays black.
fn luma([red, green, blue]: [i32; 3], grain: i32) -> u8 {
    let light = 11_966 * red + 40_254 * green + 4064 * blue;
    let grain = if light < 65_536 * 4 { 0 } else { grain };
    byte((light + grain + 32_768) >> 16, 16)
}

fn byte(value: i32, ground: i32) -> u8 {
    u8::try_from((value + ground).clamp(0, 255)).unwrap_or(u8::MAX)
}

/// A soft S, tinted in its shadows and its lights.
fn curve(shadow: f32, light: f32) -> [u8; 256] {
    std::array::from_fn(|at| {
        #[expect(clippy::cast_precision_loss)]
        let level = at as f32 / 255.0;
        let bent = level + 0.14 * (level * level * (3.0 - 2.0 * level) - level);
        // Neither end moves, so that black bars stay black.
        let tint = shadow * 4.0 * level * (1.0 - level) * (1.0 - level)
            + light * level * level * 1.4 * (1.0 - level * 0.5);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let graded = (bent * 255.0 + tint).round().clamp(0.0, 255.0) as u8;
        graded
    })
}

/// Film grain for one pair of rows.
struct Grain(u64);

impl Grain {
    fn new(seed: u64, frame: u32, row: usize) -> Self {
        let start = seed ^ (u64::from(frame) << 32) ^ (row as u64);
        Self(start.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A value in 1/65536 steps of luma.
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
    use super::{Look, Planes};
    use crate::film::{Film, tests::small};

    fn develop(rgba: [u8; 4]) -> Planes {
        let film = Film {
            width: 16,
            height: 16,
            ..small()
        };
        let mut planes = Planes::new(&film);
        Look::new(&film).develop(&rgba.repeat(256), 3, &mut planes);
        planes
    }

    #[test]
    fn black_is_black_and_grey_is_nearly_grey() {
        let black = develop([0, 0, 0, 255]);
        assert!(black.luma.iter().all(|luma| *luma == 16));
        assert!(
            black
                .blue
                .iter()
                .chain(&black.red)
                .all(|chroma| *chroma == 128)
        );
        let grey = develop([128, 128, 128, 255]);
        let middle = grey.luma[8 * 16 + 8];
        assert!((115..=140).contains(&middle), "{middle}");
        assert!(grey.luma[0] < middle - 10, "the corner is darker");
    }

    #[test]
    fn colours_keep_their_side() {
        let (red, blue) = (develop([220, 30, 30, 255]), develop([30, 30, 220, 255]));
        assert!(red.red[36] > 150 && red.blue[36] < 128);
        assert!(blue.blue[36] > 150 && blue.red[36] < 128);
    }
}
