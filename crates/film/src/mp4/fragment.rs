//! The film while it renders: a head, and one fragment a group.

use super::{TICKS, TRACK, avcc, brand, duration, movie, size};
use crate::Error;
use crate::encoder::{Parameters, Sample};
use crate::film::Film;
use mp4_atom::{Encode, Mehd, Mfhd, Moof, Mvex, Stbl, Tfdt, Tfhd, Traf, Trex, Trun, TrunEntry};

/// Flags of a sample that is a key frame, and of one that is not (8.8.3.1).
const KEY: u32 = 0x0200_0000;
const DELTA: u32 = 0x0101_0000;
/// A box's size and name.
const BOX_HEAD: usize = 8;

/// The start of a fragmented file.
pub fn head(film: &Film, parameters: &Parameters) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    brand(*b"iso6", &[*b"iso6", *b"mp41"]).encode(&mut bytes)?;
    let mut moov = movie(film, avcc(parameters)?, Stbl::default());
    moov.mvex = Some(Mvex {
        mehd: Some(Mehd {
            fragment_duration: duration(film),
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
pub fn fragment(film: &Film, index: u32, samples: &[Sample]) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    // The offset has a fixed width, so the box is as long with it as without.
    moof(film, index, samples, 0)?.encode(&mut bytes)?;
    let data = bytes.len() + BOX_HEAD;
    bytes.clear();
    moof(film, index, samples, data)?.encode(&mut bytes)?;
    let content: usize = samples.iter().map(|sample| sample.bytes.len()).sum();
    bytes.extend(size(content + BOX_HEAD)?.to_be_bytes());
    bytes.extend(b"mdat");
    for sample in samples {
        bytes.extend(&sample.bytes);
    }
    Ok(bytes)
}

fn moof(film: &Film, index: u32, samples: &[Sample], data: usize) -> Result<Moof, Error> {
    let entries = samples
        .iter()
        .map(|sample| {
            Ok(TrunEntry {
                size: Some(size(sample.bytes.len())?),
                flags: Some(if sample.key { KEY } else { DELTA }),
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
                base_media_decode_time: u64::from(film.group(index).start) * u64::from(TICKS),
            }),
            trun: vec![Trun {
                data_offset: Some(i32::try_from(data).map_err(|_| Error::Size)?),
                samples: entries.into(),
            }],
            ..Traf::default()
        }],
    })
}
