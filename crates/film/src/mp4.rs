//! The film's file, in the ISO base media format (ISO/IEC 14496-12).
//!
//! While it renders it is fragmented: a head, then one fragment a group, each appended whole, so
//! that what is there plays and can be gone on with. At the end [`assemble`] copies the samples
//! behind one table of all of them, which every player and editor seeks in and knows the length of.

mod fragment;
mod whole;

pub use fragment::{fragment, head};
pub use whole::assemble;

use crate::Error;
use crate::encoder::Parameters;
use crate::film::Film;
use mp4_atom::{
    Avc1, Avcc, Colr, Dinf, Dref, FourCC, Ftyp, Hdlr, Mdhd, Mdia, Minf, Moov, Mvhd, Stbl, Stsd,
    Tkhd, Trak, Url, Visual, Vmhd,
};

/// Ticks of the clock a frame, so that every whole rate is exact.
const TICKS: u32 = 512;
const TRACK: u32 = 1;

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

fn avcc(parameters: &Parameters) -> Result<Avcc, Error> {
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

fn size(bytes: usize) -> Result<u32, Error> {
    u32::try_from(bytes).map_err(|_| Error::Size)
}

#[cfg(test)]
mod tests;
