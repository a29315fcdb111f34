//! H.264 of one group of frames: closed, complete in itself, equal bytes from equal frames.

use crate::Error;
use crate::colour::Planes;
use crate::film::Film;
use openh264::OpenH264API;
use openh264::encoder::{
    BitRate, Complexity, Encoder, EncoderConfig, FrameRate, FrameType, IntraFramePeriod, QpRange,
    RateControlMode, UsageType, VuiConfig,
};
use openh264::formats::YUVSlices;

/// Kinds of units in a stream (H.264, table 7-1).
const SEQUENCE_PARAMETERS: u8 = 7;
const PICTURE_PARAMETERS: u8 = 8;

/// One encoded frame, its units each after a length of four bytes, as MP4 keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    pub bytes: Vec<u8>,
    pub key: bool,
}

/// What a player needs before the first frame; the same for every group of a film.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters {
    pub sequence: Vec<u8>,
    pub picture: Vec<u8>,
}

/// Encodes one group. A new one for each group makes the group independent of all others.
pub struct GroupEncoder {
    encoder: Encoder,
    parameters: Parameters,
    samples: Vec<Sample>,
}

impl GroupEncoder {
    pub fn new(film: &Film) -> Result<Self, Error> {
        // Plenty for drawn pictures; the quantiser's bounds decide, the rate only guards.
        let pixels = film.width * film.height / 1000 * film.fps;
        #[expect(clippy::cast_precision_loss)]
        let rate = FrameRate::from_hz(film.fps as f32);
        let config = EncoderConfig::new()
            .usage_type(UsageType::CameraVideoRealTime)
            .rate_control_mode(RateControlMode::Bufferbased)
            .bitrate(BitRate::from_bps((pixels * 220).max(400_000)))
            .qp(QpRange::new(18, 27))
            .max_frame_rate(rate)
            .complexity(Complexity::Medium)
            .intra_frame_period(IntraFramePeriod::from_num_frames(0))
            // A frame left out or an unasked key frame would break the count.
            .skip_frames(false)
            .scene_change_detect(false)
            .background_detection(false)
            // More threads would cut the picture into slices by the machine's cores.
            .num_threads(1)
            .vui(VuiConfig::bt709());
        Ok(Self {
            encoder: Encoder::with_api_config(OpenH264API::from_source(), config)
                .map_err(failed)?,
            parameters: Parameters::default(),
            samples: Vec::new(),
        })
    }

    /// Encodes the next frame of the group.
    pub fn push(&mut self, planes: &Planes) -> Result<(), Error> {
        let (width, height) = (planes.width, planes.height);
        let slices = YUVSlices::new(
            (&planes.luma, &planes.blue, &planes.red),
            (width, height),
            (width, width / 2, width / 2),
        );
        let stream = self.encoder.encode(&slices).map_err(failed)?;
        let key = matches!(stream.frame_type(), FrameType::IDR);
        let mut bytes = Vec::new();
        for layer in (0..stream.num_layers()).filter_map(|at| stream.layer(at)) {
            for unit in (0..layer.nal_count()).filter_map(|at| layer.nal_unit(at)) {
                let unit = strip_start(unit);
                match unit.first().map_or(0, |head| head & 0x1f) {
                    SEQUENCE_PARAMETERS => self.parameters.sequence = unit.to_vec(),
                    PICTURE_PARAMETERS => self.parameters.picture = unit.to_vec(),
                    _ => {
                        let length = u32::try_from(unit.len()).map_err(|_| Error::Size)?;
                        bytes.extend(length.to_be_bytes());
                        bytes.extend(unit);
                    }
                }
            }
        }
        if bytes.is_empty() || key != self.samples.is_empty() {
            return Err(Error::Encode("the encoder left a frame out".to_owned()));
        }
        self.samples.push(Sample { bytes, key });
        Ok(())
    }

    /// The group's frames, and what a player needs for them.
    pub fn finish(self) -> (Vec<Sample>, Parameters) {
        (self.samples, self.parameters)
    }
}

/// A unit without the start code that comes before it in a raw stream.
fn strip_start(unit: &[u8]) -> &[u8] {
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
    use crate::film::tests::small;
    use crate::frame::Renderer;

    #[test]
    fn a_group_opens_with_its_only_key_frame_and_repeats_to_the_byte() {
        let group = |frames: std::ops::Range<u32>| {
            let mut renderer = Renderer::new(&small()).unwrap();
            let mut encoder = GroupEncoder::new(&small()).unwrap();
            for index in frames {
                encoder.push(renderer.frame(index)).unwrap();
            }
            encoder.finish()
        };
        let (samples, parameters) = group(0..6);
        let keys: Vec<_> = samples.iter().map(|sample| sample.key).collect();
        assert_eq!(keys, [true, false, false, false, false, false]);
        assert_eq!(parameters.sequence[0] & 0x1f, 7);
        assert_eq!(group(0..6), (samples, parameters.clone()));
        assert_eq!(
            group(6..8).1,
            parameters,
            "a later group plays with the same parameters"
        );
    }
}
