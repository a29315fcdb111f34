//! Encodes H.264, one closed group of frames at a time. Equal frames give equal bytes.

use crate::error::Error;
use crate::grade::YuvFrame;
use crate::scene::Scene;
use openh264::OpenH264API;
use openh264::encoder::{
    BitRate, Complexity, Encoder, EncoderConfig, FrameRate, FrameType, IntraFramePeriod, QpRange,
    RateControlMode, UsageType, VuiConfig,
};
use openh264::formats::YUVSlices;

/// NAL unit types (H.264, table 7-1).
const SEQUENCE_PARAMETER_SET: u8 = 7;
const PICTURE_PARAMETER_SET: u8 = 8;

/// An encoded frame as MP4 stores it: each NAL unit after its length in four bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    pub bytes: Vec<u8>,
    pub is_key: bool,
}

/// The parameter sets that a decoder needs before the first frame. They are the same for all groups of a film.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParameterSets {
    pub sps: Vec<u8>,
    pub pps: Vec<u8>,
}

/// Encodes one group. Each group has its own encoder, so that it depends on no other group.
pub struct GroupEncoder {
    encoder: Encoder,
    parameters: ParameterSets,
    samples: Vec<Sample>,
}

impl GroupEncoder {
    pub fn new(scene: &Scene) -> Result<Self, Error> {
        // More than illustrations need. The quantiser's bounds determine the quality, and the rate is a safety net.
        let kilopixels_per_second = scene.width * scene.height / 1000 * scene.fps;
        #[expect(clippy::cast_precision_loss)]
        let rate = FrameRate::from_hz(scene.fps as f32);
        let config = EncoderConfig::new()
            .usage_type(UsageType::CameraVideoRealTime)
            .rate_control_mode(RateControlMode::Bufferbased)
            .bitrate(BitRate::from_bps(
                (kilopixels_per_second * 220).max(400_000),
            ))
            .qp(QpRange::new(18, 27))
            .max_frame_rate(rate)
            .complexity(Complexity::Medium)
            .intra_frame_period(IntraFramePeriod::from_num_frames(0))
            // The file format relies on one sample per frame and one key frame per group.
            .skip_frames(false)
            .scene_change_detect(false)
            .background_detection(false)
            // With more threads the slices, and therefore the bytes, would depend on the number of cores.
            .num_threads(1)
            .vui(VuiConfig::bt709());
        Ok(Self {
            encoder: Encoder::with_api_config(OpenH264API::from_source(), config)
                .map_err(failed)?,
            parameters: ParameterSets::default(),
            samples: Vec::new(),
        })
    }

    /// Encodes the next frame of the group.
    pub fn push(&mut self, yuv: &YuvFrame) -> Result<(), Error> {
        let (width, height) = (yuv.width, yuv.height);
        let slices = YUVSlices::new(
            (&yuv.luma, &yuv.chroma_blue, &yuv.chroma_red),
            (width, height),
            (width, width / 2, width / 2),
        );
        let stream = self.encoder.encode(&slices).map_err(failed)?;
        let is_key = matches!(stream.frame_type(), FrameType::IDR);
        let mut bytes = Vec::new();
        for layer in (0..stream.num_layers()).filter_map(|at| stream.layer(at)) {
            for unit in (0..layer.nal_count()).filter_map(|at| layer.nal_unit(at)) {
                let unit = strip_start_code(unit);
                match unit.first().map_or(0, |header| header & 0x1f) {
                    SEQUENCE_PARAMETER_SET => self.parameters.sps = unit.to_vec(),
                    PICTURE_PARAMETER_SET => self.parameters.pps = unit.to_vec(),
                    _ => {
                        let length = u32::try_from(unit.len()).map_err(|_| Error::Size)?;
                        bytes.extend(length.to_be_bytes());
                        bytes.extend(unit);
                    }
                }
            }
        }
        if bytes.is_empty() || is_key != self.samples.is_empty() {
            return Err(Error::Encode(
                "a frame was dropped, or a key frame was added".to_owned(),
            ));
        }
        self.samples.push(Sample { bytes, is_key });
        Ok(())
    }

    /// The samples of the group, and the parameter sets that they need.
    pub fn finish(self) -> (Vec<Sample>, ParameterSets) {
        (self.samples, self.parameters)
    }
}

/// A NAL unit without the start code that precedes it in a byte stream (H.264, annex B).
fn strip_start_code(unit: &[u8]) -> &[u8] {
    unit.strip_prefix(&[0, 0, 0, 1])
        .or_else(|| unit.strip_prefix(&[0, 0, 1]))
        .unwrap_or(unit)
}

fn failed(error: openh264::Error) -> Error {
    Error::Encode(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::GroupEncoder;
    use crate::compositor::Compositor;
    use crate::scene::tests::small;

    #[test]
    fn a_group_starts_with_its_only_key_frame_and_encodes_to_equal_bytes() {
        let group = |frames: std::ops::Range<u32>| {
            let mut compositor = Compositor::new(&small()).unwrap();
            let mut encoder = GroupEncoder::new(&small()).unwrap();
            for index in frames {
                encoder.push(compositor.frame(index)).unwrap();
            }
            encoder.finish()
        };
        let (samples, parameters) = group(0..6);
        let keys: Vec<_> = samples.iter().map(|sample| sample.is_key).collect();
        assert_eq!(keys, [true, false, false, false, false, false]);
        assert_eq!(parameters.sps[0] & 0x1f, 7);
        assert_eq!(group(0..6), (samples, parameters.clone()));
        assert_eq!(
            group(6..8).1,
            parameters,
            "a later group has other parameter sets"
        );
    }
}
