use super::{TICKS, assemble, fragment, head};
use crate::encoder::{Parameters, Sample};
use crate::film::{Film, tests::small};
use mp4_atom::{Any, Moov, ReadFrom, StszSamples};
use std::io::Cursor;

/// A fragmented file of samples whose bytes tell which they are.
fn fragmented(film: &Film, groups: u32) -> Vec<u8> {
    let parameters = Parameters {
        sequence: vec![0x67, 66, 0xc0, 30, 1],
        picture: vec![0x68, 2],
    };
    let mut bytes = head(film, &parameters).unwrap();
    for index in 0..groups {
        let samples: Vec<_> = film
            .group(index)
            .map(|frame| Sample {
                bytes: vec![u8::try_from(frame).unwrap(); 5 + frame as usize],
                key: frame == film.group(index).start,
            })
            .collect();
        bytes.extend(fragment(film, index, &samples).unwrap());
    }
    bytes
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
fn fragments_say_when_they_play_and_how_long_the_film_is() {
    let film = small();
    let atoms = atoms(&fragmented(&film, 2));
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
fn the_finished_film_has_every_sample_where_its_table_says() {
    let film = small();
    let mut bytes = Vec::new();
    let written = assemble(
        &film,
        &mut Cursor::new(fragmented(&film, 2)),
        &mut bytes,
        || true,
    )
    .unwrap();
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
fn a_film_with_a_group_missing_is_refused() {
    let film = small();
    let part = fragmented(&film, 1);
    assert!(assemble(&film, &mut Cursor::new(part), &mut Vec::new(), || true).is_err());
    assert!(
        assemble(&film, &mut Cursor::new(Vec::new()), &mut Vec::new(), || {
            true
        })
        .is_err()
    );
    let stopped = assemble(
        &film,
        &mut Cursor::new(fragmented(&film, 2)),
        &mut Vec::new(),
        || false,
    );
    assert!(stopped.unwrap().is_none());
}
