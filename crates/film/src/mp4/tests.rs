use super::{TICKS, fragment, init_segment, remux};
use crate::encoder::{ParameterSets, Sample};
use crate::error::Error;
use crate::scene::{Scene, tests::small};
use mp4_atom::{Any, Moov, ReadFrom, StszSamples};
use std::io::Cursor;
use std::ops::ControlFlow;

/// A fragmented file in which each sample consists of its frame number, repeated.
fn fragmented(scene: &Scene, groups: u32) -> Vec<u8> {
    let parameters = ParameterSets {
        sps: vec![0x67, 66, 0xc0, 30, 1],
        pps: vec![0x68, 2],
    };
    let mut bytes = init_segment(scene, &parameters).unwrap();
    for index in 0..groups {
        let samples: Vec<_> = scene
            .group(index)
            .map(|frame| Sample {
                bytes: vec![u8::try_from(frame).unwrap(); 5 + frame as usize],
                is_key: frame == scene.group(index).start,
            })
            .collect();
        bytes.extend(fragment(scene, index, &samples).unwrap());
    }
    bytes
}

/// What `remux` returns and writes for the small scene.
fn remuxed(file: Vec<u8>, answer: ControlFlow<()>) -> Result<(Option<u64>, Vec<u8>), Error> {
    let mut bytes = Vec::new();
    let written = remux(&small(), &mut Cursor::new(file), &mut bytes, |_| answer)?;
    Ok((written, bytes))
}

fn atoms(bytes: &[u8]) -> Vec<Any> {
    let mut from = Cursor::new(bytes);
    std::iter::from_fn(|| <Option<Any> as ReadFrom>::read_from(&mut from).unwrap()).collect()
}

fn moov(atoms: &[Any]) -> &Moov {
    let found = atoms.iter().find_map(|atom| match atom {
        Any::Moov(moov) => Some(moov),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn fragments_know_their_time_and_the_length_of_the_film() {
    let scene = small();
    let atoms = atoms(&fragmented(&scene, 2));
    let mehd = moov(&atoms).mvex.as_ref().unwrap().mehd.as_ref().unwrap();
    assert_eq!(mehd.fragment_duration, 10 * u64::from(TICKS));
    assert_eq!(moov(&atoms).mvhd.timescale, 8 * TICKS);
    let starts: Vec<_> = atoms
        .iter()
        .filter_map(|atom| match atom {
            Any::Moof(moof) => Some((
                moof.mfhd.sequence_number,
                moof.traf[0].tfdt.as_ref()?.base_media_decode_time,
            )),
            _ => None,
        })
        .collect();
    assert_eq!(starts, [(1, 0), (2, 8 * u64::from(TICKS))]);
}

#[test]
fn every_sample_is_where_the_table_says() {
    let file = fragmented(&small(), 2);
    let (written, bytes) = remuxed(file, ControlFlow::Continue(())).unwrap();
    assert_eq!(written, Some(bytes.len() as u64));
    let atoms = atoms(&bytes);
    let track = &moov(&atoms).trak[0];
    assert_eq!(track.mdia.mdhd.duration, 10 * u64::from(TICKS));
    let table = &track.mdia.minf.stbl;
    assert_eq!(
        table.stss.as_ref().unwrap().entries,
        [1, 9],
        "one key frame a group"
    );
    let StszSamples::Different { sizes } = &table.stsz.samples else {
        panic!("the sizes differ")
    };
    assert_eq!(*sizes, (5..15).collect::<Vec<u32>>());
    let offsets = &table.stco.as_ref().unwrap().entries;
    let mut frame = 0_u8;
    for (offset, count) in offsets.iter().zip([8, 2]) {
        let mut at = *offset as usize;
        for _ in 0..count {
            let sample = &bytes[at..at + 5 + usize::from(frame)];
            assert!(sample.iter().all(|byte| *byte == frame), "sample {frame}");
            at += sample.len();
            frame += 1;
        }
    }
    assert_eq!(frame, 10);
}

#[test]
fn a_missing_group_is_an_error() {
    for file in [Vec::new(), fragmented(&small(), 1)] {
        let result = remuxed(file, ControlFlow::Continue(()));
        assert!(matches!(result, Err(Error::Mp4(_))), "{result:?}");
    }
}

#[test]
fn the_callback_can_stop_the_copy() {
    let result = remuxed(fragmented(&small(), 2), ControlFlow::Break(()));
    assert!(matches!(result, Ok((None, _))), "{result:?}");
}
