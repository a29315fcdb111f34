//! Renders a short film through the public API, and reads the file as a player does.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail this way"
)]

use film::{Camera, Checkpoint, Mood, Outcome, Scene, render};
use mp4_atom::{Any, Avcc, Codec, Moov, ReadFrom, Stbl, StszSamples};
use openh264::decoder::Decoder;
use openh264::formats::YUVSource;
use std::io::Cursor;
use std::ops::ControlFlow;

/// Twelve frames in two groups.
fn scene() -> Scene {
    Scene {
        title: "Snow".to_owned(),
        heading: "Mira — Scene 1".to_owned(),
        camera: Camera::Rise,
        mood: Mood::of("a quiet winter"),
        seconds: 1.2,
        fps: 10,
        width: 192,
        height: 108,
        seed: 3,
        backdrop: r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><rect width="16" height="9" fill="#89b"/></svg>"##.to_owned(),
        figure: r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 9"><circle cx="3" cy="3" r="2" fill="#fc9"/></svg>"##.to_owned(),
        palette: [[24, 30, 44]; 5],
    }
}

fn rendered() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let outcome = render(&scene(), folder.path(), Checkpoint::default(), |_| {
        ControlFlow::Continue(())
    });
    match outcome.unwrap() {
        Outcome::Finished { path, .. } => std::fs::read(path).unwrap(),
        Outcome::Stopped => panic!("nobody stopped it"),
    }
}

fn boxes(file: &[u8]) -> Vec<Any> {
    let mut from = Cursor::new(file);
    std::iter::from_fn(|| <Option<Any> as ReadFrom>::read_from(&mut from).unwrap()).collect()
}

fn movie(boxes: &[Any]) -> &Moov {
    let found = boxes.iter().find_map(|part| match part {
        Any::Moov(moov) => Some(moov),
        _ => None,
    });
    found.unwrap()
}

/// Each sample as the table locates it.
fn samples<'a>(file: &'a [u8], table: &Stbl) -> Vec<&'a [u8]> {
    let StszSamples::Different { sizes } = &table.stsz.samples else {
        panic!("the samples have one size")
    };
    let mut sizes = sizes.iter().map(|size| *size as usize);
    let mut samples = Vec::new();
    for (chunk, offset) in (1..).zip(&table.stco.as_ref().unwrap().entries) {
        let mut runs = table.stsc.entries.iter().rev();
        let run = runs.find(|run| run.first_chunk <= chunk).unwrap();
        let mut start = *offset as usize;
        for size in sizes.by_ref().take(run.samples_per_chunk as usize) {
            samples.push(&file[start..start + size]);
            start += size;
        }
    }
    assert_eq!(sizes.count(), 0, "samples in no chunk");
    samples
}

#[test]
fn the_table_comes_before_the_samples_and_describes_the_film() {
    let file = rendered();
    let boxes = boxes(&file);
    assert!(
        matches!(boxes[..], [Any::Ftyp(_), Any::Moov(_), Any::Mdat(_)]),
        "{boxes:?}"
    );
    let movie = movie(&boxes);
    let tenths = movie.mvhd.duration * 10 / u64::from(movie.mvhd.timescale);
    assert_eq!(tenths, 12, "tenths of a second");
    let table = &movie.trak[0].mdia.minf.stbl;
    assert_eq!(table.stss.as_ref().unwrap().entries, [1, 11]);
    let Codec::Avc1(avc1) = &table.stsd.codecs[0] else {
        panic!("not H.264")
    };
    assert_eq!((avc1.visual.width, avc1.visual.height), (192, 108));
}

#[test]
fn every_frame_decodes_and_the_film_is_bright_only_between_its_fades() {
    let file = rendered();
    let boxes = boxes(&file);
    let table = &movie(&boxes).trak[0].mdia.minf.stbl;
    let Codec::Avc1(avc1) = &table.stsd.codecs[0] else {
        panic!("not H.264")
    };
    let mut decoder = Decoder::new().unwrap();
    decoder.decode(&parameter_sets(&avc1.avcc)).unwrap();
    let brightest: Vec<u8> = samples(&file, table)
        .into_iter()
        .map(|sample| {
            let picture = decoder.decode(&byte_stream(sample)).unwrap().unwrap();
            assert_eq!(picture.dimensions(), (192, 108));
            *picture.y().iter().max().unwrap()
        })
        .collect();
    assert_eq!(brightest.len(), 12);
    assert!(brightest[0] < 24 && brightest[6] > 100, "{brightest:?}");
}

const START_CODE: [u8; 4] = [0, 0, 0, 1];

fn parameter_sets(avcc: &Avcc) -> Vec<u8> {
    let sets = avcc
        .sequence_parameter_sets
        .iter()
        .chain(&avcc.picture_parameter_sets);
    sets.flat_map(|set| START_CODE.iter().chain(set).copied())
        .collect()
}

/// A sample with start codes in place of lengths, as decoders take it.
fn byte_stream(mut sample: &[u8]) -> Vec<u8> {
    let mut stream = Vec::with_capacity(sample.len());
    while let Some((length, rest)) = sample.split_first_chunk() {
        let (unit, rest) = rest.split_at(u32::from_be_bytes(*length) as usize);
        stream.extend(START_CODE);
        stream.extend(unit);
        sample = rest;
    }
    stream
}
