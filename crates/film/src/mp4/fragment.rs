//! The fragmented file: an initialization segment, then a fragment for each group.

use super::{TICKS, TRACK, avcc, brand, duration, movie, size};
use crate::encoder::{ParameterSets, Sample};
use crate::error::Error;
use crate::scene::Scene;
use mp4_atom::{Encode, Mehd, Mfhd, Moof, Mvex, Stbl, Tfdt, Tfhd, Traf, Trex, Trun, TrunEntry};

/// Flags of a key frame, and of any other frame (8.8.3.1).
const KEY: u32 = 0x0200_0000;
const DELTA: u32 = 0x0101_0000;
/// Bytes of a box's size and type.
const BOX_HEADER: usize = 8;

/// The start of a fragmented file: brands, and the track without samples.
pub fn init_segment(scene: &Scene, parameters: &ParameterSets) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    brand(*b"iso6", &[*b"iso6", *b"mp41"]).encode(&mut bytes)?;
    let mut moov = movie(scene, avcc(parameters)?, Stbl::default());
    moov.mvex = Some(Mvex {
        mehd: Some(Mehd {
            fragment_duration: duration(scene),
        }),
        trex: vec![Trex {
            track_id: TRACK,
            default_sample_description_index: 1,
            default_sample_duration: TICKS,
            default_sample_size: 0,
            default_sample_flags: DELTA,
        }],
    });
    moov.encode(&mut bytes)?;
    Ok(bytes)
}

/// One group as a fragment. `index` counts groups from 0.
pub fn fragment(scene: &Scene, index: u32, samples: &[Sample]) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    // The offset of the samples depends on the box's own length, which does not depend on the offset.
    moof(scene, index, samples, 0)?.encode(&mut bytes)?;
    let data_offset = bytes.len() + BOX_HEADER;
    bytes.clear();
    moof(scene, index, samples, data_offset)?.encode(&mut bytes)?;
    let content: usize = samples.iter().map(|sample| sample.bytes.len()).sum();
    bytes.extend(size(content + BOX_HEADER)?.to_be_bytes());
    bytes.extend(b"mdat");
    for sample in samples {
        bytes.extend(&sample.bytes);
    }
    Ok(bytes)
}

fn moof(scene: &Scene, index: u32, samples: &[Sample], data_offset: usize) -> Result<Moof, Error> {
    let entries = samples
        .iter()
        .map(|sample| {
            Ok(TrunEntry {
                size: Some(size(sample.bytes.len())?),
                flags: Some(if sample.is_key { KEY } else { DELTA }),
                ..TrunEntry::default()
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(Moof {
        mfhd: Mfhd {
            sequence_number: index + 1,
        },
        traf: vec![Traf {
            tfhd: Tfhd {
                track_id: TRACK,
                default_base_is_moof: true,
                ..Tfhd::default()
            },
            tfdt: Some(Tfdt {
                base_media_decode_time: u64::from(scene.group(index).start) * u64::from(TICKS),
            }),
            trun: vec![Trun {
                data_offset: Some(i32::try_from(data_offset).map_err(|_| Error::Size)?),
                samples: entries.into(),
            }],
            ..Traf::default()
        }],
    })
}
