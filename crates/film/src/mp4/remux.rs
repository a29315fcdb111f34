//! The finished file: the samples of all fragments behind one table.

use super::{TICKS, brand, movie, size};
use crate::error::Error;
use crate::scene::Scene;
use mp4_atom::{
    Any, Avcc, Co64, Encode, FourCC, Header, Moov, ReadAtom, ReadFrom, Stbl, Stco, Stsc, StscEntry,
    Stss, Stsz, StszSamples, Stts, SttsEntry,
};
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;

/// Bytes of a box's size and type where the size takes eight bytes.
const LARGE_BOX_HEADER: u64 = 16;

/// The samples of one group in the fragmented file.
struct Chunk {
    offset: u64,
    sizes: Vec<u32>,
}

impl Chunk {
    fn bytes(&self) -> u64 {
        self.sizes.iter().map(|size| u64::from(*size)).sum()
    }
}

/// Copies a fragmented file to `to` as a plain one, and returns the number of bytes written.
///
/// `before_group` is called with the index of each group before its samples are copied, and may stop
/// the copy; then the result is `None`.
pub fn remux(
    scene: &Scene,
    from: &mut (impl Read + Seek),
    to: &mut impl Write,
    mut before_group: impl FnMut(u32) -> ControlFlow<()>,
) -> Result<Option<u64>, Error> {
    let (avcc, chunks) = scan(from)?;
    let frames: usize = chunks.iter().map(|chunk| chunk.sizes.len()).sum();
    if frames != scene.frames() as usize || chunks.len() != scene.groups() as usize {
        return Err(Error::Mp4(format!(
            "the fragments have {frames} frames of {}",
            scene.frames()
        )));
    }
    let mut header = Vec::new();
    brand(*b"isom", &[*b"isom", *b"iso2", *b"avc1", *b"mp41"]).encode(&mut header)?;
    let brands = header.len();
    movie(scene, avcc.clone(), table(scene, &chunks, 0)?).encode(&mut header)?;
    let data_offset = header.len() as u64 + LARGE_BOX_HEADER;
    header.truncate(brands);
    movie(scene, avcc, table(scene, &chunks, data_offset)?).encode(&mut header)?;
    let content: u64 = chunks.iter().map(Chunk::bytes).sum();
    header.extend(1_u32.to_be_bytes());
    header.extend(b"mdat");
    header.extend((content + LARGE_BOX_HEADER).to_be_bytes());
    to.write_all(&header)?;
    for (index, chunk) in (0..).zip(&chunks) {
        if before_group(index).is_break() {
            return Ok(None);
        }
        from.seek(SeekFrom::Start(chunk.offset))?;
        std::io::copy(&mut from.by_ref().take(chunk.bytes()), to)?;
    }
    Ok(Some(data_offset + content))
}

/// Reads the boxes of a fragmented file, and skips the samples.
fn scan(from: &mut (impl Read + Seek)) -> Result<(Avcc, Vec<Chunk>), Error> {
    let mut avcc = None;
    let mut chunks = Vec::new();
    let mut sizes = Vec::new();
    from.seek(SeekFrom::Start(0))?;
    while let Some(header) = <Option<Header> as ReadFrom>::read_from(from)? {
        if header.kind == FourCC::new(b"mdat") {
            let offset = from.stream_position()?;
            let chunk = Chunk {
                offset,
                sizes: std::mem::take(&mut sizes),
            };
            from.seek(SeekFrom::Start(offset + chunk.bytes()))?;
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
    let avcc = avcc.ok_or_else(|| Error::Mp4("the fragments have no track".to_owned()))?;
    Ok((avcc, chunks))
}

fn parameters_of(moov: &Moov) -> Option<Avcc> {
    match moov.trak.first()?.mdia.minf.stbl.stsd.codecs.first()? {
        mp4_atom::Codec::Avc1(avc1) => Some(avc1.avcc.clone()),
        _ => None,
    }
}

/// The table of all samples, the first of which is at `data_offset`.
fn table(scene: &Scene, chunks: &[Chunk], data_offset: u64) -> Result<Stbl, Error> {
    let mut offset = data_offset;
    let mut offsets = Vec::with_capacity(chunks.len());
    let mut keys = Vec::with_capacity(chunks.len());
    let mut runs: Vec<StscEntry> = Vec::new();
    let mut first = 1;
    for (index, chunk) in (1..).zip(chunks) {
        offsets.push(offset);
        keys.push(first);
        offset += chunk.bytes();
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
    // Only the samples determine the width of the offsets. If the length of the header did too, the width
    // would in turn change that length. Half the range leaves room for any header.
    let large = offset - data_offset > u64::from(u32::MAX / 2);
    let narrow = offsets
        .iter()
        .filter_map(|offset| u32::try_from(*offset).ok())
        .collect();
    Ok(Stbl {
        stts: Stts {
            entries: vec![SttsEntry {
                sample_count: scene.frames(),
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
