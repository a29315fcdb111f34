//! The film's file, in the ISO base media format (ISO/IEC 14496-12).
//!
//! While it renders it is fragmented: a head, then one fragment a group, each appended whole, so
//! that what is there plays and can be gone on with. At the end [`assemble`] copies the samples
//! behind one table of all of them, which every player and editor seeks in and knows the length of.

use super::SceneError;
use super::encoder::{Parameters, Sample};
use super::film::Film;
use mp4_atom::{
    Any, Avc1, Avcc, Co64, Colr, Dinf, Dref, Encode, FourCC, Ftyp, Hdlr, Header, Mdhd, Mdia, Mehd,
    Mfhd, Minf, Moof, Moov, Mvex, Mvhd, ReadAtom, ReadFrom, Stbl, Stco, Stsc, StscEntry, Stsd,
    Stss, Stsz, StszSamples, Stts, SttsEntry, Tfdt, Tfhd, Tkhd, Traf, Trak, Trex, Trun, TrunEntry,
    Url, Visual, Vmhd,
};
use std::io::{Read, Seek, SeekFrom, Write};

/// Ticks of the clock a frame, so that every whole rate is exact.
const TICKS: u32 = 512;
const TRACK: u32 = 1;
/// Flags of a sample that is a key frame, and of one that is not (8.8.3.1).
const KEY: u32 = 0x0200_0000;
const DELTA: u32 = 0x0101_0000;
/// A box's size and name.
const BOX_HEAD: usize = 8;
/// The same where the size needs eight bytes.
const LARGE_BOX_HEAD: u64 = 16;

/// The start of a fragmented file.
pub fn head(film: &Film, parameters: &Parameters) -> Result<Vec<u8>, SceneError> {
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
pub fn fragment(film: &Film, index: u32, samples: &[Sample]) -> Result<Vec<u8>, SceneError> {
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
) -> Result<Option<u64>, SceneError> {
    let (avcc, chunks) = scan(from)?;
    let frames: usize = chunks.iter().map(|chunk| chunk.sizes.len()).sum();
    if frames != film.frames() as usize || chunks.len() != film.groups() as usize {
        return Err(SceneError::Mp4(format!(
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
fn scan(from: &mut (impl Read + Seek)) -> Result<(Avcc, Vec<Chunk>), SceneError> {
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
    let avcc = avcc.ok_or_else(|| SceneError::Mp4("the head is missing".to_owned()))?;
    Ok((avcc, chunks))
}

fn parameters_of(moov: &Moov) -> Option<Avcc> {
    match moov.trak.first()?.mdia.minf.stbl.stsd.codecs.first()? {
        mp4_atom::Codec::Avc1(avc1) => Some(avc1.avcc.clone()),
        _ => None,
    }
}

/// The table of all samples, which start at `data` in the file.
fn table(film: &Film, chunks: &[Chunk], data: u64) -> Result<Stbl, SceneError> {
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

fn moof(film: &Film, index: u32, samples: &[Sample], data: usize) -> Result<Moof, SceneError> {
    let entries = samples
        .iter()
        .map(|sample| {
            Ok(TrunEntry {
                size: Some(size(sample.bytes.len())?),
                flags: Some(if sample.key { KEY } else { DELTA }),
                ..TrunEntry::default()
            })
        })
        .collect::<Result<Vec<_>, SceneError>>()?;
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
                data_offset: Some(i32::try_from(data).map_err(|_| SceneError::Size)?),
                samples: entries.into(),
            }],
            ..Traf::default()
        }],
    })
}

/// The film's one track, with a table of its samples; an empty one where fragments follow.
fn movie(film: &Film, avcc: Avcc, table: Stbl) -> Moov {
    let duration = duration(film);
    let timescale = film.fps * TICKS;
    let sample = Avc1 {
        visual: Visual {
            data_reference_index: 1,
            width: u16::try_from(film.width).unwrap_or(u16::MAX),
            height: u16::try_from(film.height).unwrap_or(u16::MAX),
            horizresolution: 72.into(),
            vertresolution: 72.into(),
            frame_count: 1,
            compressor: "".into(),
            depth: 24,
        },
        avcc,
        btrt: None,
        colr: Some(Colr::Nclx {
            colour_primaries: 1,
            transfer_characteristics: 1,
            matrix_coefficients: 1,
            full_range_flag: false,
        }),
        pasp: None,
        taic: None,
        fiel: None,
        spatial: None,
    };
    Moov {
        mvhd: Mvhd {
            timescale,
            duration,
            rate: 1.into(),
            volume: 1.into(),
            next_track_id: TRACK + 1,
            ..Mvhd::default()
        },
        trak: vec![Trak {
            tkhd: Tkhd {
                track_id: TRACK,
                duration,
                enabled: true,
                in_movie: true,
                width: u16::try_from(film.width).unwrap_or(u16::MAX).into(),
                height: u16::try_from(film.height).unwrap_or(u16::MAX).into(),
                ..Tkhd::default()
            },
            mdia: Mdia {
                mdhd: Mdhd {
                    timescale,
                    duration,
                    language: "und".into(),
                    ..Mdhd::default()
                },
                hdlr: Hdlr {
                    handler: b"vide".into(),
                    name: "Film".to_owned(),
                },
                minf: Minf {
                    vmhd: Some(Vmhd::default()),
                    dinf: Dinf {
                        dref: Dref {
                            entries: vec![Url::default().into()],
                        },
                    },
                    stbl: Stbl {
                        stsd: Stsd {
                            codecs: vec![sample.into()],
                        },
                        ..table
                    },
                    ..Minf::default()
                },
            },
            ..Trak::default()
        }],
        ..Moov::default()
    }
}

fn avcc(parameters: &Parameters) -> Result<Avcc, SceneError> {
    Ok(Avcc::new(&parameters.sequence, &parameters.picture)?)
}

fn brand(major: [u8; 4], compatible: &[[u8; 4]]) -> Ftyp {
    Ftyp {
        major_brand: FourCC::new(&major),
        minor_version: 512,
        compatible_brands: compatible.iter().map(FourCC::new).collect(),
    }
}

fn duration(film: &Film) -> u64 {
    u64::from(film.frames()) * u64::from(TICKS)
}

fn size(bytes: usize) -> Result<u32, SceneError> {
    u32::try_from(bytes).map_err(|_| SceneError::Size)
}

#[cfg(test)]
mod tests {
    use super::{TICKS, assemble, fragment, head};
    use crate::kinds::scene::encoder::{Parameters, Sample};
    use crate::kinds::scene::film::{Film, tests::small};
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
}
