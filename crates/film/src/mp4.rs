//! The muxer: MP4, the ISO base media file format (ISO/IEC 14496-12).
//!
//! During rendering the file is fragmented. Each group is appended as one fragment, so the file plays
//! and can be extended at any time. At the end [`remux`] copies the samples behind a single table,
//! by which every player and editor can seek and knows the length.

mod fragment;
mod remux;

pub use fragment::{fragment, init_segment};
pub use remux::remux;

use crate::encoder::ParameterSets;
use crate::error::Error;
use crate::scene::Scene;
use mp4_atom::{
    Avc1, Avcc, Colr, Dinf, Dref, FourCC, Ftyp, Hdlr, Mdhd, Mdia, Minf, Moov, Mvhd, Stbl, Stsd,
    Tkhd, Trak, Url, Visual, Vmhd,
};

/// Clock ticks per frame. The timescale is a multiple of the frame rate, so every rate is exact.
const TICKS: u32 = 512;
const TRACK: u32 = 1;

/// The track and its sample table, which is empty if fragments follow.
fn movie(scene: &Scene, avcc: Avcc, table: Stbl) -> Moov {
    let duration = duration(scene);
    let timescale = scene.fps * TICKS;
    let sample = Avc1 {
        visual: Visual {
            data_reference_index: 1,
            width: u16::try_from(scene.width).unwrap_or(u16::MAX),
            height: u16::try_from(scene.height).unwrap_or(u16::MAX),
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
                width: u16::try_from(scene.width).unwrap_or(u16::MAX).into(),
                height: u16::try_from(scene.height).unwrap_or(u16::MAX).into(),
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

fn avcc(parameters: &ParameterSets) -> Result<Avcc, Error> {
    Ok(Avcc::new(&parameters.sps, &parameters.pps)?)
}

fn brand(major: [u8; 4], compatible: &[[u8; 4]]) -> Ftyp {
    Ftyp {
        major_brand: FourCC::new(&major),
        minor_version: 512,
        compatible_brands: compatible.iter().map(FourCC::new).collect(),
    }
}

fn duration(scene: &Scene) -> u64 {
    u64::from(scene.frames()) * u64::from(TICKS)
}

fn size(bytes: usize) -> Result<u32, Error> {
    u32::try_from(bytes).map_err(|_| Error::Size)
}

#[cfg(test)]
mod tests;
