//! The finished film: the samples of all fragments behind one table.

use super::{TICKS, brand, movie, size};
use crate::Error;
use crate::film::Film;
use mp4_atom::{
    Any, Avcc, Co64, Encode, FourCC, Header, Moov, ReadAtom, ReadFrom, Stbl, Stco, Stsc, StscEntry,
    Stss, Stsz, StszSamples, Stts, SttsEntry,
};
use std::io::{Read, Seek, SeekFrom, Write};

/// A box's size and name where the size needs eight bytes.
const LARGE_BOX_HEAD: u64 = 16;

/// Where one group's samples lie in the fragmented file, and how long each is.
struct Chunk {
    at: u64,
    sizes: Vec<u32>,
}

impl Chunk {
    fn bytes(&self) -> u64 {
        self.sizes.iter().map(|size| u64::from(*size)).sum()
    }
}

/// Copies the finished fragments of `from` into `to` as a plain film. `go_on` is asked at every group.
///
/// Gives the bytes written, or none when it was told to stop.
pub fn assemble(
    film: &Film,
    from: &mut (impl Read + Seek),
    to: &mut impl Write,
    go_on: impl Fn() -> bool,
) -> Result<Option<u64>, Error> {
    let (avcc, chunks) = scan(from)?;
    let frames: usize = chunks.iter().map(|chunk| chunk.sizes.len()).sum();
    if frames != film.frames() as usize || chunks.len() != film.groups() as usize {
        return Err(Error::Mp4(format!(
            "{frames} frames of {} are there",
            film.frames()
        )));
    }
    let mut head = Vec::new();
    brand(*b"isom", &[*b"isom", *b"iso2", *b"avc1", *b"mp41"]).encode(&mut head)?;
    let brands = head.len();
    movie(film, avcc.clone(), table(film, &chunks, 0)?).encode(&mut head)?;
    let data = head.len() as u64 + LARGE_BOX_HEAD;
    head.truncate(brands);
    movie(film, avcc, table(film, &chunks, data)?).encode(&mut head)?;
    let content: u64 = chunks.iter().map(Chunk::bytes).sum();
    head.extend(1_u32.to_be_bytes());
    head.extend(b"mdat");
    head.extend((content + LARGE_BOX_HEAD).to_be_bytes());
    to.write_all(&head)?;
    for chunk in &chunks {
        if !go_on() {
            return Ok(None);
        }
        from.seek(SeekFrom::Start(chunk.at))?;
        std::io::copy(&mut from.by_ref().take(chunk.bytes()), to)?;
    }
    Ok(Some(data + content))
}

/// Reads a fragmented file's boxes, but for the samples themselves.
fn scan(from: &mut (impl Read + Seek)) -> Result<(Avcc, Vec<Chunk>), Error> {
    let mut avcc = None;
    let mut chunks = Vec::new();
    let mut sizes = Vec::new();
    from.seek(SeekFrom::Start(0))?;
    while let Some(header) = <Option<Header> as ReadFrom>::read_from(from)? {
        if header.kind == FourCC::new(b"mdat") {
            let at = from.stream_position()?;
            let chunk = Chunk {
                at,
                sizes: std::mem::take(&mut sizes),
            };
            from.seek(SeekFrom::Start(at + chunk.bytes()))?;
            chunks.push(chunk);
            continue;
        }
        match Any::read_atom(&header, from)? {
            Any::Moov(moov) => avcc = parameters_of(&moov),
            Any::Moof(moof) => {
                let runs = moof.traf.iter().flat_map(|traf| &traf.trun);
                sizes = runs
                    .flat_map(|run| run.samples.iter())
                    .filter_map(|entry| entry.size)
                    .collect();
            }
            _ => {}
        }
    }
    let avcc = avcc.ok_or_else(|| Error::Mp4("the head is missing".to_owned()))?;
    Ok((avcc, chunks))
}

fn parameters_of(moov: &Moov) -> Option<Avcc> {
    match moov.trak.first()?.mdia.minf.stbl.stsd.codecs.first()? {
        mp4_atom::Codec::Avc1(avc1) => Some(avc1.avcc.clone()),
        _ => None,
    }
}

/// The table of all samples, which start at `data` in the file.
fn table(film: &Film, chunks: &[Chunk], data: u64) -> Result<Stbl, Error> {
    let mut at = data;
    let mut offsets = Vec::with_capacity(chunks.len());
    let mut keys = Vec::with_capacity(chunks.len());
    let mut runs: Vec<StscEntry> = Vec::new();
    let mut first = 1;
    for (index, chunk) in (1..).zip(chunks) {
        offsets.push(at);
        keys.push(first);
        at += chunk.bytes();
        let samples = size(chunk.sizes.len())?;
        first += samples;
        if runs
            .last()
            .is_none_or(|run| run.samples_per_chunk != samples)
        {
            runs.push(StscEntry {
                first_chunk: index,
                samples_per_chunk: samples,
                sample_description_index: 1,
            });
        }
    }
    // The width of the offsets may not hang on `data`, or the head's length would.
    let large = at > u64::from(u32::MAX / 2);
    let narrow = offsets
        .iter()
        .filter_map(|offset| u32::try_from(*offset).ok())
        .collect();
    Ok(Stbl {
        stts: Stts {
            entries: vec![SttsEntry {
                sample_count: film.frames(),
                sample_delta: TICKS,
            }],
        },
        stss: Some(Stss { entries: keys }),
        stsc: Stsc { entries: runs },
        stsz: Stsz {
            samples: StszSamples::Different {
                sizes: chunks
                    .iter()
                    .flat_map(|chunk| chunk.sizes.iter().copied())
                    .collect(),
            },
        },
        stco: (!large).then_some(Stco { entries: narrow }),
        co64: large.then_some(Co64 { entries: offsets }),
        ..Stbl::default()
    })
}
