//! The error type.

/// Why a film could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A number of the scene is outside the limits that [`Scene`](crate::Scene) documents.
    #[error("the scene cannot be rendered: {0}")]
    Limit(&'static str),
    /// An SVG of the scene is not well-formed.
    #[error("the scene's art cannot be drawn: {0}")]
    Art(String),
    /// A picture or a part of the file is larger than its format allows.
    #[error("the film is too large for its format")]
    Size,
    /// The H.264 encoder failed.
    #[error("the encoder failed: {0}")]
    Encode(String),
    /// The fragments on disk do not belong to this scene, or are not MP4.
    #[error("the film's file cannot be written: {0}")]
    Mp4(String),
    /// Reading or writing a file failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl From<mp4_atom::Error> for Error {
    fn from(error: mp4_atom::Error) -> Self {
        match error {
            mp4_atom::Error::Io(error) => Self::Io(error),
            error => Self::Mp4(error.to_string()),
        }
    }
}
